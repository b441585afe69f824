"""The service's own numbers for the world's keys, stable and readable both ways.

Persons and accounts have 13 digits; lessons, works, marks, subjects, groups and periods 19, beyond
what a double can hold, which is why every such number travels with a `_str` twin.
"""

from collections.abc import Iterator
from typing import Final

from gateway.sandbox.web.numbers import Keys, Numbers
from gateway.sandbox.world import IdBook, World, native_id
from gateway_dnevnik_ru.emulator.book import control_work_key

HUMAN_DIGITS: Final = 13
THING_DIGITS: Final = 19
SCHOOL_DIGITS: Final = 6

PERSON, USER, SCHOOL = "person", "user", "school"
GROUP, SUBJECT, PERIOD, LESSON = "group", "subject", "period", "lesson"
WORK, MARK, WORK_TYPE, FILE, TASK = "work", "mark", "work_type", "file", "task"
HOLIDAY, TIMETABLE, BELL, POST, PERIOD_GROUP = (
    *("holiday", "timetable", "bell", "post"),
    "period_group",
)
_DIGITS: Final = {PERSON: HUMAN_DIGITS, USER: HUMAN_DIGITS}


def final_work_key(final_key: str) -> str:
    """Key of the work that a final grade hangs on."""
    return f"work-of-{final_key}"


def task_key(work_key: str, student_key: str) -> str:
    """Key of one pupil's task in one work."""
    return f"{work_key}|{student_key}"


def user_number(account_key: str) -> int:
    """The number of an account; like every number it follows from the key alone."""
    return native_id(f"dnevnik_{USER}", account_key, digits=HUMAN_DIGITS)


class Ids(Numbers):
    """Numbers of one provider's emulator."""

    def __init__(self, world: World) -> None:
        super().__init__(
            world, prefix="dnevnik", keys=_KEYS, digits=_DIGITS, default_digits=THING_DIGITS
        )
        self._schools = IdBook(
            "dnevnik_school", (item.key for item in world.schools), digits=SCHOOL_DIGITS
        )
        self._users = {person.key: f"user-of-{person.key}" for person in world.persons}
        for account in reversed(world.accounts):
            self._users[account.person_key] = account.key

    def of(self, kind: str, key: str) -> int:
        """The number of a key."""
        return self._schools.number(key) if kind == SCHOOL else super().of(kind, key)

    def user_of(self, person_key: str) -> int:
        """The account number of a person (the first one's, where there are several)."""
        return self.of(USER, self._users[person_key])

    def key(self, kind: str, number: str | int) -> str | None:
        """The key with this number, or None for a stranger or anything that is no number."""
        if kind != SCHOOL:
            return super().key(kind, number)
        try:
            return self._schools.key(int(number))
        except ValueError:
            return None


def _users(world: World) -> Iterator[str]:
    with_account = {account.person_key for account in world.accounts}
    yield from (account.key for account in world.accounts)
    yield from (f"user-of-{item.key}" for item in world.persons if item.key not in with_account)


def _works(world: World) -> Iterator[str]:
    yield from (item.key for item in world.assignments)
    yield from (control_work_key(item) for item in world.lessons if item.is_control)
    yield from (item.key for item in world.homework)
    yield from (final_work_key(item.key) for item in world.final_grades)


def _marks(world: World) -> Iterator[str]:
    yield from (item.key for item in world.marks)
    yield from (item.key for item in world.final_grades)


def _groups(world: World) -> Iterator[str]:
    yield from (item.key for item in world.classes)
    yield from (item.key for item in world.groups)


def _files(world: World) -> Iterator[str]:
    yield from (file.key for item in world.homework for file in item.attachments)
    yield from (file.key for item in world.announcements for file in item.attachments)


_KEYS: Final[dict[str, Keys]] = {
    PERSON: lambda world: (item.key for item in world.persons),
    USER: _users,
    GROUP: _groups,
    SUBJECT: lambda world: (item.key for item in world.subjects),
    PERIOD: lambda world: (item.key for item in world.periods),
    LESSON: lambda world: (item.key for item in world.lessons),
    WORK: _works,
    MARK: _marks,
    FILE: _files,
    POST: lambda world: (item.key for item in world.announcements),
}
