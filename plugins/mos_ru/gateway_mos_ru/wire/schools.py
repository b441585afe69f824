"""School, subjects and study plan (protocol notes 4.11)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import Printed, Wire
from gateway_mos_ru.wire.people import PersonName


class SchoolTeacher(PersonName, frozen=True):
    """A teacher of the class; a person has no number here."""

    subject_names: Annotated[list[str] | None, Seen(5)] = None


class SchoolInfo(Wire, frozen=True):
    """The answer of `school_info`."""

    id: Annotated[int, Seen(5)]
    name: Annotated[str | None, Seen(5)] = None
    type: Annotated[str | None, Seen(5)] = None
    classroom_teachers: Annotated[list[PersonName] | None, Seen(5)] = None
    teachers: Annotated[list[SchoolTeacher] | None, Seen(5)] = None


class Subject(Wire, frozen=True):
    """A subject of the student."""

    subject_id: Annotated[int, Seen(4)]
    subject_name: Annotated[str | None, Seen(4)] = None


class StudyProfile(Wire, frozen=True):
    """A profile of study that has a name of its own."""

    name: Annotated[str | None, Seen(1)] = None


class CurriculumSubject(Wire, frozen=True):
    """A subject of the study plan, in lessons."""

    subject_id: Annotated[int | None, Seen(4)] = None
    subject_name: Annotated[str | None, Seen(4)] = None
    total_hours: Annotated[Printed | None, Seen(4)] = None
    passed_hours: Annotated[Printed | None, Seen(4)] = None
    max_hours_per_week: Annotated[Printed | None, Seen(2)] = None
    min_hours_per_week: Annotated[Printed | None, Seen(2)] = None


class CurriculumSection(Wire, frozen=True):
    """A field of knowledge with its subjects."""

    knowledge_field_name: Annotated[str | None, Seen(4)] = None
    subjects: Annotated[list[CurriculumSubject] | None, Seen(4)] = None


class Curriculum(Wire, frozen=True):
    """The study plan of a parallel of classes."""

    sections: Annotated[list[CurriculumSection] | None, Seen(4)]
    title: Annotated[str | None, Seen(4)] = None
    study_profile: Annotated[StudyProfile | str | None, Seen(1)] = None
