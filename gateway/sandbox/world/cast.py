"""The leading parts: featured pupils, their families, and people with a story of their own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gateway.sandbox.world.model import (
    Guardianship,
    Person,
    Relation,
    Sex,
    TrustedPerson,
    TrustState,
)
from gateway.sandbox.world.people import PersonMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Featured:
    """A featured pupil: number, class (slug of its plan), family; ``gone`` left a year ago."""

    number: int
    class_slug: str
    sex: Sex
    family: str
    additional: bool = False
    gone: bool = False

    @property
    def key(self) -> str:
        """The student key."""
        return f"student-{self.number}"


FEATURED: tuple[Featured, ...] = (
    Featured(number=1, class_slug="1-7a", sex=Sex.MALE, family="a"),
    Featured(number=2, class_slug="1-5b", sex=Sex.FEMALE, family="b", additional=True),
    Featured(number=3, class_slug="3-10b", sex=Sex.FEMALE, family="a"),
    Featured(number=4, class_slug="2-8v", sex=Sex.MALE, family="c"),
    Featured(number=5, class_slug="4-6a", sex=Sex.FEMALE, family="d"),
    Featured(number=6, class_slug="1-7a", sex=Sex.MALE, family="e", gone=True),
)
EXEMPT = ("student-2", "subject-sport")  # exempt from physical education for good
LONG_ILL = ("student-4", "subject-geography")  # no mark in the first period of a year
EXAMINED = "student-3"  # sat the exams of grade 9 last year
_RELATIONS: dict[str, tuple[Relation, ...]] = {
    "a": (Relation.MOTHER, Relation.FATHER),
    "b": (Relation.MOTHER, Relation.FATHER),
    "c": (Relation.MOTHER, Relation.FATHER),
    "d": (Relation.MOTHER, Relation.FATHER, Relation.LEGAL_GUARDIAN),
    "e": (Relation.FATHER,),
}


def guardian_key(family: str, relation: Relation) -> str:
    """Person key of a guardian."""
    return f"person-{relation.value.replace('_', '-')}-{family}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Persons of the leading parts by student number, and what ties them to the pupils."""

    pupils: dict[int, Person]
    guardianships: tuple[Guardianship, ...]
    trusted_persons: tuple[TrustedPerson, ...]


def make_cast(maker: PersonMaker, grades: dict[str, int], start: date, today: date) -> Cast:
    """Make the featured pupils with their families; ``grades`` by class slug."""
    surnames: dict[str, tuple[str, str]] = {}
    fathers: dict[str, tuple[str, str, str]] = {}
    for family in _RELATIONS:
        surnames[family] = maker.family_name()
        fathers[family] = maker.father_name()
    pupils = {}
    for part in FEATURED:
        age = grades[part.class_slug] + 6
        _, son, daughter = fathers[part.family]
        pupils[part.number] = maker.add(
            f"person-{part.key}",
            sex=part.sex,
            surname=surnames[part.family],
            patronymic=daughter if part.sex is Sex.FEMALE else son,
            ages=(age, age),
        )
    for family, relations in _RELATIONS.items():
        for relation in relations:
            _add_guardian(maker, family, relation, surnames[family], fathers[family][0])
    guardianships = tuple(
        Guardianship(
            key=f"guardianship-{part.number}-{relation.value}",
            student_key=part.key,
            person_key=guardian_key(part.family, relation),
            relation=relation,
        )
        for part in FEATURED
        for relation in _RELATIONS[part.family]
    )
    _add_strangers(maker)
    return Cast(
        pupils=pupils,
        guardianships=guardianships,
        trusted_persons=_trusted(maker, start, today),
    )


def _add_guardian(
    maker: PersonMaker, family: str, relation: Relation, surname: tuple[str, str], name: str
) -> None:
    father = relation is Relation.FATHER
    maker.add(
        guardian_key(family, relation),
        sex=Sex.MALE if father else Sex.FEMALE,
        # a legal guardian need not share the child's surname
        surname=maker.family_name() if relation is Relation.LEGAL_GUARDIAN else surname,
        given_name=name if father else None,
        patronymic=maker.father_name()[1 if father else 2],
        ages=(34, 49),
    )


def _add_strangers(maker: PersonMaker) -> None:
    """People whose accounts lead to no child."""
    for key in ("person-no-children", "person-unlinked", "person-unregistered"):
        maker.add(
            key,
            sex=Sex.FEMALE,
            surname=maker.family_name(),
            patronymic=maker.father_name()[2],
            ages=(30, 45),
        )


def _trusted(maker: PersonMaker, start: date, today: date) -> tuple[TrustedPerson, ...]:
    rows = (
        (1, "a", "Бабушка", (60, 68), TrustState.ACCEPTED),
        (4, "c", "Репетитор", (25, 40), TrustState.INVITED),
        (2, "b", "Няня", (40, 55), TrustState.REVOKED),
    )
    found = []
    for number, family, role, ages, state in rows:
        person = maker.add(
            f"person-trusted-{number}",
            sex=Sex.FEMALE,
            surname=maker.family_name(),
            ages=ages,
        )
        invited = today - timedelta(days=1) if state is TrustState.INVITED else start
        answered = datetime.combine(invited, time(18, 0), UTC) + timedelta(hours=3)
        found.append(
            TrustedPerson(
                key=f"trusted-{number}",
                student_key=f"student-{number}",
                person_key=person.key,
                invited_by=guardian_key(family, Relation.MOTHER),
                role_text=role,
                state=state,
                invited_on=invited,
                answered_at=None if state is TrustState.INVITED else answered,
            )
        )
    return tuple(found)
