"""`student_marks`: cells with one value or two, filed under the week in which they were filled."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.myschool.draws import falls
from gateway_gosuslugi.emulator.myschool.intervals import Week
from gateway_gosuslugi.emulator.myschool.records.values import (
    day,
    lesson_id,
    moment,
    number,
    subject_id,
)

_NEVER_SHOWN: Final = frozenset(
    {
        m.MarkStatus.RETAKEN,  # the teacher writes the new mark over it
        m.MarkStatus.ABSENT,  # an absence stands on the lesson
    }
)
_WITH_COMMA: Final = 2


def mark_records(world: World, student: m.Student, week: Week) -> list[JsonObject]:
    """Cells of the pupil's own school that were filled in a week."""
    entered = world.marks_of(student.key, week.monday, week.sunday, by_entry=True)
    cells: dict[tuple[str, str], list[m.Mark]] = {}
    for mark in entered:
        if mark.school_key == student.school_key and mark.status not in _NEVER_SHOWN:
            key = mark.assignment_key, mark.key if mark.cell_size == 1 else ""
            cells.setdefault(key, []).append(mark)
    return [
        _record(world, sorted(cell, key=lambda item: item.cell_index)) for cell in cells.values()
    ]


def _record(world: World, cell: list[m.Mark]) -> JsonObject:
    mark = cell[0]
    native = number("mark", mark.key)
    kind = world.work_kind(mark.work_kind_key)
    comma = falls("comma", mark.key, one_in=_WITH_COMMA)
    return {
        "marks_id": native,
        "id": native,
        "subject_id": subject_id(mark.subject_key),
        "subject_name": world.subject(mark.subject_key).name,
        "lesson_id": lesson_id(mark.lesson_key, mark.subject_key),
        "mark_value1": mark.text,
        "mark_value2": cell[1].text if len(cell) > 1 else None,
        "mark_date": day(mark.date),
        "create_datetime": moment(mark.given_at),
        "correction_date": moment(mark.updated_at),
        "work_type_code": "Test" if kind.is_important else "Ordinary",
        "work_type_description": kind.name,
        "work_name": world.assignment(mark.assignment_key).title,
        "weight": f"{mark.weight},0" if comma else str(mark.weight),
        "comment": mark.comment,
    }
