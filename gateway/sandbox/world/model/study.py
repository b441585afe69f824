"""Homework and the files and materials that hang on it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class MaterialKind(StrEnum):
    """Kinds of online material."""

    TEST = "test"
    VIDEO = "video"
    INTERACTIVE = "interactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file; its bytes come from ``attachment_bytes`` and are exactly ``size`` long."""

    key: str
    name: str
    mime: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its title."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineMaterial:
    """An electronic material or test set as homework; ``minutes`` is the expected time."""

    key: str
    kind: MaterialKind
    title: str
    url: str
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Homework:
    """One task. It was given at ``given_lesson_key`` and is due at ``due_lesson_key``.

    ``text`` is plain text with line breaks and HTML-special characters; ``html`` stands beside it
    where formatting matters. ``student_keys`` is None for the whole class or group, else only these
    pupils have it (``individual``). ``is_empty`` marks a teacher's «Без задания». ``done_by`` are
    the pupils who had ticked it off by the world's day, ``checked_for`` those whose work the
    teacher has looked through.
    """

    key: str
    school_key: str
    class_key: str
    group_key: str | None
    subject_key: str
    teacher_key: str
    given_lesson_key: str
    due_lesson_key: str
    given_on: date
    due_on: date
    text: str
    html: str | None
    is_empty: bool
    mandatory: bool
    individual: bool
    student_keys: tuple[str, ...] | None
    attachments: tuple[Attachment, ...]
    links: tuple[Link, ...]
    materials: tuple[OnlineMaterial, ...]
    minutes: int | None
    needs_file: bool
    created_at: datetime
    edited_at: datetime | None
    done_by: tuple[str, ...]
    checked_for: tuple[str, ...]
