"""The service's vocabularies → the model's; words in any letter case.

Only a part of each vocabulary is known (protocol notes 3, 4). A word that no table has becomes the
model's UNKNOWN, and always travels beside it as the provider's own.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

from gateway.core.model.calendar import DayKind, PeriodKind
from gateway.core.model.people import Relation, Sex
from gateway.core.model.schools import OrganizationKind

T = TypeVar("T")

SEXES: Final = {"male": Sex.MALE, "female": Sex.FEMALE}

RELATIONS: Final = {
    "мать": Relation.MOTHER,
    "отец": Relation.FATHER,
    "опекун": Relation.GUARDIAN,
    "попечитель": Relation.GUARDIAN,
    "законный представитель": Relation.GUARDIAN,
    "родственник": Relation.RELATIVE,
}
"""«Родитель», the usual word, is a mother or a father by the sex, where that is told."""

PARENT: Final = "родитель"

TRUSTED: Final = frozenset({"представитель", "trusted_representative"})
"""Words for a person whom a parent let in."""

PERIODS: Final = {
    "четверт": PeriodKind.QUARTER,
    "триместр": PeriodKind.TRIMESTER,
    "полугоди": PeriodKind.SEMESTER,
    "семестр": PeriodKind.SEMESTER,
    "модул": PeriodKind.MODULE,
    "год": PeriodKind.YEAR,
}
"""Parts of titles of periods, which are free text; the first that a title has."""

ORGANIZATIONS: Final = {
    "дошкольн": OrganizationKind.KINDERGARTEN,
    "детский сад": OrganizationKind.KINDERGARTEN,
    "колледж": OrganizationKind.COLLEGE,
    "техникум": OrganizationKind.COLLEGE,
    "профессиональн": OrganizationKind.COLLEGE,
    "дополнительн": OrganizationKind.ADDITIONAL,
    "общеобразовательн": OrganizationKind.SCHOOL,
    "школ": OrganizationKind.SCHOOL,
    "гимнази": OrganizationKind.SCHOOL,
    "лице": OrganizationKind.SCHOOL,
}
"""Parts of kinds of organisation, which are free text; the first that a kind has."""

DAYS: Final = {
    "workday": DayKind.INSTRUCTIONAL,
    "holiday": DayKind.HOLIDAY,
    "vacation": DayKind.BREAK,
}


def known(table: Mapping[str, T], word: str | None, unknown: T) -> T:
    """The member that a word means."""
    return table.get(word.strip().lower(), unknown) if word else unknown


def told_in(table: Mapping[str, T], text: str | None, unknown: T) -> T:
    """The member that a part of a text means."""
    lower = (text or "").lower()
    return next((member for part, member in table.items() if part in lower), unknown)
