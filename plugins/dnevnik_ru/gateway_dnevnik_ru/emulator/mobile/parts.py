"""Objects that several answers of the app's interface hold."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.mobile.envelope import day_stamp, is_modern, stamp
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.marks import mood
from gateway_dnevnik_ru.emulator.wire.places import PERIOD_TYPES
from gateway_dnevnik_ru.emulator.wire.works import (
    KINDS,
    escaped,
    extension,
    file_address,
)

UP, EQUAL, DOWN = "Up", "Equal", "Down"
TRENDS: Final = {m.Trend.UP: UP, m.Trend.SAME: EQUAL, m.Trend.DOWN: DOWN}
_WEEK: Final = timedelta(days=7)


def student_and_group(call: Call) -> tuple[m.Student, Group]:
    """The pupil and class of the path: an own child in an own class of theirs."""
    student = call.access.student(call.params["person"])
    group = call.access.own_group(call.params["group"])
    if student not in call.access.pupils_in(group):
        raise ApiError("systemForbidden")
    return student, group


def avatar(call: Call) -> str:
    """The picture of everybody without one."""
    return f"{call.site.static}/images/blank.jpg"


def subject_json(call: Call, key: str) -> JsonObject:
    """A subject, 4 keys."""
    subject = call.service.world.subject(key)
    return {
        "id": call.service.ids.of(ids.SUBJECT, key),
        "name": subject.name,
        "knowledgeArea": subject.area,
        "subjectMood": None,
    }


def period_json(call: Call, period: m.AcademicPeriod) -> JsonObject:
    """A reporting period, 7 keys; `number` counts from 0."""
    world = call.service.world
    return {
        "id": call.service.ids.of(ids.PERIOD, period.key),
        "number": period.number - 1,
        "type": PERIOD_TYPES[period.kind],
        "dateStart": day_stamp(call, period.starts),
        "dateFinish": day_stamp(call, period.ends),
        "studyYear": world.year(period.year_key).start_year,
        "isCurrent": period.starts <= world.today <= period.ends,
    }


def mark_json(call: Call, mark: m.Mark) -> JsonObject:
    """A mark, 3 keys."""
    return {
        "id": call.service.ids.of(ids.MARK, mark.key),
        "value": mark.text,
        "mood": mood(call.service, mark.value, mark.scale_key),
    }


def final_json(call: Call, grade: m.FinalGrade) -> JsonObject:
    """A final mark, 3 keys."""
    return {
        "id": call.service.ids.of(ids.MARK, grade.key),
        "value": grade.text,
        "mood": mood(call.service, grade.value, grade.scale_key),
    }


def by_work(call: Call, marks: list[m.Mark]) -> dict[str, list[m.Mark]]:
    """Marks by the work they hang on."""
    found: dict[str, list[m.Mark]] = {}
    for mark in marks:
        found.setdefault(call.service.book.work_of_mark(mark), []).append(mark)
    return found


def work_marks_json(call: Call, marks: list[m.Mark]) -> list[JsonObject]:
    """Marks of a lesson by work."""
    return [
        {
            "workId": call.service.ids.of(ids.WORK, key),
            "marks": [mark_json(call, mark) for mark in own],
        }
        for key, own in by_work(call, marks).items()
    ]


def important_works(call: Call, lesson: m.Lesson) -> list[m.Assignment]:
    """Control works of a lesson."""
    world = call.service.world
    return [
        work
        for work in call.service.book.assignments_at.get(lesson.key, ())
        if world.work_kind(work.work_kind_key).is_important
    ]


def attachments_json(call: Call, items: list[m.Homework]) -> list[JsonObject]:
    """Files of homework, 4 keys each."""
    return [
        {
            "extension": extension(file.name),
            "fileId": str(call.service.ids.of(ids.FILE, file.key)),
            "fileLink": file_address(call.service, call.site, file),
            "fileName": file.name,
        }
        for item in items
        for file in item.attachments
    ]


def homework_json(call: Call, student: m.Student, items: list[m.Homework]) -> JsonObject | None:
    """All homework of a lesson as one."""
    if not items:
        return None
    state = call.service.state
    return {
        "workIsAttachRequired": any(item.needs_file for item in items),
        "attachments": attachments_json(call, items),
        "text": "\r\n".join(escaped(item.text) for item in items),
        "isCompleted": all(state.is_done(student.key, item.key) for item in items),
    }


def comment_json(call: Call, student: m.Student, lesson: m.Lesson) -> JsonObject | None:
    """The teacher's remark to a pupil at a lesson."""
    for remark in call.service.book.remarks_at.get(lesson.key, ()):
        if remark.student_key == student.key:
            return {
                "author": teacher_json(call, remark.teacher_key),
                "date": stamp(call, remark.created_at),
                "text": remark.text,
            }
    return None


