"""`Schedule/{esiaId}` as it was published (notes 4.5); seen in no client."""

from typing import Annotated, Final, Literal

from msgspec import Struct

from gateway.core.contract.evidence import Documented


class Span(Struct, frozen=True, gc=False):
    """Two moments, or two days."""

    start: Annotated[str, Documented()]
    end: Annotated[str, Documented()]


class Absence(Struct, frozen=True, gc=False):
    """The sign of an absence, such as `н`."""

    code: Annotated[str, Documented()]


class Score(Struct, frozen=True, gc=False, rename="camel", omit_defaults=True):
    """One cell of marks; `code` is the kind of work, `score_system` the highest point."""

    code: Annotated[str | None, Documented()] = None
    score: Annotated[str | None, Documented()] = None
    score_system: Annotated[str | None, Documented()] = None
    weight: Annotated[float | None, Documented()] = None
    score2: Annotated[str | None, Documented()] = None


class Lesson(Struct, frozen=True, gc=False, rename="camel", omit_defaults=True):
    """One lesson."""

    id: Annotated[str, Documented()]
    subject: Annotated[str, Documented()]
    period: Annotated[Span, Documented()]
    classroom: Annotated[str | None, Documented()] = None
    instead_of: Annotated[str | None, Documented()] = None
    topic: Annotated[str | None, Documented()] = None
    homework: Annotated[str | None, Documented()] = None
    distant: Annotated[bool | None, Documented()] = None
    note: Annotated[str | None, Documented()] = None
    attendance: Annotated[Absence | None, Documented()] = None
    score: Annotated[list[Score] | None, Documented()] = None


class ClassLessons(Struct, frozen=True, gc=False, kw_only=True, rename={"name": "class"}):
    """A class with its lessons."""

    name: Annotated[str, Documented()]
    grade: Annotated[str | None, Documented()] = None
    lesson: Annotated[list[Lesson], Documented()]


_SCHOOL_KEYS: Final = {
    "schedule_url": "scheduleUrl",
    "academic_year": "academicYear",
    "distant_url": "distantUrl",
    "classes": "class",
}


class SchoolLessons(
    Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True, rename=_SCHOOL_KEYS
):
    """A school with its classes."""

    id: Annotated[str, Documented()]
    name: Annotated[str, Documented()]
    schedule_url: Annotated[str | None, Documented()] = None
    academic_year: Annotated[str | None, Documented()] = None
    distant_url: Annotated[str | None, Documented()] = None
    period: Annotated[Span | None, Documented()] = None
    classes: Annotated[list[ClassLessons], Documented()]


class Meta(Struct, frozen=True, gc=False, rename="camel"):
    """When it was made."""

    last_updated: Annotated[str, Documented()]


class Problem(Struct, frozen=True, gc=False):
    """Why there is no timetable."""

    severity: Annotated[str | None, Documented()] = None
    code: Annotated[str | None, Documented()] = None
    details: Annotated[str | None, Documented()] = None


class Schedule(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True, rename="camel"):
    """The document: a timetable, or an `OperationOutcome` in its place."""

    resource_type: Annotated[Literal["Schedule", "OperationOutcome"], Documented()]
    id: Annotated[str | None, Documented()] = None
    meta: Annotated[Meta | None, Documented()] = None
    school: Annotated[list[SchoolLessons] | None, Documented()] = None
    issue: Annotated[list[Problem] | None, Documented()] = None
