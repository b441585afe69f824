"""Notices of absence: what parents announced, and why one may be absent (protocol notes 4.6)."""

from collections.abc import Iterable, Mapping, Sequence

from gateway.core.errors import InvalidRequest, Text
from gateway.core.model.attendance import AbsenceNoticeState
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.wire.attendance import AbsenceReason, AbsentDay, AbsentLesson


def notice_id(context: MapContext, day: str) -> str:
    """Identifier of a notice: the service takes one back by student and date alone."""
    return context.keys.ids.of("notice", context.person, day)


def reason_names(reasons: Iterable[AbsenceReason]) -> dict[int, str]:
    """Reasons by their number, also those that are no longer given."""
    return {item.id: name for item in reasons if (name := plain(item.name))}


def notice_records(
    context: MapContext,
    days: Iterable[AbsentDay],
    reasons: Mapping[int, str],
    timetables: Mapping[str, Mapping[str, int]],
) -> list[Record]:
    """Days or lessons that a parent announced; other absences are the school's own notes.

    Args:
        context: Where they belong.
        days: Days of absence.
        reasons: Names of reasons by number.
        timetables: By day, the numbers of its lessons by the lesson's unified identifier.
    """
    records: dict[str, Record] = {}
    for index, item in enumerate(days):
        lessons = announced_lessons(item)
        if item.is_system or not (item.notified or lessons):
            continue
        day = context.clock.day(item.date)
        if day is None:
            context.note(f"$.attendance[{index}].date", "no date")
            continue
        record = _notice(context, day, item, lessons, reasons)
        numbers = timetables.get(day, {})
        told = _numbers(context, lessons, numbers)
        if told != set(numbers.values()):
            record["lessons"] = sorted(told)
        if lessons and not told:
            context.note(f"$.attendance[{index}].lessons", "lessons that the timetable lacks")
        records.setdefault(str(record["id"]), record)
    return [records[key] for key in sorted(records)]


def reason_of(reasons: Sequence[AbsenceReason], wanted: str) -> int:
    """The number of a reason that a parent may give, by its number or name.

    Raises:
        InvalidRequest: There is none; the sentence for the person lists those there are.
    """
    allowed = {
        item.id: name
        for item in reasons
        if item.is_parent_available is not False
        and item.deleted_at is None
        and (name := plain(item.name))
    }
    text = wanted.strip()
    if text.isascii() and text.isdigit() and int(text) in allowed:
        return int(text)
    for number, name in allowed.items():
        if name.casefold() == text.casefold():
            return number
    choices = "; ".join(f"{name} ({number})" for number, name in sorted(allowed.items()))
    raise InvalidRequest(
        "the diary has no such reason of absence",
        text=Text(
            f"Такой причины отсутствия в дневнике нет. Выберите из списка: {choices}.",
            f"The diary has no such reason of absence. Choose one of these: {choices}.",
        ),
    )


def announced_lessons(item: AbsentDay) -> list[AbsentLesson]:
    """Lessons of a day that a parent announced: some of them, or all of a whole day."""
    return [] if item.is_system else [it for it in item.lessons or () if it.notified]


def _notice(
    context: MapContext,
    day: str,
    item: AbsentDay,
    lessons: Sequence[AbsentLesson],
    reasons: Mapping[int, str],
) -> Record:
    told: Sequence[AbsentDay | AbsentLesson] = (item, *lessons)
    record: Record = {
        "id": notice_id(context, day),
        "start": day,
        "end": day,
        # The service tells the school at once and nothing of what the school makes of it.
        "state": AbsenceNoticeState.SENT,
    }
    number = next((part.reason_id for part in told if part.reason_id is not None), None)
    if number is not None:
        record["reason_id"] = str(number)
        if number in reasons:
            record["reason"] = reasons[number]
    comment = next((text for part in told if (text := plain(part.description))), None)
    if comment:
        record["comment"] = comment
    return record


def _numbers(
    context: MapContext, lessons: Iterable[AbsentLesson], numbers: Mapping[str, int]
) -> set[int]:
    keys = (
        context.keys.lesson_of(lesson.schedule_item_id, lesson.lesson_education_type)
        for lesson in lessons
        if lesson.schedule_item_id is not None
    )
    return {numbers[key] for key in keys if key in numbers}