def teacher_json(call: Call, key: str) -> JsonObject:
    """A teacher, 5 keys."""
    world = call.service.world
    person = world.person(world.teacher(key).person_key)
    return {
        "personId": call.service.ids.of(ids.PERSON, person.key),
        "firstName": person.given_name,
        "middleName": person.patronymic or "",
        "lastName": person.surname,
        "avatarUrl": avatar(call),
    }


def hours_json(lesson: m.Lesson) -> JsonObject:
    """Clock times in parts, each a text."""
    return {
        "startHour": f"{lesson.starts_at:%H}",
        "startMinute": f"{lesson.starts_at:%M}",
        "endHour": f"{lesson.ends_at:%H}",
        "endMinute": f"{lesson.ends_at:%M}",
    }


def average_value(call: Call, value: Decimal | None) -> float | str | None:
    """An average: a text, in newer versions a number."""
    if value is None:
        return None
    return float(value) if is_modern(call) else f"{value:.2f}"


def averages_json(call: Call, marks: list[m.Mark]) -> JsonObject:
    """Averages of one subject with where they are going since a week ago."""
    book = call.service.book
    since = call.service.world.today - _WEEK
    before = [mark for mark in marks if mark.given_at.date() <= since]
    plain, weighted = book.average(marks), book.average(marks, weighted=True)
    scale = marks[0].scale_key if marks else call.service.world.scales[0].key
    important = book.average(marks, important=True)
    trend = _trend(book.average(before), plain)
    return {
        "averageMarkTrend": trend,
        "averageMarkMood": mood(call.service, plain, scale),
        "averageMarkByImportantWorkTrend": _trend(book.average(before, important=True), important),
        "weightedAverageMarkTrend": _trend(book.average(before, weighted=True), weighted),
        "indicator": "NotSet" if trend == EQUAL else trend,
        "averageMark": average_value(call, plain),
        "averageMarkByImportantWork": average_value(call, important),
        "weightedAverageMark": average_value(call, weighted),
    }


def _trend(before: Decimal | None, now: Decimal | None) -> str:
    if before is None or now is None or before == now:
        return EQUAL
    return UP if now > before else DOWN


def categories_json(call: Call, marks: list[m.Mark]) -> list[JsonObject]:
    """How the class did in one work: share and number of each sign."""
    counts = Counter((mark.cell_index, mark.text) for mark in marks)
    sample = {(mark.cell_index, mark.text): mark for mark in marks}
    return [
        {
            "mood": mood(call.service, sample[key].value, sample[key].scale_key),
            "percent": round(100 * count / len(marks), 1),
            "studentCount": count,
            "markNumber": key[0],
            "value": key[1],
        }
        for key, count in sorted(counts.items())
    ]


def recent_mark_json(call: Call, marks: list[m.Mark]) -> JsonObject:
    """New marks of one work, as start page and subject page show them."""
    service, first = call.service, marks[0]
    world = service.world
    lesson, kind = world.lesson(first.lesson_key), world.work_kind(first.work_kind_key)
    whole_class = service.book.marks_for.get(service.book.work_of_mark(first), ())
    return {
        "categories": categories_json(call, list(whole_class)),
        "date": stamp(call, first.given_at),
        "subject": subject_json(call, first.subject_key),
        "markType": KINDS[kind.key],
        "criteriaMarkType": "NotSet",
        "markTypeText": kind.name,
        "shortMarkTypeText": kind.short_name,
        "lesson": {
            "id": service.ids.of(ids.LESSON, lesson.key),
            "date": plain_lesson_day(call, lesson),
            "theme": lesson.topic or "",
        },
        "isNew": (world.today - first.given_at.date()) < _WEEK,
        "isFinal": False,
        "isImportant": kind.is_important,
        "marks": [mark_json(call, mark) for mark in marks],
        "indicator": "NotSet",
    }


def plain_lesson_day(call: Call, lesson: m.Lesson) -> int | str:
    """The day of a lesson inside a recent mark."""
    return lesson.date.isoformat() if is_modern(call) else int(day_stamp(call, lesson.date))
