"""What teachers write about behaviour."""

from enum import StrEnum

from pydantic import Field

from gateway.core.model.base import Id, LocalDate, Model, Reference


class RemarkKind(StrEnum):
    """Remark or praise."""

    REMARK = "remark"
    COMMENDATION = "commendation"
    COMMENT = "comment"
    UNKNOWN = "unknown"


class Remark(Model):
    """A teacher's remark, comment or commendation."""

    id: Id = Field(description="Identifier of the remark.")
    kind: RemarkKind = Field(description="Remark, comment or commendation.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    date: LocalDate = Field(description="Local date.")
    text: str = Field(description="Plain text.")
    subject: Reference | None = Field(None, description="Subject, where it is about a lesson.")
    lesson_id: Id | None = Field(None, description="Lesson that it is about.")
    author: Reference | None = Field(None, description="Who wrote it.")
