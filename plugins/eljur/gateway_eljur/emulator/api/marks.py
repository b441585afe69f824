"""`getmarks`, its older name `getassessments`, and `getupdates` (notes 4.5, 4.8)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway.sandbox.world.averages import average
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Access, Router, method
from gateway_eljur.emulator.shapes.assessments import cells, in_list
from gateway_eljur.emulator.shapes.cells import Cell
from gateway_eljur.emulator.shapes.days import subject_name
from gateway_eljur.emulator.shapes.people import by_student

_PAGE: Final = 25
_NEW_DAYS: Final = 7


def register(router: Router) -> None:
    """Add the methods of this part with their further names.

    What the older `getassessments` answers is not known: the same is a guess.
    """
    method(router, "getmarks", marks, Access.TOKEN, "newgetmarks", "getassessments")
    method(router, "getupdates", updates)


def marks(call: Call) -> object:
    """Every subject of each pupil with its marks between two days."""
    return by_student(call, lambda student: {"lessons": _lessons(call, student)})


def _lessons(call: Call, student: m.Student) -> list[JsonObject]:
    start, end = call.days()
    world = call.service.world
    found = [cell for cell in cells(call, student) if start <= cell.day <= end]
    places = call.members.places(student)
    keys = dict.fromkeys(
        subject.key for place in places for subject in world.subjects_of(place.class_key)
    )
    keys |= dict.fromkeys(cell.subject_key for cell in found)
    return [
        _subject(call, key, [cell for cell in found if cell.subject_key == key]) for key in keys
    ]


def _subject(call: Call, key: str, found: list[Cell]) -> JsonObject:
    world = call.service.world
    counted = [mark for cell in found for mark in cell.marks]
    weighted = not counted or world.school(counted[0].school_key).weighs_marks
    mean = average(counted, weighted=weighted)
    return {
        "name": subject_name(call, key),
        "lesson_id": call.service.ids.subject(key),
        "average": "" if mean is None else str(mean.normalize() if mean % 1 else int(mean)),
        "averageConvert": 0 if mean is None else int(mean),
        "color_hex": None,
        "marks": [in_list(call, cell) for cell in found],
    }


def updates(call: Call) -> object:
    """New marks and comments: an entry is a mark with its subject, which is a guess."""
    size = call.number("limit", _PAGE) or _PAGE
    first = max(call.number("page", 1) - 1, 0) * size
    return by_student(call, lambda student: {"updates": _updates(call, student, first, size)})


def _updates(call: Call, student: m.Student, first: int, size: int) -> JsonObject:
    given = [cell for cell in cells(call, student) if cell.marks]
    given.sort(key=lambda cell: cell.marks[0].given_at, reverse=True)
    today = call.service.world.today
    parts: dict[str, list[JsonObject]] = {"latest": [], "old": []}
    for cell in given[first : first + size]:
        is_new = (today - cell.marks[0].given_at.date()).days < _NEW_DAYS
        parts["latest" if is_new else "old"].append(
            {"name": subject_name(call, cell.subject_key)} | in_list(call, cell)
        )
    return dict(parts)
