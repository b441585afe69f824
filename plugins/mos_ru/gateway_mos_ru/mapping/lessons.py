"""Lessons of the timetable, and one lesson by itself."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from gateway.core.model.base import Reference
from gateway.core.model.lessons import LessonKind, LessonStatus
from gateway.core.text.printed import label, plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.files import attachment_records
from gateway_mos_ru.mapping.keys import PLAN_SOURCES
from gateway_mos_ru.mapping.people import teacher_of
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.events import Event
from gateway_mos_ru.wire.schedule import DaySchedule, LessonDetails

LESSON_SOURCES: Final = ("PLAN", "AE", "EC")
"""Words of the timetable for lessons: of the study plan, additional, extracurricular."""

_KINDS: Final = {
    **dict.fromkeys(PLAN_SOURCES, LessonKind.LESSON),
    "AE": LessonKind.ADDITIONAL,
    "EC": LessonKind.EXTRACURRICULAR,
}
_CONTROLS: Final = frozenset({"THEMATIC_TEST", "MODULE_TEST"})
_REMOTE: Final = {"REMOTE": True, "NORMAL": False}
_NUMBER: Final = re.compile(r"\s*(\d{1,2})\b.*урок", re.IGNORECASE)
_LESSON: Final = "LESSON"

NO_SUBJECT: Final = Reference(id=None, name="—")
"""Stands for a subject that nothing tells."""


class DayTold(NamedTuple):
    """What only the timetable of a day tells of a lesson."""

    number: int | None
    teacher: Reference | None
    building: str | None


class PlacedEvent(NamedTuple):
    """An event of the timetable with its lesson's record."""

    event: Event
    record: Record


def placed_events(
    context: MapContext, events: Iterable[Event], told: Mapping[str, DayTold] | None = None
) -> list[PlacedEvent]:
    """The lessons among events, by time; `told` is what the timetables of their days add."""
    found: list[PlacedEvent] = []
    for index, event in enumerate(events):
        if (event.source or "").upper() not in LESSON_SOURCES:
            continue
        record = _event_record(context, event)
        if record is None:
            context.note(f"$.response[{index}].start_at", "no moment")
            continue
        _add_told(record, told.get(str(record["id"])) if told else None)
        found.append(PlacedEvent(event, record))
    found.sort(key=lambda item: (str(item.record["starts_at"]), str(item.record["id"])))
    return found


def _event_record(context: MapContext, event: Event) -> Record | None:
    start = context.clock.local(event.start_at)
    if start is None:
        return None
    source = (event.source or "").upper()
    name = event.subject_name or event.group_name or event.title
    record: Record = {
        "id": context.keys.lesson_of(event.id, source),
        "date": start[:10],
        "starts_at": start,
        "subject": subject_of(context.keys.subject, event.subject_id, name) or NO_SUBJECT,
    }
    end = context.clock.local(event.finish_at)
    if end is not None:
        record["ends_at"] = end
    _put_kind(record, source, event.course_lesson_type)
    _put_place(record, event.room_number, event.room_name, event.building_name)
    _put_remote(record, event.lesson_type, event.link_to_join or event.conference_link)
    topic = plain(event.lesson_theme) or plain(event.lesson_name)
    if topic:
        record["topic"] = topic
    if event.cancelled:
        record["status"] = LessonStatus.CANCELLED
    elif event.replaced:
        record["status"] = LessonStatus.SUBSTITUTED
    return record


def _add_told(record: Record, told: DayTold | None) -> None:
    if told is None:
        return
    record["number"] = told.number
    record["teachers"] = [] if told.teacher is None else [told.teacher]
    if told.building is not None:
        record.setdefault("building", told.building)


def told_of_days(context: MapContext, days: Iterable[DaySchedule | None]) -> dict[str, DayTold]:
    """What timetables of single days tell, by lesson."""
    found: dict[str, DayTold] = {}
    for day in days:
        for activity in day.activities or () if day is not None else ():
            lesson = activity.lesson
            if (activity.type or _LESSON).upper() != _LESSON or lesson is None:
                continue
            if lesson.schedule_item_id is None:
                context.note("$.activities[].lesson", "a lesson without its number")
                continue
            key = context.keys.lesson_of(lesson.schedule_item_id, lesson.lesson_education_type)
            number = _NUMBER.match(activity.info or "")
            found[key] = DayTold(
                int(number.group(1)) if number else None,
                teacher_of(context, lesson.teacher),
                plain(activity.building_name),
            )
    return found


def single_lesson_record(
    context: MapContext, lesson: LessonDetails, day: str, source: str | None
) -> Record:
    """One lesson with what only a look at it tells.

    Args:
        context: Where it belongs.
        lesson: The lesson.
        day: Its local date.
        source: Which kind of lesson was asked for.
    """
    name = lesson.subject_name or lesson.group_name
    record: Record = {
        "id": context.keys.lesson_of(lesson.id, source),
        "date": day,
        "subject": subject_of(context.keys.subject, lesson.subject_id, name) or NO_SUBJECT,
        "comment": _comment(lesson),
    }
    for field, clock in (("starts_at", lesson.begin_time), ("ends_at", lesson.end_time)):
        moment = context.clock.at(day, clock)
        if moment is not None:
            record[field] = moment
    _put_kind(record, (source or "OO").upper(), lesson.course_lesson_type)
    _put_place(record, lesson.room_number, lesson.room_name, lesson.building_name)
    link = lesson.remote_lesson.link_to_join if lesson.remote_lesson else None
    _put_remote(record, lesson.lesson_type, link)
    teacher = teacher_of(context, lesson.teacher)
    record["teachers"] = [] if teacher is None else [teacher]
    plan = lesson.details
    topic = plain(plan.lesson_topic) if plan else None
    if topic:
        record["topic"] = topic
    materials = [*(plan.additional_materials or ()), *(plan.materials or ())] if plan else []
    record["attachments"] = attachment_records(context, materials=materials)
    return record


def _comment(lesson: LessonDetails) -> str | None:
    """All comments of teachers on a lesson, each on its own line."""
    told = [lesson.comment]
    told += [
        item if isinstance(item, str) else item.comment or item.text
        for item in lesson.teacher_comments or ()
    ]
    return "\n".join(dict.fromkeys(text for text in map(plain, told) if text)) or None


def _put_kind(record: Record, source: str, course_type: str | None) -> None:
    kind = _KINDS.get(source, LessonKind.UNKNOWN)
    if (course_type or "").upper() in _CONTROLS:
        kind = LessonKind.CONTROL
    if kind is not LessonKind.LESSON:
        record["kind"] = kind
    record["kind_text"] = course_type or source


def _put_place(record: Record, number: str | None, name: str | None, building: str | None) -> None:
    room = label(number or "") or label(name or "")
    if room:
        record["room"] = room
    place = label(building or "")
    if place:
        record["building"] = place


def _put_remote(record: Record, lesson_type: str | None, link: str | None) -> None:
    address = plain(link)
    if address:
        record["join_url"] = address
    remote = True if address else _REMOTE.get((lesson_type or "").upper())
    if remote is not None:
        record["is_remote"] = remote
