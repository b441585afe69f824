"""The app's diary: beside the diary bundle, or alone where nothing else was read."""

from collections.abc import Iterable, Iterator

from gateway.core.marks import work_kind
from gateway.core.text.printed import plain, printed
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.homework import app_homework_record
from gateway_dnevnik_ru.mapping.lessons import app_lesson_record
from gateway_dnevnik_ru.mapping.marks import sign_fields
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import app_subject
from gateway_dnevnik_ru.mapping.remarks import app_remark_records
from gateway_dnevnik_ru.mapping.sold import is_sold
from gateway_dnevnik_ru.wire.mobile import MobileMark
from gateway_dnevnik_ru.wire.mobile_diary import DiaryLesson, MobileDiary


def lessons_by_number(*diaries: MobileDiary | None) -> dict[int, DiaryLesson] | None:
    """The lessons of several answers; None where none could be had."""
    if all(diary is None for diary in diaries):
        return None
    return {
        lesson.id: lesson
        for diary in diaries
        for week in (diary.weeks if diary else ())
        for day in week.days or ()
        for lesson in day.lessons or ()
        if lesson.id is not None
    }


def day_records(context: MapContext, diary: MobileDiary) -> Iterator[Record]:
    """The days that hold anything, from the app's diary alone."""
    for place, week in enumerate(diary.weeks):
        for index, item in enumerate(week.days or ()):
            day = context.clock.day(item.date_time) or context.clock.day(item.date)
            if day is None:
                context.note(f"$.weeks[{place}].days[{index}]", "no date")
                continue
            filled = {
                key: value for key, value in _day(context, day, item.lessons or []).items() if value
            }
            if filled:
                yield {"date": day, **filled}


def _day(context: MapContext, day: str, told: list[DiaryLesson]) -> dict[str, list[Record]]:
    parts: dict[str, list[Record]] = {"lessons": [], "homework": [], "marks": []}
    placed: dict[int, PlacedLesson] = {}
    lessons: dict[int, DiaryLesson] = {}
    for lesson in told:
        number = lesson.id
        if number is None or lesson.is_empty:
            continue
        subject = app_subject(context, lesson.subject)
        lessons[number] = lesson
        placed[number] = PlacedLesson(day, lesson.number, subject)
        parts["lessons"].append(app_lesson_record(context, lesson, number, day, subject))
        homework = app_homework_record(context, lesson, number, day, subject)
        if homework is not None:
            parts["homework"].append(homework)
        parts["marks"] += _marks(context, lesson, number, placed[number])
    parts["remarks"] = app_remark_records(context, lessons, placed, ())
    return parts


def _marks(
    context: MapContext, lesson: DiaryLesson, number: int, placed: PlacedLesson
) -> list[Record]:
    records: list[Record] = []
    works = lesson.work_marks or []
    important = [text for text in (plain(item) for item in lesson.important_works or ()) if text]
    if len(works) > 1:
        important = []  # nothing tells which of the works it is
    for work in works:
        cell = signs(work.marks or ())
        for mark, text in cell:
            record = sign_fields(text, None)
            record["id"] = f"{context.keys.mark}{mark}"
            record["date"] = placed.day
            record["lesson_id"] = f"{context.keys.lesson}{number}"
            if placed.subject is not None:
                record["subject"] = placed.subject
            if work.work_id is not None:
                record["assignment"] = _assignment(context, work.work_id, important)
                if len(cell) > 1:
                    record["cell"] = f"{context.keys.work}{work.work_id}"
                    record["cell_text"] = "/".join(sign for _, sign in cell)
            records.append(record)
    return records


def signs(marks: Iterable[MobileMark]) -> list[tuple[int, str]]:
    """Numbers and signs of the values of a cell, but for those that are sold."""
    return [
        (mark.id, text)
        for mark in marks
        if mark.id is not None and not is_sold(mark.metadata) and (text := printed(mark.value))
    ]


def _assignment(context: MapContext, work: int, important: list[str]) -> Record:
    """What a mark was given for; a lesson with one control work names it."""
    record: Record = {"id": f"{context.keys.work}{work}"}
    if len(important) == 1:
        record["category"] = important[0]
        record["is_important"] = True
        kind = work_kind(important[0])
        if kind is not None:
            record["kind"] = kind
    return record
