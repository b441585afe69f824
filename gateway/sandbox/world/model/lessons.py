"""Dated lessons and what was changed about them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LessonStatus(StrEnum):
    """How a lesson stands as seen on the world's day."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MOVED = "moved"  # the empty slot that a rescheduled lesson left behind


class LessonForm(StrEnum):
    """How a lesson is given."""

    CLASSROOM = "classroom"
    REMOTE = "remote"
    EXTRACURRICULAR = "extracurricular"


class ChangeKind(StrEnum):
    """What was changed against the weekly timetable."""

    TEACHER = "teacher"
    SUBJECT = "subject"
    ROOM = "room"
    CANCELLED = "cancelled"
    MOVED_AWAY = "moved_away"
    MOVED_HERE = "moved_here"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonChange:
    """A change with what the weekly timetable had there; visible from ``announced_at`` on."""

    kind: ChangeKind
    reason: str
    announced_at: datetime
    subject_key: str
    teacher_key: str
    room: str | None
    date: date
    number: int | None
    other_lesson_key: str | None = None  # the other end of a move


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson of a class or of one of its groups.

    ``number`` is None after the regular day (extracurricular and additional education).
    ``starts_at``/``ends_at`` are aware, in the school's zone; ``date`` is the school's date.
    ``topic`` of a future lesson is what the teacher plans, or None. ``room`` may be a word.
    """

    key: str
    school_key: str
    year_key: str
    class_key: str
    group_key: str | None
    subject_key: str
    teacher_key: str
    date: date
    number: int | None
    starts_at: datetime
    ends_at: datetime
    room: str | None
    building: str | None
    floor: int | None
    topic: str | None
    form: LessonForm
    status: LessonStatus
    is_control: bool
    remote_url: str | None
    change: LessonChange | None
