"""Who is there: persons and the parts they play around a child."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Sex(StrEnum):
    """Sex as every provider asks for it."""

    MALE = "male"
    FEMALE = "female"


class Relation(StrEnum):
    """What a guardian is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    LEGAL_GUARDIAN = "legal_guardian"


class TrustState(StrEnum):
    """Where an invitation of a trusted person stands."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class EnrollmentState(StrEnum):
    """Whether the pupil still belongs to the class."""

    ACTIVE = "active"
    FINISHED = "finished"  # the class of a past school year
    LEFT = "left"  # left the school before the year ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One human being. All of it is invented; phones are +7 900 000-00-xx, mail is example.org.

    ``phone`` is in E.164 form (``+79000000012``); ``snils`` is ``000-000-XXX CC`` with a valid
    control number, from a range that was never issued.
    """

    key: str
    surname: str
    given_name: str
    patronymic: str | None
    sex: Sex
    birth_date: date
    email: str | None
    phone: str | None
    snils: str

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic, as in a school register."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Surname with initials, such as ``Примеров И. П.``."""
        initials = [f"{part[0]}." for part in (self.given_name, self.patronymic) if part]
        return " ".join((self.surname, *initials))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """A pupil's place in one class of one school year; ``ends`` is the last day, if known."""

    key: str
    student_key: str
    school_key: str
    class_key: str
    year_key: str
    starts: date
    ends: date | None
    state: EnrollmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """A pupil. ``school_key`` and ``class_key`` are the main (regular) school and its class.

    ``enrollments`` are ordered: this year's regular school, this year's additional one, the past.
    ``group_keys`` are this year's teaching groups and extracurricular groups. ``featured`` pupils
    have the whole life (meals, entries, messages …), the others are classmates with school work.
    """

    key: str
    person_key: str
    school_key: str
    class_key: str
    enrollments: tuple[Enrollment, ...]
    group_keys: tuple[str, ...]
    profile: str | None
    card_number: str
    featured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardianship:
    """A legal representative of a child."""

    key: str
    student_key: str
    person_key: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedPerson:
    """A relative, nanny or tutor whom a guardian let in; only ``ACCEPTED`` sees anything."""

    key: str
    student_key: str
    person_key: str
    invited_by: str  # the guardian's person key
    role_text: str
    state: TrustState
    invited_on: date
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A member of staff; ``homeroom_class_key`` names this year's own class, if any."""

    key: str
    person_key: str
    school_key: str
    position: str
    subject_keys: tuple[str, ...]
    homeroom_class_key: str | None
