"""Places in the class (protocol notes 4.7)."""

from datetime import date
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call, day_of
from gateway_mos_ru.emulator.errors import invalid
from gateway_mos_ru.emulator.rules import FAMILY, Router
from gateway_mos_ru.emulator.service import Service, days_between

_TRENDS: Final = {m.Trend.UP: "up", m.Trend.DOWN: "down", m.Trend.SAME: "stable"}
_IMAGES: Final = 60


def register(router: Router) -> None:
    """Routes of the rating."""
    base = "api/ej/rating/v1/rank"
    router.add(f"{base}/class", klass, dress=FAMILY, cached=True)
    router.add(f"{base}/rankShort", short, dress=FAMILY, cached=True)
    router.add(f"{base}/subjects", subjects, dress=FAMILY, cached=True)
    router.add(f"{base}/subjectsDynamics", dynamics, dress=FAMILY, cached=True)


def _on(service: Service, student: m.Student, day: date) -> list[m.ClassRank]:
    """A pupil's places by subject as last counted before a day; the one overall has no subject."""
    latest: dict[str | None, m.ClassRank] = {}
    for item in service.world.ranks_of(student.key, end=day):
        latest[item.subject_key] = item
    period = max((item.on for item in latest.values()), default=None)
    return [item for item in latest.values() if item.on == period]


def _rank(item: m.ClassRank) -> JsonObject:
    trend = _TRENDS[item.trend]
    return {
        "averageMarkFive": float(item.average),
        "rankPlace": item.place,
        "rankStatus": trend,
        "trend": trend,
        "averageMarkFive30": float(item.average),
        "rankPlace30": item.place,
    }


def klass(call: Call) -> list[JsonObject]:
    """All pupils of the class, without names."""
    service, student = call.service, call.person_student
    day = call.day("date")
    subject = _subject(call)
    rows = []
    for mate in service.world.students_in(student.class_key):
        found = [item for item in _on(service, mate, day) if item.subject_key == subject]
        if found:
            person = ids.guid("person", mate.person_key)
            rows.append((found[0].place, person, _class_row(service, mate, person, found[0])))
    return [row for _, _, row in sorted(rows, key=lambda entry: entry[:2])]


def _class_row(service: Service, mate: m.Student, person: str, item: m.ClassRank) -> JsonObject:
    earlier = [
        old
        for old in service.world.ranks_of(mate.key)
        if old.subject_key == item.subject_key and old.on < item.on
    ]
    previous = earlier[-1] if earlier else None
    return {
        "personId": person,
        "imageId": int(person[:4], 16) % _IMAGES + 1,
        "rank": _rank(item),
        "previousRank": None if previous is None else _rank(previous),
    }


def _subject(call: Call) -> str | None:
    number = call.text("subjectId")
    if not number:
        return None
    key = call.service.ids.key(ids.SUBJECT, number)
    if key is None:
        raise invalid("subjectId")
    return key


def short(call: Call) -> list[JsonObject]:
    """The pupil's place on every day of a range on which it was counted anew."""
    start, end = call.days("beginDate", "endDate")
    service, student = call.service, call.person_student
    if not service.world.ranks_of(student.key, end=end):
        return []
    rows: list[JsonObject] = []
    for day in days_between(start, end):
        overall = [item for item in _on(service, student, day) if item.subject_key is None]
        if overall and day <= service.world.today:
            rows.append({"date": day.isoformat(), "rankPlace": overall[0].place})
    return rows


def subjects(call: Call) -> list[JsonObject]:
    """The pupil's place in every subject."""
    service, student = call.service, call.person_student
    wanted = _subject(call)
    found = [
        (service.world.subject(item.subject_key), item)
        for item in _on(service, student, call.day("date"))
        if item.subject_key is not None and wanted in (None, item.subject_key)
    ]
    return [
        {
            "subjectId": service.ids.of(ids.SUBJECT, subject.key),
            "subjectName": subject.name,
            "rank": _rank(item),
        }
        for subject, item in sorted(found, key=lambda pair: pair[0].name)
    ]


def dynamics(call: Call) -> list[JsonObject]:
    """The pupil's place in one subject on several days."""
    service, student, wanted = call.service, call.person_student, _subject(call)
    if wanted is None:
        raise invalid("subjectId", "обязательный параметр")
    rows: list[JsonObject] = []
    for text in call.many("date"):
        day = day_of(text, "date")
        found = [item for item in _on(service, student, day) if item.subject_key == wanted]
        if found:
            rows.append({"date": day.isoformat(), "rank": _rank(found[0])})
    return rows
