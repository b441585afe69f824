"""Absences as parents announce them, and their reasons (protocol notes 4.6)."""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_mos_ru.wire.base import Wire


class AbsentLesson(Wire, frozen=True):
    """One lesson of a day of absence."""

    schedule_item_id: Annotated[int | None, Seen(4)] = None
    subject_id: Annotated[int | None, Seen(4)] = None
    subject_name: Annotated[str | None, Seen(4)] = None
    begin_time: Annotated[str | None, Seen(3)] = None
    end_time: Annotated[str | None, Seen(3)] = None
    bell_id: Annotated[int | None, Seen(4)] = None
    reason_id: Annotated[int | None, Seen(4)] = None
    notified: Annotated[bool | None, Seen(4)] = None
    description: Annotated[str | None, Seen(4)] = None
    lesson_education_type: Annotated[str | None, Seen(3)] = None


class AbsentDay(Wire, frozen=True):
    """One day; `notified` says that a parent announced it, `summary` is the service's line."""

    date: Annotated[str | None, Seen(4)] = None
    summary: Annotated[str | None, Seen(4)] = None
    notified: Annotated[bool | None, Seen(4)] = None
    description: Annotated[str | None, Seen(4)] = None
    reason_id: Annotated[int | None, Seen(4)] = None
    is_system: Annotated[bool | None, Seen(4)] = None
    parent_profile_id: Annotated[int | None, Seen(4)] = None
    lessons: Annotated[list[AbsentLesson] | None, Seen(4)] = None


class Absences(Wire, frozen=True):
    """Absences between two days; the one list here without `payload`."""

    attendance: Annotated[list[AbsentDay] | None, Seen(4)]


class AbsenceReason(Wire, frozen=True):
    """Why somebody may be absent; `is_parent_available` ones may be given by parents."""

    id: Annotated[int, Documented()]
    name: Annotated[str | None, Documented()] = None
    is_parent_available: Annotated[bool | None, Documented()] = None
    deleted_at: Annotated[str | None, Documented()] = None


class CreatedNotices(Wire, frozen=True):
    """What a notice was recorded as."""

    ids: Annotated[list[int] | None, Documented()] = None
