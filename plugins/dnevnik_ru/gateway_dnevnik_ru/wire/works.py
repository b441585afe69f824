"""Works: homework and what marks are given for (protocol notes 4.4)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Wire
from gateway_dnevnik_ru.wire.files import File
from gateway_dnevnik_ru.wire.people import Person
from gateway_dnevnik_ru.wire.schools import BundleSubject


class Work(Wire, frozen=True):
    """One piece of work; `target_date` is the due lesson's, `sent_date` when it was given.

    `files` and `one_drive_links` hold numbers only.
    """

    id: Annotated[int, Seen(11)]
    type: Annotated[str | None, Seen(11)] = None
    work_type: Annotated[int | None, Seen(8)] = None
    mark_type: Annotated[str | None, Seen(6)] = None
    lesson: Annotated[int | None, Seen(11)] = None
    text: Annotated[str | None, Seen(11)] = None
    subject_id: Annotated[int | None, Seen(8)] = None
    is_important: Annotated[bool | None, Seen(6)] = None
    target_date: Annotated[str | None, Seen(8)] = None
    sent_date: Annotated[str | None, Seen(6)] = None
    created_by: Annotated[int | None, Seen(4)] = None
    files: Annotated[list[int] | None, Seen(5)] = None
    one_drive_links: Annotated[list[int] | None, Seen(3)] = None


class PeriodWork(Work, frozen=True):
    """A work that stands for a period, a year or an exam."""

    period_number: Annotated[int | None, Seen(5)] = None
    period_type: Annotated[str | None, Seen(5)] = None


class BundleWorkType(Wire, frozen=True):
    """A kind of work beside the works that name it; it has no weight."""

    id: Annotated[int, Seen(8)]
    abbreviation: Annotated[str | None, Seen(4)] = None
    name: Annotated[str | None, Seen(8)] = None
    is_final: Annotated[bool | None, Seen(4)] = None
    is_important: Annotated[bool | None, Seen(4)] = None
    kind: Annotated[str | None, Seen(4)] = None


class WorkType(Wire, frozen=True):
    """A kind of work in the school's own list; the weight of a mark is the weight of its kind."""

    id: Annotated[int, Seen(9)]
    kind: Annotated[str | None, Seen(4)] = None
    title: Annotated[str | None, Seen(9)] = None
    abbr: Annotated[str | None, Seen(5)] = None
    weight: Annotated[int | float | None, Seen(5)] = None


class HomeworkLesson(Wire, frozen=True):
    """A lesson beside the homework due at it."""

    id: Annotated[int, Seen(5)]
    date: Annotated[str | None, Seen(5)] = None
    subject_id: Annotated[int | None, Seen(5)] = None


class Homeworks(Wire, frozen=True):
    """Homework between two days with everything that it names."""

    works: Annotated[list[Work] | None, Seen(11)]
    subjects: Annotated[list[BundleSubject] | None, Seen(11)] = None
    lessons: Annotated[list[HomeworkLesson] | None, Seen(11)] = None
    files: Annotated[list[File] | None, Seen(5)] = None
    teachers: Annotated[list[Person] | None, Seen(5)] = None
