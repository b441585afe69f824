"""Absences, a parent's notices of them, remarks, and the weekly signature."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AttendanceKind(StrEnum):
    """What was noted at a lesson; no record means present."""

    ABSENT = "absent"
    TARDY = "tardy"
    EARLY_DEPARTURE = "early_departure"


class AbsenceReason(StrEnum):
    """Why; ``UNKNOWN`` while the school waits for an explanation."""

    ILLNESS = "illness"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    UNKNOWN = "unknown"


class NoticeState(StrEnum):
    """Where a parent's notice stands."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class RemarkKind(StrEnum):
    """A remark or a commendation."""

    REMARK = "remark"
    COMMENDATION = "commendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One record of one lesson; ``minutes`` late or left early, ``reason_text`` in free words."""

    key: str
    student_key: str
    school_key: str
    lesson_key: str
    subject_key: str
    date: date
    kind: AttendanceKind
    reason: AbsenceReason | None
    reason_text: str | None
    minutes: int | None
    teacher_key: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNotice:
    """A guardian's notice for whole days, or for ``lesson_numbers`` of one day."""

    key: str
    student_key: str
    school_key: str
    author_person_key: str
    starts_on: date
    ends_on: date
    lesson_numbers: tuple[int, ...] | None
    reason: AbsenceReason
    comment: str
    created_at: datetime
    state: NoticeState
    cancelled_at: datetime | None
    seen_at: datetime | None  # when the homeroom teacher read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A teacher's remark or commendation, at a lesson where ``lesson_key`` is set."""

    key: str
    student_key: str
    school_key: str
    kind: RemarkKind
    text: str
    teacher_key: str
    subject_key: str | None
    lesson_key: str | None
    date: date
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSignature:
    """A guardian's signature under a week (``week_start`` is a Monday); None while missing."""

    key: str
    student_key: str
    school_key: str
    week_start: date
    signed_by: str | None
    signed_at: datetime | None
