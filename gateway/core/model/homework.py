"""Homework and its hand-in."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from gateway.core.model.attachments import Attachment
from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model, Reference


class SubmissionStatus(StrEnum):
    """How far a student's work has come (Ed-Fi)."""

    NOT_SUBMITTED = "not_submitted"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    GRADED = "graded"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class Homework(Model):
    """One piece of homework for one student."""

    id: Id = Field(description="Identifier of the homework.")
    subject: Reference = Field(description="Subject.")
    text: str = Field(description="Plain text; empty where only files were given.")
    html: str | None = Field(None, description="Sanitised HTML, where formatting matters.")
    assigned_on: LocalDate | None = Field(None, description="Local date on which it was given.")
    due_on: LocalDate | None = Field(None, description="Local date for which it is due.")
    lesson_id: Id | None = Field(None, description="Lesson for which it is due.")
    assigned_lesson_id: Id | None = Field(None, description="Lesson at which it was given.")
    teacher: Reference | None = Field(None, description="Who gave it.")
    is_mandatory: bool | None = Field(None, description="Mandatory or voluntary.")
    is_individual: bool | None = Field(None, description="Given to this student alone.")
    is_done: Loadable[bool | None] = Field(NOT_LOADED, description="The student's own tick.")
    submission: Loadable[SubmissionStatus | None] = Field(
        NOT_LOADED, description="How far the hand-in has come."
    )
    submission_text: str | None = Field(None, description="The provider's own word.")
    is_submission_required: bool | None = Field(None, description="Whether a file is wanted.")
    duration: int | None = Field(None, description="Expected work in minutes.")
    edited_at: datetime | None = Field(None, description="Last edit by the teacher, aware.")
    attachments: Loadable[tuple[Attachment, ...]] = Field(
        NOT_LOADED, description="Files, links, materials and tests."
    )
    comment: str | None = Field(None, description="Teacher's comment on the work.")
