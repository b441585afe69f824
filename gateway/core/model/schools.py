"""Schools, classes and subjects."""

from enum import StrEnum

from pydantic import Field

from gateway.core.model.base import Id, Model, Reference


class OrganizationKind(StrEnum):
    """Kind of organisation (OneRoster)."""

    SCHOOL = "school"
    ADDITIONAL = "additional"
    COLLEGE = "college"
    KINDERGARTEN = "kindergarten"
    DISTRICT = "district"
    STATE = "state"
    UNKNOWN = "unknown"


class School(Model):
    """A school or another organisation."""

    id: Id = Field(description="Identifier of the organisation.")
    kind: OrganizationKind = Field(description="School, college, additional education …")
    kind_text: str | None = Field(None, description="The provider's own word.")
    name: str = Field(description="Short name.")
    full_name: str | None = Field(None, description="Full official name.")
    city: str | None = Field(None, description="Town.")
    region: str | None = Field(None, description="Two-digit region code, or a country code.")
    zone: str | None = Field(None, description="IANA time zone.")


class GroupKind(StrEnum):
    """Kind of group of students."""

    HOMEROOM = "homeroom"
    SUBGROUP = "subgroup"
    ELECTIVE = "elective"
    EXTRACURRICULAR = "extracurricular"
    UNKNOWN = "unknown"


class ClassGroup(Model):
    """A class such as 7А, or a part of it."""

    id: Id = Field(description="Identifier of the group.")
    kind: GroupKind = Field(description="Homeroom class or a smaller group.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    name: str = Field(description="Name such as 7А.")
    full_name: str | None = Field(None, description="Longer name, where there is one.")
    grade_level: int | None = Field(None, description="Параллель, 1–11.")
    school_year: int | None = Field(None, description="Calendar year in which it began.")
    parents: tuple[Id, ...] = Field((), description="Classes that a subgroup belongs to.")
    subject: Reference | None = Field(None, description="Subject of a subgroup.")
    is_archived: bool | None = Field(None, description="Whether it belongs to the past.")


class SubjectKind(StrEnum):
    """Kind of subject (Ed-Fi)."""

    CORE = "core"
    ELECTIVE = "elective"
    EXTRACURRICULAR = "extracurricular"
    ADDITIONAL = "additional"
    UNKNOWN = "unknown"


class Subject(Model):
    """A school subject."""

    id: Id = Field(description="Identifier of the subject.")
    name: str = Field(description="Name in the school's words.")
    kind: SubjectKind | None = Field(None, description="Core, elective, extracurricular …")
    kind_text: str | None = Field(None, description="The provider's own word.")
    area: str | None = Field(None, description="Field of knowledge.")
    canonical: str | None = Field(None, description="Name from the subject directory, if known.")
