"""Marks: the signs in the diary, what they were given for, and averages."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from gateway.core.model.attendance import AbsenceCounts
from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model, Reference
from gateway.core.model.grading import GradingScale


class MarkStatus(StrEnum):
    """What a sign means (OneRoster scoreStatus, with the school's own)."""

    GRADED = "graded"
    DEBT = "debt"
    RETAKEN = "retaken"
    EXEMPT = "exempt"
    NOT_ASSESSED = "not_assessed"
    ABSENT = "absent"
    TARDY = "tardy"
    UNKNOWN = "unknown"


class WorkKind(StrEnum):
    """What a mark was given for (Ed-Fi gradebook entry type)."""

    CLASSWORK = "classwork"
    HOMEWORK = "homework"
    ORAL = "oral"
    QUIZ = "quiz"
    TEST = "test"
    CONTROL = "control"
    PRACTICE = "practice"
    COMPOSITION = "composition"
    BY_HEART = "by_heart"
    CREATIVE = "creative"
    PROJECT = "project"
    EXAM = "exam"
    PERIOD = "period"
    OTHER = "other"
    UNKNOWN = "unknown"


class Assignment(Model):
    """What a mark was given for."""

    id: Id | None = Field(None, description="Identifier of the work.")
    title: str | None = Field(None, description="Name of the work.")
    category: str | None = Field(None, description="Kind of work in the school's words.")
    category_short: str | None = Field(None, description="Its abbreviation.")
    kind: WorkKind = Field(WorkKind.UNKNOWN, description="Kind of work in our words.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    is_important: bool | None = Field(None, description="Control work, by the provider's flag.")


class CriterionMark(Model):
    """Part of a criteria-based mark."""

    name: str = Field(description="Criterion.")
    text: str = Field(description="Sign as printed.")
    value: Decimal | None = Field(None, description="Points.")
    maximum: Decimal | None = Field(None, description="Highest possible points.")


class MarkChange(Model):
    """One step of a mark's history."""

    before: str | None = Field(None, description="Text before the change.")
    after: str | None = Field(None, description="Text after the change.")
    changed_at: datetime | None = Field(None, description="Aware moment of the change.")


class Mark(Model):
    """One sign in the diary.

    A cell with two values is two marks that share `cell` and `cell_text`; an average first
    averages inside the cell and weighs it once.
    """

    id: Id = Field(description="Identifier of the mark.")
    subject: Reference | None = Field(None, description="Subject; None where it is unknown.")
    text: str = Field(description="The sign as printed, such as `5-`, `н/а`, `зач`.")
    scale: GradingScale = Field(GradingScale.UNKNOWN, description="Grading scale of the sign.")
    scale_text: str | None = Field(None, description="The provider's own word for the scale.")
    value: Decimal | None = Field(None, description="Number on the scale, where there is one.")
    normalized: float | None = Field(
        None, ge=0, le=1, description="Place on the scale: 0 worst, 1 best."
    )
    weight: Loadable[Decimal | None] = Field(NOT_LOADED, description="Weight in the average.")
    counts: bool | None = Field(None, description="Whether it enters the average.")
    status: MarkStatus = Field(MarkStatus.GRADED, description="What the sign means.")
    status_text: str | None = Field(None, description="The provider's own word.")
    debt_until: LocalDate | None = Field(None, description="Term of a debt («точка»).")
    replaces: Id | None = Field(None, description="Mark that this retake replaced.")
    replaced_by: Id | None = Field(None, description="Retake that replaced this mark.")
    date: LocalDate | None = Field(None, description="Local date of the lesson or work.")
    given_at: datetime | None = Field(None, description="Aware moment of grading.")
    edited_at: datetime | None = Field(
        None, description="Aware moment of the last change; None if it stands as it was given."
    )
    lesson_id: Id | None = Field(None, description="Lesson that it belongs to.")
    assignment: Assignment | None = Field(None, description="What it was given for.")
    teacher: Reference | None = Field(None, description="Who gave it.")
    comment: Loadable[str | None] = Field(NOT_LOADED, description="Teacher's comment.")
    cell: str | None = Field(None, description="Key shared by the values of one cell.")
    cell_text: str | None = Field(None, description="The whole cell, such as `4/5`.")
    criteria: tuple[CriterionMark, ...] = Field((), description="Parts of a criteria mark.")
    history: Loadable[tuple[MarkChange, ...]] = Field(NOT_LOADED, description="Corrections.")


class MarkShare(Model):
    """How many of the class got one value."""

    text: str = Field(description="Sign as printed.")
    students: int = Field(description="Number of students.")
    share: float | None = Field(None, ge=0, le=1, description="Part of the class.")


class MarkDetails(Model):
    """One mark with what only a look at it tells."""

    mark: Mark = Field(description="The mark itself.")
    distribution: tuple[MarkShare, ...] = Field((), description="The class's results.")


class Trend(StrEnum):
    """Where an average is going."""

    UP = "up"
    EQUAL = "equal"
    DOWN = "down"
    UNKNOWN = "unknown"


class SubjectResult(Model):
    """Where a student stands in one subject in one period."""

    id: Id = Field(description="Identifier of the result: student, subject, period.")
    subject: Reference = Field(description="Subject.")
    period: Reference | None = Field(None, description="Period; None for the year.")
    average: Decimal | None = Field(None, description="Plain average given by the provider.")
    weighted_average: Decimal | None = Field(
        None, description="Weighted average given by the provider."
    )
    computed_average: Loadable[Decimal | None] = Field(
        NOT_LOADED, description="Plain average computed by the gateway from the marks."
    )
    computed_weighted_average: Loadable[Decimal | None] = Field(
        NOT_LOADED, description="Weighted average computed by the gateway from the marks."
    )
    trend: Trend | None = Field(None, description="Where the average is going.")
    trend_text: str | None = Field(None, description="The provider's own word.")
    final: str | None = Field(None, description="Final sign of the period, where set.")
    absences: Loadable[int | None] = Field(NOT_LOADED, description="Lessons missed.")
    absences_by_reason: Loadable[AbsenceCounts | None] = Field(
        NOT_LOADED, description="Lessons missed by reason, as the provider itself counts them."
    )
    rank: int | None = Field(None, description="Place in the class, from 1.")
    marks: Loadable[int | None] = Field(NOT_LOADED, description="Number of marks.")
