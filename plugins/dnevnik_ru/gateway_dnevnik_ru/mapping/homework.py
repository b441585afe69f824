"""Homework."""

from collections import Counter
from collections.abc import Mapping

from gateway.core.model.base import Reference
from gateway.core.text.printed import rich
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.files import app_file_records, chosen
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import NO_SUBJECT, People, Subjects
from gateway_dnevnik_ru.mapping.sold import is_sold
from gateway_dnevnik_ru.wire.mobile_diary import DiaryLesson
from gateway_dnevnik_ru.wire.works import Work


def homework_record(
    context: MapContext,
    work: Work,
    *,
    due_on: str | None,
    lesson: PlacedLesson | None,
    subjects: Subjects,
    people: People,
    files: Mapping[str, Record] | None,
    told: DiaryLesson | None,
) -> Record:
    """One piece of homework.

    Args:
        context: Where it belongs.
        work: The work.
        due_on: Local date for which it is due.
        lesson: The lesson for which it is due, if it was described.
        subjects: Subjects by number.
        people: Teachers by number.
        files: Files by number, None where only their numbers came.
        told: The lesson in the app's diary, if it was read.
    """
    text, html = rich(work.text)
    record: Record = {
        "id": f"{context.keys.homework}{work.id}",
        "subject": (
            subjects.get(work.subject_id) or (lesson.subject if lesson else None) or NO_SUBJECT
        ),
        "text": text,
    }
    if html is not None:
        record["html"] = html
    if due_on:
        record["due_on"] = due_on
    assigned_on = context.clock.day(work.sent_date)
    if assigned_on:
        record["assigned_on"] = assigned_on
    if work.lesson is not None:
        record["lesson_id"] = f"{context.keys.lesson}{work.lesson}"
    teacher = people.find(work.created_by)
    if teacher is not None:
        record["teacher"] = teacher
    if work.one_drive_links:
        context.note(f"$.works[id={work.id}].oneDriveLinks", "links are told by number only")
    attachments = _attachments(context, work, files, told)
    if attachments is not None:
        record["attachments"] = attachments
    homework = told.homework if told is not None else None
    if homework is not None:
        record["is_done"] = homework.is_completed
        if homework.work_is_attach_required is not None:
            record["is_submission_required"] = homework.work_is_attach_required
    return record


def with_own_ticks(records: list[Record]) -> list[Record]:
    """Homework whose tick is its own: the app ticks a lesson, not each of its works.

    A lesson with several works that is not ticked tells nothing of any single one of them.
    """
    works = Counter(record.get("lesson_id") for record in records)
    for record in records:
        if works[record.get("lesson_id")] > 1 and record.get("is_done") is False:
            record["is_done"] = None
    return records


def app_homework_record(
    context: MapContext, lesson: DiaryLesson, number: int, day: str, subject: Reference | None
) -> Record | None:
    """The homework of a lesson as the app's diary tells it, all works together."""
    homework = lesson.homework
    if homework is None:
        return None
    if is_sold(homework.metadata):
        context.note(f"$.lessons[id={number}].homework", "shown to subscribers only")
        return None
    text, html = rich(homework.text)
    files = app_file_records(context, homework.attachments or ())
    if not text and not files:
        return None
    record: Record = {
        "id": context.keys.ids.of("homework", "lesson", number),
        "subject": subject or NO_SUBJECT,
        "text": text,
        "due_on": day,
        "lesson_id": f"{context.keys.lesson}{number}",
        "is_done": homework.is_completed,
        "attachments": list(files.values()),
    }
    if html is not None:
        record["html"] = html
    if homework.work_is_attach_required is not None:
        record["is_submission_required"] = homework.work_is_attach_required
    return record


def _attachments(
    context: MapContext,
    work: Work,
    files: Mapping[str, Record] | None,
    told: DiaryLesson | None,
) -> list[Record] | None:
    """The files of a work; None where another request would tell their names."""
    if not work.files:
        return []
    if files is not None:
        return chosen(work.files, files)
    if told is None or told.homework is None:
        return None
    return chosen(work.files, app_file_records(context, told.homework.attachments or ()))
