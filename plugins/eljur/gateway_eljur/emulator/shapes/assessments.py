"""Marks as the diary and the list of marks write them (notes 4.2, 4.5)."""

from decimal import Decimal
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.shapes.cells import Cell, cells_of

_FIVE: Final = "scale-five"


def cells(call: Call, student: m.Student) -> tuple[Cell, ...]:
    """A pupil's entries in the schools of this tenant."""
    service, vendor = call.service, call.user.vendor
    return service.once(
        ("cells", vendor.key, student.key),
        lambda: cells_of(service.world, student, vendor.school_keys),
    )


def in_diary(call: Call, cell: Cell) -> JsonObject:
    """An entry of a lesson in the diary."""
    entry = _entry(call, cell)
    if cell.marks:
        kind = call.service.world.work_kind(cell.marks[0].work_kind_key)
        entry |= {"control_type": kind.name, "control_type_short": kind.short_name}
    return entry


def in_list(call: Call, cell: Cell) -> JsonObject:
    """An entry in the list of a subject's marks; an absence has neither weight nor kind."""
    world = call.service.world
    entry = _entry(call, cell) | {"lesson_comment": None, "max_mark": None}
    if not cell.marks:
        return entry
    mark = cell.marks[0]
    kind = world.work_kind(mark.work_kind_key)
    title = world.assignment(mark.assignment_key).title
    if title != kind.name:
        entry["lesson_comment"] = title
    if mark.scale_key != _FIVE:
        entry["max_mark"] = number(world.scale(mark.scale_key).highest)
    numbers = {item.key: place for place, item in enumerate(world.work_kinds, start=1)}
    entry["mtype"] = {"id": numbers[kind.key], "type": kind.name, "short": kind.short_name}
    return entry


def number(value: Decimal) -> int | float:
    """A number as JSON writes it: whole ones without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _entry(call: Call, cell: Cell) -> JsonObject:
    entry: JsonObject = {
        "value": cell.value,
        "countas": _counted_as(cell),
        "color": "",
        "color_hex": None,
        "count": cell.counts,
        "convert": number(cell.convert),
        "lesson_id": call.service.ids.subject(cell.subject_key),
        "date": cell.day.isoformat(),
        "nm": str(cell.index),
        "comment": "; ".join(dict.fromkeys(m.comment for m in cell.marks if m.comment)),
    }
    if cell.marks:
        weight = weight_of(call, cell)
        entry |= {"weight": weight, "weight_float": weight}
    return entry


def _counted_as(cell: Cell) -> str | int:
    """A text for marks; the number 0 for absences."""
    return str(number(cell.convert)) if cell.marks else 0


def weight_of(call: Call, cell: Cell) -> int:
    """The weight of a mark; 1 in a school that weighs none."""
    mark = cell.marks[0]
    return mark.weight if call.service.world.school(mark.school_key).weighs_marks else 1
