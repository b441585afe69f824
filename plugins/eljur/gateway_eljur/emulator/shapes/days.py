"""Days and lessons as diary and timetable write them (notes 4.2, 4.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.quirks import Empty
from gateway_eljur.emulator.service import days_between
from gateway_eljur.emulator.shapes.people import teacher_name

WEEKDAYS: Final = (
    "Понедельник",
    "Вторник",
    "Среда",
    "Четверг",
    "Пятница",
    "Суббота",
    "Воскресенье",
)
CANCELLED: Final = "Cancel"
"""The name of a lesson that does not take place, in the timetable of a class."""

_SORT_STEP: Final = 10
_EXTDAY_SORT: Final = 110
_SUNDAY: Final = 7
_GONE: Final = frozenset({m.LessonStatus.CANCELLED, m.LessonStatus.MOVED})
_FREE: Final = frozenset({m.SpanKind.HOLIDAY, m.SpanKind.DAY_OFF})


@dataclass(frozen=True, slots=True)
class Day:
    """A day with lessons of a pupil or a class.

    Attributes:
        day: The date.
        alert: Why there are none, or `today`.
        holiday: Name of a holiday.
        lessons: Numbered lessons of the main school.
        after: What comes after the regular day, and lessons of another school.
    """

    day: date
    alert: str | None
    holiday: str | None
    lessons: tuple[m.Lesson, ...]
    after: tuple[m.Lesson, ...]

    def head(self) -> JsonObject:
        """Date, weekday and alert."""
        found: JsonObject = {"name": day_key(self.day), "title": WEEKDAYS[self.day.weekday()]}
        if self.alert is not None:
            found["alert"] = self.alert
        if self.holiday is not None:
            found["holiday_name"] = self.holiday
        return found


def day_key(day: date) -> str:
    """A date as keys and periods write it."""
    return f"{day:%Y%m%d}"


def is_gone(lesson: m.Lesson) -> bool:
    """Whether a lesson does not take place where it stood."""
    return lesson.status in _GONE


def days_of(
    world: World, school: m.School, lessons: Iterable[m.Lesson], start: date, end: date
) -> list[Day]:
    """The days of a range that a school has anything to say of: none out of season.

    Args:
        world: What is true.
        school: The main school; lessons of another one come after the regular day.
        lessons: Those to be shown.
        start: First day.
        end: Last day.
    """
    by_day: dict[date, list[m.Lesson]] = {}
    for lesson in lessons:
        by_day.setdefault(lesson.date, []).append(lesson)
    year = world.current_year
    found = []
    for day in days_between(max(start, year.starts), min(end, year.ends)):
        own = by_day.get(day, [])
        alert, holiday = (None, None) if own else _alert(world, school, day)
        if not own and alert is None and day.isoweekday() == _SUNDAY:
            continue
        if alert is None and day == world.today:
            alert = "today"
        regular = [item for item in own if item.number and item.school_key == school.key]
        after = [item for item in own if item not in regular]
        found.append(Day(day, alert, holiday, tuple(regular), tuple(after)))
    return found


def _alert(world: World, school: m.School, day: date) -> tuple[str | None, str | None]:
    spans = world.spans_of(school.key, day, day)
    for span in spans:
        if span.kind is m.SpanKind.BREAK:
            return "vacation", None
    for span in spans:
        if span.kind in _FREE:
            return "holiday", span.title
    if day.isoweekday() in school.study_weekdays or day.isoweekday() == _SUNDAY:
        return None, None
    return "holiday", "Выходной"


def items(call: Call, rows: list[tuple[str, JsonObject]]) -> JsonObject:
    """`items` of a day, under the numbers of the lessons; nothing as this host writes it."""
    if rows:
        return {"items": dict(rows)}
    match call.service.quirks.items:
        case Empty.LIST:
            return {"items": []}
        case Empty.ABSENT:
            return {}
        case Empty.OBJECT:
            return {"items": {}}


def lesson_row(call: Call, lesson: m.Lesson, *, rings: bool) -> JsonObject:
    """A numbered lesson as the timetable has it."""
    number = lesson.number or 0
    return {
        "name": subject_name(call, lesson.subject_key),
        "num": str(number),
        "room": lesson.room or "",
        "teacher": teacher_name(call, lesson.teacher_key),
        "sort": number * _SORT_STEP,
        **_group(call, lesson),
        **(_rings(lesson) if rings else {}),
    }


def extday_row(call: Call, lesson: m.Lesson, place: int, *, rings: bool) -> JsonObject:
    """What comes after the regular day, by its place among such."""
    group = _group(call, lesson)
    name = subject_name(call, lesson.subject_key)
    return {
        "name": name,
        "grp": group.get("grp", name),
        "grp_short": group.get("grp_short", name[:3].lower()),
        "teacher": teacher_name(call, lesson.teacher_key),
        "sort": _EXTDAY_SORT + place * _SORT_STEP,
        **(_rings(lesson) if rings else {}),
    }


def subject_name(call: Call, key: str) -> str:
    """Name of a subject."""
    return call.service.world.subject(key).name


def _group(call: Call, lesson: m.Lesson) -> JsonObject:
    if lesson.group_key is None:
        return {}
    group = call.service.world.group(lesson.group_key)
    return {"grp": group.name, "grp_short": f"гр.{group.number}"}


def _rings(lesson: m.Lesson) -> JsonObject:
    return {
        "starttime": f"{lesson.starts_at:%H:%M:%S}",
        "endtime": f"{lesson.ends_at:%H:%M:%S}",
    }
