"""Attendance and notices of absence."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from gateway.core.model.base import Id, LocalDate, Model, Reference


class AttendanceStatus(StrEnum):
    """Whether the student was there (Ed-Fi)."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    ILLNESS = "illness"
    TARDY = "tardy"
    EARLY_DEPARTURE = "early_departure"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class AttendanceRecord(Model):
    """What was noted about one student at one lesson or on one day."""

    id: Id = Field(description="Identifier of the record.")
    date: LocalDate = Field(description="Local date.")
    lesson_id: Id | None = Field(None, description="Lesson; None for a whole day.")
    lesson_number: int | None = Field(None, description="Number of the lesson.")
    subject: Reference | None = Field(None, description="Subject of the lesson.")
    status: AttendanceStatus = Field(description="Absent, ill, late …")
    status_text: str | None = Field(None, description="The provider's own word or letter.")
    is_excused: bool | None = Field(None, description="Whether the reason is valid.")
    reason: str | None = Field(None, description="Reason in words.")
    comment: str | None = Field(None, description="Teacher's remark on it.")
    recorded_at: datetime | None = Field(None, description="Aware moment of the entry.")


class AbsenceCounts(Model):
    """How many lessons or days were missed, in all and by reason."""

    total: int = Field(ge=0, description="All that were missed.")
    illness: int | None = Field(None, ge=0, description="Through illness.")
    excused: int | None = Field(None, ge=0, description="For another valid reason.")
    unexcused: int | None = Field(None, ge=0, description="For no valid reason.")


class AbsenceNoticeState(StrEnum):
    """How far a notice has come."""

    SENT = "sent"
    SEEN = "seen"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class AbsenceNotice(Model):
    """A parent's notice of a coming or past absence."""

    id: Id = Field(description="Identifier of the notice.")
    start: LocalDate = Field(description="First day, included.")
    end: LocalDate = Field(description="Last day, included.")
    lessons: tuple[int, ...] = Field((), description="Lesson numbers; empty for whole days.")
    reason: str | None = Field(None, description="Reason in the provider's words.")
    reason_id: str | None = Field(None, description="The provider's own key of the reason.")
    comment: str | None = Field(None, description="The parent's comment.")
    state: AbsenceNoticeState = Field(description="How far it has come.")
    state_text: str | None = Field(None, description="The provider's own word.")
    created_at: datetime | None = Field(None, description="Aware moment of filing.")
