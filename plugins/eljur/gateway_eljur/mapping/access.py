"""By which methods a student's days may be read, where the diary is closed (notes 3, 4.3, 4.4)."""

from collections.abc import Iterable
from typing import Final

TIMETABLE: Final = "timetable"
HOMEWORK: Final = "homework"

BY_STUDENT: Final = "student"
BY_CLASS: Final = "class"

METHODS: Final = {TIMETABLE: "getschedule", HOMEWORK: "gethomework"}
"""The method that tells a part of the diary alone."""

_DIARY: Final = "getdiary"


def ways_of(rules: Iterable[str], class_rules: Iterable[str]) -> dict[str, str]:
    """Whether timetable and homework are asked for by student or by class.

    Nothing for a student whose diary is open, as that tells both, and for one of whose methods
    nothing is said. A part that can be had in neither way is left out.

    Args:
        rules: Methods allowed for the student.
        class_rules: Methods allowed for the student's class; none where no class is known.
    """
    own, shared = _words(rules), _words(class_rules)
    if not own or _DIARY in own:
        return {}
    found: dict[str, str] = {}
    for part, method in METHODS.items():
        if method in own:
            found[part] = BY_STUDENT
        elif method in shared:
            found[part] = BY_CLASS
    return found


def _words(rules: Iterable[str]) -> set[str]:
    return {word.strip().casefold() for word in rules}
