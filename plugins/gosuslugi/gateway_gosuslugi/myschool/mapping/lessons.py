"""Lessons of the timetable (notes 4.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gateway.core.model.base import Reference
from gateway_gosuslugi.myschool.mapping.context import MapContext, Record
from gateway_gosuslugi.myschool.mapping.references import NO_SUBJECT, subject_of, teacher_of
from gateway_gosuslugi.myschool.mapping.text import plain
from gateway_gosuslugi.myschool.wire.lessons import Lesson

_NO_ROOM: Final = "-"


@dataclass(frozen=True, slots=True)
class PlacedLesson:
    """A lesson of the wire with its record.

    Attributes:
        lesson: The lesson.
        native: Its own identifier.
        record: What becomes of it.
    """

    lesson: Lesson
    native: str
    record: Record


def placed_lessons(context: MapContext, lessons: Iterable[Lesson]) -> list[PlacedLesson]:
    """Lessons by time, each once, numbered by their order in the day.

    The diary tells no numbers; lessons that begin at one moment (of subgroups) share theirs. All
    lessons of a day must be among those given.
    """
    found: dict[str, PlacedLesson] = {}
    for index, lesson in enumerate(lessons):
        placed = _placed(context, lesson)
        if placed is None:
            context.note(f"$.student_lessons[{index}]", "neither identifier nor moment")
        else:
            found.setdefault(str(placed.record["id"]), placed)
    ordered = sorted(found.values(), key=_order)
    starts: dict[object, list[object]] = {}
    for placed in ordered:
        day, start = placed.record["date"], placed.record["starts_at"]
        of_day = starts.setdefault(day, [])
        if start not in of_day:
            of_day.append(start)
        placed.record["number"] = len(of_day)
    return ordered


def _order(placed: PlacedLesson) -> tuple[str, str]:
    return str(placed.record["starts_at"]), str(placed.record["id"])


def _placed(context: MapContext, lesson: Lesson) -> PlacedLesson | None:
    native = plain(lesson.lesson_id) or plain(lesson.id)
    start = context.clock.moment(lesson.start_datetime)
    if native is None or start is None:
        return None
    teacher = teacher_of(context, lesson.lastname, lesson.firstname, lesson.patronymic)
    record: Record = {
        "id": context.keys.lesson(start[:10], native),
        "date": start[:10],
        "starts_at": start,
        "subject": subject_of(context, lesson.subject_id, lesson.subject_name) or NO_SUBJECT,
        "teachers": [] if teacher is None else [teacher],
    }
    end = context.clock.moment(lesson.end_datetime)
    if end is not None and end > start:
        record["ends_at"] = end
    room = plain(lesson.room)
    if room is not None and room != _NO_ROOM:
        record["room"] = room
    topic = plain(lesson.theme)
    if topic is not None:
        record["topic"] = topic
    return PlacedLesson(lesson, native, record)


def subjects_by_lesson(placed: Iterable[PlacedLesson]) -> dict[str, Reference]:
    """Subjects by the lesson's own identifier, for what names the lesson only."""
    found: dict[str, Reference] = {}
    for item in placed:
        subject = item.record["subject"]
        if isinstance(subject, Reference) and subject is not NO_SUBJECT:
            found.setdefault(item.native, subject)
    return found
