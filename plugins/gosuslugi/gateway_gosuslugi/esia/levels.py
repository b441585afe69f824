"""Levels of accounts at ЕСИА, and what each may do with a diary; pure (protocol notes 2.1, 3).

Diaries ask a confirmed account of whoever is fourteen or older; below that a simplified one will
do, and an account that a parent has made for a child is of that kind always.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from gateway.core.errors import Text

ADULT_AT_DIARIES: Final = 14
"""Years from which a confirmed account is needed, and the pupil's own account is linked."""

CONSENTS_FROM: Final = 18
"""Years from which a person may consent by themselves."""


class Level(StrEnum):
    """How far ЕСИА has checked a person."""

    SIMPLIFIED = "simplified"
    STANDARD = "standard"
    CONFIRMED = "confirmed"
    CHILD = "child"


NAMES: Final = {
    Level.SIMPLIFIED: Text("упрощённая", "simplified"),
    Level.STANDARD: Text("стандартная", "standard"),
    Level.CONFIRMED: Text("подтверждённая", "confirmed"),
    Level.CHILD: Text("детская", "child's"),
}

_OF_PORTAL: Final = {
    "AL10": Level.SIMPLIFIED,
    "AL15": Level.STANDARD,
    "AL20": Level.CONFIRMED,
    "AL30": Level.CONFIRMED,  # by a qualified signature
}


def level_of_marker(code: str | None, *, is_trusted: bool) -> Level | None:
    """The level that an id marker tells; None where it leaves two open.

    `P` stands for everything below confirmed, so that simplified and standard are told apart only
    by what the portal says.
    """
    if code == "KD":
        return Level.CHILD
    if code == "PR" or is_trusted:
        return Level.CONFIRMED
    return None


def level_of_portal(code: str) -> Level | None:
    """The level behind a code of the portal, such as `AL20`."""
    return _OF_PORTAL.get(code.upper())


def age_on(birth_date: date, day: date) -> int:
    """Whole years of age."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def opens_diaries(level: Level, age: int) -> bool:
    """Whether a diary lets a person of this age in."""
    return level is Level.CONFIRMED or (age < ADULT_AT_DIARIES and level in _BELOW)


def may_consent(level: Level, age: int) -> bool:
    """Whether a person may consent by themselves to data being passed on."""
    return level is Level.CONFIRMED and age >= CONSENTS_FROM


def may_have_children(level: Level) -> bool:
    """Whether a person's card lists children: only documents that were checked name them."""
    return level is Level.CONFIRMED


def is_kept_by_parent(level: Level) -> bool:
    """Whether a parent manages the account."""
    return level is Level.CHILD


_BELOW: Final = frozenset({Level.SIMPLIFIED, Level.STANDARD, Level.CHILD})
