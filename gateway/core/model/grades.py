"""Final results and comparison with the class."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from gateway.core.model.base import Id, LocalDate, Model, Reference
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus, Trend


class FinalGradeKind(StrEnum):
    """What a final result closes (Ed-Fi GradeType)."""

    PERIOD = "period"
    YEAR = "year"
    EXAM = "exam"
    ATTESTATION = "attestation"
    FINAL = "final"
    UNKNOWN = "unknown"


class FinalGrade(Model):
    """A result of a period, a year or an exam."""

    id: Id = Field(description="Identifier of the result.")
    subject: Reference = Field(description="Subject.")
    kind: FinalGradeKind = Field(description="What it closes.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    period: Reference | None = Field(None, description="Period; None for year and exam.")
    school_year: int | None = Field(None, description="Calendar year in which the year began.")
    text: str = Field(description="The sign as printed.")
    scale: GradingScale = Field(GradingScale.UNKNOWN, description="Grading scale.")
    scale_text: str | None = Field(None, description="The provider's own word for the scale.")
    value: Decimal | None = Field(None, description="Number on the scale, where there is one.")
    normalized: float | None = Field(None, ge=0, le=1, description="0 worst, 1 best.")
    status: MarkStatus = Field(MarkStatus.GRADED, description="Graded, exempt, not assessed …")
    status_text: str | None = Field(None, description="The provider's own word.")
    given_on: LocalDate | None = Field(None, description="Local date on which it was set.")
    comment: str | None = Field(None, description="Teacher's comment.")


class ClassRank(Model):
    """A student's place in the class, overall or in one subject."""

    id: Id = Field(description="Identifier: student, subject or period.")
    subject: Reference | None = Field(None, description="None for all subjects together.")
    period: Reference | None = Field(None, description="Period that it covers.")
    place: int | None = Field(None, description="Place from 1; None where hidden.")
    students: int | None = Field(None, description="Number of students compared.")
    average: Decimal | None = Field(None, description="The student's average.")
    class_average: Decimal | None = Field(None, description="The class's average.")
    trend: Trend | None = Field(None, description="Where the place is going.")
    trend_text: str | None = Field(None, description="The provider's own word.")
