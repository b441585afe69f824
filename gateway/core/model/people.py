"""People and their roles."""

from enum import StrEnum

from pydantic import Field

from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model, Reference
from gateway.core.model.grading import GradingScale


class Role(StrEnum):
    """What a person is to the school (OneRoster)."""

    STUDENT = "student"
    GUARDIAN = "guardian"
    TRUSTED_PERSON = "trusted_person"
    TEACHER = "teacher"
    HOMEROOM_TEACHER = "homeroom_teacher"
    ADMINISTRATOR = "administrator"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """Sex as the school recorded it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What a guardian is to the student."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    CHILD = "child"
    UNKNOWN = "unknown"


class Person(Model):
    """Somebody known to the diary."""

    id: Id = Field(description="Identifier of the person.")
    name: str = Field(description="Full name to show, surname first.")
    surname: str | None = Field(None, description="Фамилия.")
    given_name: str | None = Field(None, description="Имя.")
    patronymic: str | None = Field(None, description="Отчество.")
    sex: Sex | None = Field(None, description="Sex as recorded.")
    sex_text: str | None = Field(None, description="The provider's own word.")
    birth_date: LocalDate | None = Field(None, description="Date of birth.")
    email: str | None = Field(None, description="E-mail address.")
    phone: str | None = Field(None, description="Phone as the provider writes it.")


class Student(Person):
    """A pupil whose diary an account may read."""

    school: Reference | None = Field(None, description="The school whose diary is read.")
    class_group: Reference | None = Field(None, description="Homeroom class, such as 7А.")
    grade_level: int | None = Field(None, description="Параллель, 1–11.")
    zone: str | None = Field(None, description="IANA time zone of the school.")
    region: str | None = Field(None, description="Two-digit region code, or a country code.")
    scale: GradingScale | None = Field(None, description="The school's usual grading scale.")
    account: str | None = Field(None, description="Key of the account that sees this student.")
    label: str | None = Field(None, description="The user's own label, such as «Ребёнок1».")
    also_in: tuple[Reference, ...] = Field((), description="Further schools of the same child.")


class Guardian(Person):
    """A parent or another legal representative."""

    relation: Relation = Field(Relation.UNKNOWN, description="What they are to the student.")
    relation_text: str | None = Field(None, description="The provider's own word.")


class Teacher(Person):
    """A teacher of the student's class or school."""

    subjects: Loadable[tuple[str, ...]] = Field(
        NOT_LOADED, description="Names of the subjects taught."
    )
    position: str | None = Field(None, description="Post, in the school's words.")
    is_homeroom: bool | None = Field(None, description="Whether they lead the student's class.")


class TrustedPersonState(StrEnum):
    """How far an invitation of a trusted person has come."""

    INVITED = "invited"
    ACTIVE = "active"
    REFUSED = "refused"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class TrustedPerson(Model):
    """A relative, nanny or tutor whom the parent let in."""

    id: Id = Field(description="Identifier of the permission.")
    name: str = Field(description="Name to show.")
    phone: str | None = Field(None, description="Phone given in the invitation.")
    state: TrustedPersonState = Field(description="How far the invitation has come.")
    state_text: str | None = Field(None, description="The provider's own word.")
    students: tuple[Id, ...] = Field((), description="Children that they may see.")
    valid_until: LocalDate | None = Field(None, description="Last day of access.")
