"""Who applies for whom, at which age."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from gateway.core.errors import (
    AgeNotFitting,
    ApplicantNotEntitled,
    ApplicationDateInvalid,
    ApplicationRefused,
)
from gateway.core.model.people import Role
from gateway_gosuslugi.epgu.checks.problems import problem

OWN_ACCOUNT: Final = 14
"""From this age a pupil has an account of their own."""
ADULT: Final = 18
_OLDEST_PUPIL: Final = 25
_OLDEST: Final = 120


class Relation(StrEnum):
    """What the applicant is to the child."""

    PARENT = "parent"
    ADOPTER = "adopter"
    GUARDIAN = "guardian"
    SELF = "self"
    OTHER = "other"


ENTITLED: Final = frozenset({Relation.PARENT, Relation.ADOPTER, Relation.GUARDIAN})
"""Legal representatives."""


def age(birth: date, today: date) -> int:
    """Whole years; negative before birth."""
    had_birthday = (today.month, today.day) >= (birth.month, birth.day)
    return today.year - birth.year - (not had_birthday)


def age_problems(
    relation: Relation, applicant: date, child: date, today: date
) -> Iterator[ApplicationRefused]:
    """What does not fit between the ages and the applicant's part."""
    child_age, applicant_age = age(child, today), age(applicant, today)
    if child > today or child_age > _OLDEST_PUPIL:
        yield problem(
            ApplicationDateInvalid,
            "child_birth_date",
            "Проверьте дату рождения ребёнка.",
            "Check the child's date of birth.",
        )
        return
    if applicant > today or applicant_age > _OLDEST:
        yield problem(ApplicationDateInvalid, "applicant_birth_date")
        return
    yield from _by_part(relation, applicant_age, child_age)


def part_problem(relation: Relation, role: Role) -> ApplicationRefused | None:
    """Whether the one who is signed in can be the applicant."""
    if relation is Relation.SELF:
        fits = role in {Role.STUDENT, Role.UNKNOWN}
    else:
        fits = role in {Role.GUARDIAN, Role.UNKNOWN}
    return None if fits else problem(ApplicantNotEntitled, "applicant_relation")


def _by_part(
    relation: Relation, applicant_age: int, child_age: int
) -> Iterator[ApplicationRefused]:
    if relation is Relation.SELF:
        if child_age < OWN_ACCOUNT:
            yield problem(AgeNotFitting, "child_birth_date")
        if applicant_age != child_age:
            yield problem(
                ApplicantNotEntitled,
                "applicant_relation",
                "Ученик подаёт заявление только о себе: данные заявителя и ученика различаются.",
                "A pupil applies in person only: the applicant's data differ from the pupil's.",
            )
        return
    if relation not in ENTITLED:
        yield problem(ApplicantNotEntitled, "applicant_relation")
    elif child_age >= ADULT:
        yield problem(
            AgeNotFitting,
            "child_birth_date",
            "Ученику уже 18: заявление подаёт он сам.",
            "The pupil is 18 already and applies in person.",
        )
    elif applicant_age < ADULT:
        yield problem(
            AgeNotFitting,
            "applicant_birth_date",
            "Представителем ребёнка может быть только совершеннолетний.",
            "Only an adult can represent a child.",
        )
