"""Homework with its materials (protocol notes 4.3)."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Seen
from gateway_mos_ru.wire.base import Wire


class MaterialUrl(Wire, frozen=True):
    """An address of a material."""

    url: Annotated[str | None, Seen(5)] = None


class MaterialItem(Wire, frozen=True):
    """A material inside the older grouping by kind."""

    id: Annotated[int | str | None, Seen(3)] = None
    uuid: Annotated[str | None, Seen(3)] = None
    title: Annotated[str | None, Seen(3)] = None
    link: Annotated[str | None, Seen(3)] = None
    file_size: Annotated[int | None, Seen(3)] = None
    content_type: Annotated[str | None, Seen(3)] = None
    created_at: Annotated[str | None, Seen(3)] = None
    urls: Annotated[list[MaterialUrl] | None, Seen(3)] = None
    is_hidden_from_students: Annotated[bool | None, Seen(3)] = None


class Material(Wire, frozen=True):
    """A material by itself, or, with `items`, all materials of one kind."""

    type: Annotated[str | None, Seen(5)] = None
    type_name: Annotated[str | None, Seen(5)] = None
    uuid: Annotated[str | None, Seen(4)] = None
    id: Annotated[int | str | None, Seen(4)] = None
    title: Annotated[str | None, Seen(4)] = None
    content_type: Annotated[str | None, Seen(4)] = None
    urls: Annotated[list[MaterialUrl] | None, Seen(4)] = None
    items: Annotated[list[MaterialItem] | None, Seen(3)] = None


class AttachedFile(Wire, frozen=True):
    """A file at a piece of homework."""

    id: Annotated[int | str | None, Seen(2)] = None
    title: Annotated[str | None, Seen(2)] = None
    link: Annotated[str | None, Seen(2)] = None
    file_size: Annotated[int | None, Seen(2)] = None
    content_type: Annotated[str | None, Seen(2)] = None
    created_at: Annotated[str | None, Seen(2)] = None


class Comment(Wire, frozen=True):
    """A comment that is more than its text."""

    text: Annotated[str | None, Assumed("as `written_answer` has its text")] = None


class WrittenAnswer(Wire, frozen=True):
    """What the student answered in writing, with the teacher's comments on it."""

    text: Annotated[str | None, Seen(1)] = None
    comments: Annotated[list[Comment | str] | None, Seen(1)] = None


class Homework(Wire, frozen=True):
    """One piece of homework of one student; `homework_entry_student_id` is the key of its tick."""

    homework_entry_student_id: Annotated[int, Seen(8)]
    homework: Annotated[str | None, Seen(8)] = None
    description: Annotated[str | None, Seen(8)] = None
    type: Annotated[str | None, Seen(5)] = None
    date: Annotated[str | None, Seen(8)] = None
    date_prepared_for: Annotated[str | None, Seen(8)] = None
    date_assigned_on: Annotated[str | None, Seen(8)] = None
    lesson_date_time: Annotated[str | None, Seen(5)] = None
    homework_entry_id: Annotated[int | None, Seen(8)] = None
    homework_updated_at: Annotated[str | None, Seen(8)] = None
    subject_id: Annotated[int | None, Seen(8)] = None
    subject_name: Annotated[str | None, Seen(8)] = None
    group_id: Annotated[int | None, Seen(8)] = None
    is_done: Annotated[bool | None, Seen(8)] = None
    has_teacher_answer: Annotated[bool | None, Seen(5)] = None
    written_answer: Annotated[WrittenAnswer | str | None, Seen(8)] = None
    comments: Annotated[list[Comment | str] | None, Seen(5)] = None
    attachments: Annotated[list[AttachedFile | str] | None, Seen(8)] = None
    materials: Annotated[list[Material] | None, Seen(8)] = None
    additional_materials: Annotated[list[Material] | None, Seen(3)] = None


class Done(Wire, frozen=True):
    """The answer to a tick."""

    success: Annotated[bool | None, Seen(4)] = None
