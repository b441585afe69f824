"""Homework of the diary: due at the lesson where it stands (notes 4.2)."""

from collections.abc import Iterable
from typing import Final

from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.files import attachment_records
from gateway_eljur.mapping.lessons import PlacedLesson
from gateway_eljur.mapping.text import plain, rich
from gateway_eljur.wire.base import key_text, keyed, several, switch
from gateway_eljur.wire.diary import Task
from gateway_eljur.wire.files import File

_NOTHING: Final = frozenset({"", "без задания", "без домашнего задания", "не задано", "нет"})
_BLANK: Final = " \n\t.,…-–—!"


def is_given(text: str | None) -> bool:
    """Whether a text gives anything to do: «Без задания» is a common way to say no."""
    return (plain(text) or "").strip(_BLANK).casefold() not in _NOTHING


def homework_records(context: MapContext, placed: Iterable[PlacedLesson]) -> list[Record]:
    """Pieces of homework by the lessons for which they are due."""
    return [record for item in placed for record in _of_lesson(context, item)]


def materials_of(context: MapContext, placed: PlacedLesson) -> list[Record]:
    """What is attached to a lesson itself: materials that no single piece of homework has."""
    if _owner(placed) is not None:
        return []
    return attachment_records(context, (), several(placed.lesson.resources))


def _of_lesson(context: MapContext, placed: PlacedLesson) -> list[Record]:
    tasks, owner = _tasks(placed), _owner(placed)
    files: dict[str, list[File]] = {}
    for file in several(placed.lesson.files):
        number = key_text(file.toid)
        files.setdefault(number if number in tasks or owner is None else owner, []).append(file)
    records: list[Record] = []
    for number in dict.fromkeys((*tasks, *files)):
        resources = several(placed.lesson.resources) if number == owner else []
        attachments = attachment_records(context, files.get(number, ()), resources)
        record = _record(context, placed, tasks.get(number), number, attachments)
        if record is not None:
            records.append(record)
    return records


def _tasks(placed: PlacedLesson) -> dict[str, Task]:
    """Pieces by number; a list without numbers counts from 1, as the service does."""
    found: dict[str, Task] = {}
    for index, (key, task) in enumerate(keyed(placed.lesson.homework), start=1):
        found.setdefault(key_text(task.id) or key or str(index), task)
    return found


def _owner(placed: PlacedLesson) -> str | None:
    """The piece that materials of the lesson belong to: the only one, if there is just one."""
    numbers = list(_tasks(placed))
    return numbers[0] if len(numbers) == 1 else None


def _record(
    context: MapContext,
    placed: PlacedLesson,
    task: Task | None,
    number: str,
    attachments: list[Record],
) -> Record | None:
    text, html = (
        rich(str(task.value)) if task is not None and task.value is not None else ("", None)
    )
    if not is_given(text):
        if not attachments:
            return None
        text, html = "", None
    lesson = placed.record
    record: Record = {
        "id": context.keys.homework(placed.keys, number or "0"),
        "subject": lesson["subject"],
        "text": text,
        "due_on": lesson["date"],
        "attachments": attachments,
    }
    if "id" in lesson:
        record["lesson_id"] = lesson["id"]
    if html is not None:
        record["html"] = html
    individual = switch(task.individual) if task is not None else None
    if individual is not None:
        record["is_individual"] = individual
    return record
