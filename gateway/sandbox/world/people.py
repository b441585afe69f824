"""Persons: invented names, births, contacts and СНИЛС, one record a head."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from gateway.sandbox.world.model import Person, Sex
from gateway.sandbox.world.names import (
    FATHERS,
    FEMALE_NAMES,
    MALE_NAMES,
    SURNAMES,
    TEACHER_SURNAMES,
    latin,
)

_PHONES = 100  # +7 900 000-00-00 … 99
_CONTROL_MODULUS = 101
_CONTROL_DIGITS = 100


def snils(number: int) -> str:
    """СНИЛС ``000-000-NNN CC`` with its control number; this low range was never issued.

    Each of the nine digits is multiplied by its place counted from the right; the sum modulo 101
    is the control number, 100 being written as 00.
    """
    digits = f"{number:09d}"
    total = sum(int(digit) * place for digit, place in zip(digits, range(9, 0, -1), strict=True))
    control = total % _CONTROL_MODULUS % _CONTROL_DIGITS
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {control:02d}"


class PersonMaker:
    """Makes persons one after another; numbers of phones and СНИЛС follow the order."""

    def __init__(self, rng: Random, start_year: int) -> None:
        self._rng = rng
        self._start_year = start_year
        self._phones = (f"+790000000{number:02d}" for number in range(_PHONES))
        self._surnames = _shuffled(rng, SURNAMES)
        self._teacher_surnames = _shuffled(rng, TEACHER_SURNAMES)
        self._taken: set[tuple[str, str]] = set()
        self.persons: list[Person] = []

    def family_name(self) -> tuple[str, str]:
        """The next surname (male, female), in turn."""
        return self._next(self._surnames)

    def teacher_name(self) -> tuple[str, str]:
        """The next surname of the staff (male, female), in turn."""
        return self._next(self._teacher_surnames)

    def father_name(self) -> tuple[str, str, str]:
        """A father's name with the patronymics of a son and a daughter."""
        return self._rng.choice(FATHERS)

    def add(
        self,
        key: str,
        *,
        sex: Sex,
        surname: tuple[str, str],
        ages: tuple[int, int],
        patronymic: str | None = None,
        given_name: str | None = None,
        reachable: bool = True,
    ) -> Person:
        """Make a person born so as to be of one of ``ages`` when the school year begins.

        ``reachable`` gives a phone (while there are any) and an e-mail address.
        """
        rng = self._rng
        female = sex is Sex.FEMALE
        family = surname[female]
        names = FEMALE_NAMES if female else MALE_NAMES
        free = [name for name in names if (family, name) not in self._taken]
        given = given_name or rng.choice(free or names)
        self._taken.add((family, given))
        number = len(self.persons) + 1
        age = rng.randint(*ages)
        birth = date(self._start_year - age, 1, 1) + timedelta(days=rng.randrange(240))
        email = f"{latin(family)}.{latin(given)[0]}.{number}@example.org"
        person = Person(
            key=key,
            surname=family,
            given_name=given,
            patronymic=patronymic,
            sex=sex,
            birth_date=birth,
            email=email if reachable else None,
            phone=next(self._phones, None) if reachable else None,
            snils=snils(number),
        )
        self.persons.append(person)
        return person

    @staticmethod
    def _next(names: list[tuple[str, str]]) -> tuple[str, str]:
        name = names.pop(0)
        names.append(name)
        return name


def _shuffled(rng: Random, names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    copy = list(names)
    rng.shuffle(copy)
    return copy
