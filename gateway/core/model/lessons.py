"""Lessons and what became of them."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from gateway.core.model.attachments import Attachment
from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model, Reference


class LessonStatus(StrEnum):
    """What became of a lesson (iCalendar)."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"
    SUBSTITUTED = "substituted"
    UNKNOWN = "unknown"


class LessonKind(StrEnum):
    """Kind of activity in the timetable."""

    LESSON = "lesson"
    CONTROL = "control"
    ELECTIVE = "elective"
    EXTRACURRICULAR = "extracurricular"
    ADDITIONAL = "additional"
    EVENT = "event"
    UNKNOWN = "unknown"


class Lesson(Model):
    """One lesson of one day."""

    id: Id = Field(description="Identifier of the lesson.")
    date: LocalDate = Field(description="Local date.")
    number: Loadable[int | None] = Field(
        NOT_LOADED, description="Number within the day, as the bells count."
    )
    starts_at: datetime | None = Field(None, description="Aware start.")
    ends_at: datetime | None = Field(None, description="Aware end.")
    subject: Reference = Field(description="Subject.")
    teachers: Loadable[tuple[Reference, ...]] = Field(
        NOT_LOADED, description="Who teaches it really."
    )
    replaced_teachers: tuple[Reference, ...] = Field((), description="Who would have taught it.")
    group: Reference | None = Field(None, description="Subgroup, if not the whole class.")
    room: str | None = Field(None, description="Room as printed.")
    building: str | None = Field(None, description="Building as printed.")
    floor: str | None = Field(None, description="Floor as printed.")
    topic: str | None = Field(None, description="Topic of the lesson.")
    kind: LessonKind = Field(LessonKind.LESSON, description="Kind of activity.")
    kind_text: str | None = Field(None, description="The provider's own word for the kind.")
    status: LessonStatus | None = Field(None, description="None where the provider never tells.")
    status_text: str | None = Field(None, description="The provider's own word for the status.")
    moved_from: LocalDate | None = Field(None, description="Date from which it was moved.")
    is_remote: bool | None = Field(None, description="Whether it is held over the network.")
    join_url: str | None = Field(None, description="Address of a remote lesson.")
    comment: Loadable[str | None] = Field(NOT_LOADED, description="Teacher's comment.")
    attachments: Loadable[tuple[Attachment, ...]] = Field(
        NOT_LOADED, description="Materials of the lesson."
    )
