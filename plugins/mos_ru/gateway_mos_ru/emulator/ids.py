"""The platform's own numbers and UUIDs for the world's keys, stable and readable both ways.

Profiles, groups and subjects have short numbers; marks, homework and lessons exceed 2^31.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID, uuid5

from gateway.sandbox.web.numbers import Keys, Numbers
from gateway.sandbox.world import IdBook, World, native_id
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.book import Book

PROFILE, STUDENT, USER, CONTRACT = "profile", "student", "user", "contract"
SCHOOL, CLASS, GROUP, SUBJECT, PERIOD = "school", "class", "group", "subject", "period"
LESSON, HOMEWORK, ENTRY, TASK, MARK = "lesson", "homework", "entry", "task", "mark"
BELL, EXTRA_FIELD = "bell", "extra_field"
PLAN, EVENT, FILE, NEWS, NOTICE, TEACHER = "plan", "event", "file", "news", "notice", "teacher"

_DIGITS: Final = {
    **dict.fromkeys((PROFILE, STUDENT, USER, TEACHER, CONTRACT), 9),
    **dict.fromkeys((CLASS, GROUP, PERIOD, PLAN, NEWS), 8),
}
_THING_DIGITS: Final = 12
_CELL: Final = "cell"
_RETAKE: Final = "-retake"
_LATER: Final = 5
_BOOKS: Final = {SCHOOL: 5, SUBJECT: 6}
_SPACE: Final = UUID("0d9b7c5e-0000-4000-8000-000000000077")
FIRST_YEAR: Final = 2012  # the year that began in 2023 has the number 11


def task_key(homework_key: str, student_key: str) -> str:
    """Key of one pupil's part of a homework."""
    return f"{homework_key}|{student_key}"


def student_number(student_key: str) -> int:
    """The number of a student profile; like every number it follows from the key alone."""
    return native_id(f"mos_{STUDENT}", student_key, digits=_DIGITS[STUDENT])


def profile_number(account: m.Account, student_key: str | None) -> int:
    """The number of the profile that an account signs in to: a pupil's is the student profile."""
    if student_key is not None and account.role is m.Role.STUDENT:
        return student_number(student_key)
    return native_id(f"mos_{PROFILE}", account.key, digits=_DIGITS[PROFILE])


def guid(kind: str, key: str) -> str:
    """The UUID of a person, a class or a material."""
    return str(uuid5(_SPACE, f"{kind}/{key}"))


def year_number(year: m.SchoolYear) -> int:
    """The number of a school year, as the platform counts them."""
    return year.start_year - FIRST_YEAR


class Ids(Numbers):
    """Numbers of one running emulator."""

    def __init__(self, world: World, book: Book) -> None:
        keys = {**_KEYS, LESSON: lambda _: book.slot_keys}
        super().__init__(
            world, prefix="mos", keys=keys, digits=_DIGITS, default_digits=_THING_DIGITS
        )
        self._books = {
            kind: IdBook(f"mos_{kind}", _KEYS[kind](world), digits=digits)
            for kind, digits in _BOOKS.items()
        }
        self._guids: dict[str, Mapping[str, str]] = {}

    def of(self, kind: str, key: str) -> int:
        """The number of a key."""
        if kind == MARK:
            return self._mark(key)
        book = self._books.get(kind)
        return super().of(kind, key) if book is None else book.number(key)

    def _mark(self, key: str) -> int:
        """Marks of one cell have numbers in the order in which they were entered."""
        first = key.removesuffix(_RETAKE)
        cell, _, index = first.rpartition("-")
        return super().of(_CELL, cell) * 10 + int(index) + (_LATER if first != key else 0)

    def key(self, kind: str, number: str | int) -> str | None:
        """The key with this number, or None for a stranger or anything that is no number."""
        book = self._books.get(kind)
        if book is None:
            return super().key(kind, number)
        try:
            return book.key(int(number))
        except ValueError:
            return None

    def person_of(self, text: str) -> str | None:
        """The key of the person with this UUID."""
        table = self._guids.get("person")
        if table is None:
            table = {guid("person", item.key): item.key for item in self._world.persons}
            self._guids["person"] = table
        return table.get(text.strip().lower())


def _tasks(world: World) -> Iterator[str]:
    for student in world.students:
        for item in world.homework_of(student.key):
            yield task_key(item.key, student.key)


_KEYS: Final[dict[str, Keys]] = {
    STUDENT: lambda world: (item.key for item in world.students),
    CONTRACT: lambda world: (item.key for item in world.students),
    SCHOOL: lambda world: (item.key for item in world.schools),
    CLASS: lambda world: (item.key for item in world.classes),
    SUBJECT: lambda world: (item.key for item in world.subjects),
    ENTRY: lambda world: (item.key for item in world.homework),
    TASK: _tasks,
    MARK: lambda world: (item.key for item in world.marks),
    PLAN: lambda world: (item.key for item in world.students),
}
