"""Notes about attendance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.core.model.attendance import AttendanceStatus
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import subject_of
from gateway_dnevnik_ru.mapping.words import ATTENDANCE, EXCUSED, known
from gateway_dnevnik_ru.wire.attendance import LogEntries, LogEntry


@dataclass(frozen=True, slots=True)
class Note:
    """One note with its lesson."""

    entry: LogEntry
    number: int
    lesson: PlacedLesson


def notes_of(
    context: MapContext, entries: Iterable[LogEntry], lessons: Mapping[int, PlacedLesson]
) -> list[Note]:
    """The notes about the student; one without a dated lesson is left out."""
    found: list[Note] = []
    for index, entry in enumerate(entries):
        if not context.is_own(entry.person):
            continue
        lesson = lessons.get(entry.lesson) if entry.lesson is not None else None
        if entry.lesson is None or lesson is None:
            context.note(f"$.logEntries[{index}]", "no dated lesson")
        else:
            found.append(Note(entry, entry.lesson, lesson))
    return found


def notes_of_log(context: MapContext, log: LogEntries) -> list[Note]:
    """The notes of an answer that brings their lessons with it."""
    lessons: dict[int, PlacedLesson] = {}
    for lesson in log.lessons or ():
        day = context.clock.day(lesson.date)
        if day is not None:
            subject = subject_of(context, lesson.subject)
            lessons[lesson.id] = PlacedLesson(day, lesson.number, subject)
    return notes_of(context, log.log_entries, lessons)


def attendance_records(context: MapContext, notes: Iterable[Note]) -> list[Record]:
    """What was noted about attendance."""
    records: list[Record] = []
    for note in notes:
        entry, lesson = note.entry, note.lesson
        status = known(ATTENDANCE, entry.status, AttendanceStatus.UNKNOWN)
        record: Record = {
            "id": context.keys.attendance(context.person, note.number),
            "date": lesson.day,
            "lesson_id": f"{context.keys.lesson}{note.number}",
            "status": status,
        }
        if entry.status:
            record["status_text"] = entry.status
        if lesson.number is not None:
            record["lesson_number"] = lesson.number
        if lesson.subject is not None:
            record["subject"] = lesson.subject
        if status in EXCUSED:
            record["is_excused"] = True
        comment = plain(entry.comment)
        if comment:
            record["comment"] = comment
        recorded_at = context.clock.moment(entry.created_date)
        if recorded_at:
            record["recorded_at"] = recorded_at
        records.append(record)
    return records
