"""Marks and the class's results (protocol notes 4.4)."""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_mos_ru.wire.base import Printed, Wire
from gateway_mos_ru.wire.people import PersonName


class Grade(Wire, frozen=True):
    """One mark on one scale; `origin` is the sign as it was entered there."""

    origin: Annotated[Printed | None, Seen(4)] = None
    five: Annotated[float | None, Seen(4)] = None
    ten: Annotated[float | None, Seen(2)] = None
    hundred: Annotated[float | None, Seen(4)] = None


class ScaleValue(Wire, frozen=True):
    """The mark on one of several scales: all values of a mark are the same mark."""

    name: Annotated[str | None, Seen(4)] = None
    nmax: Annotated[float | None, Seen(3)] = None
    grade: Annotated[Grade | None, Seen(4)] = None
    grade_system_type: Annotated[str | None, Seen(4)] = None


class Criterion(Wire, frozen=True):
    """Part of a criteria-based mark."""

    name: Annotated[str | None, Seen(2)] = None
    value: Annotated[Printed | None, Seen(2)] = None


class Mark(Wire, frozen=True):
    """One mark; a cell with two values is two marks.

    `id` may be missing in the timetable's short form, which tells no subject, date and moments
    either. `is_point` makes it a debt that becomes a mark on `point_date`.
    """

    value: Annotated[Printed | None, Seen(9)] = None
    id: Annotated[int | None, Seen(7)] = None
    values: Annotated[list[ScaleValue] | None, Seen(9)] = None
    original_grade_system_type: Annotated[str | None, Seen(5)] = None
    weight: Annotated[Printed | None, Seen(9)] = None
    control_form_name: Annotated[str | None, Seen(7)] = None
    comment: Annotated[str | None, Seen(7)] = None
    comment_exists: Annotated[bool | None, Seen(5)] = None
    date: Annotated[str | None, Seen(9)] = None
    created_at: Annotated[str | None, Seen(7)] = None
    updated_at: Annotated[str | None, Seen(5)] = None
    subject_id: Annotated[int | None, Seen(5)] = None
    subject_name: Annotated[str | None, Seen(5)] = None
    is_exam: Annotated[bool | None, Seen(8)] = None
    is_point: Annotated[bool | None, Seen(6)] = None
    point_date: Annotated[str | None, Seen(6)] = None
    criteria: Annotated[list[Criterion] | None, Seen(5)] = None


class Marks(Wire, frozen=True):
    """Marks between two days."""

    payload: Annotated[list[Mark] | None, Seen(9)]


class MarkActivity(Wire, frozen=True):
    """The lesson of a mark."""

    schedule_item_id: Annotated[int | None, Seen(2)] = None


class MarkChange(Wire, frozen=True):
    """One correction."""

    before: Annotated[Printed | None, Documented()] = None
    after: Annotated[Printed | None, Documented()] = None
    date: Annotated[str | None, Documented()] = None


class SharedValue(Wire, frozen=True):
    """A value that some of the class got."""

    origin: Annotated[Printed | None, Documented()] = None
    five: Annotated[float | None, Documented()] = None


class MarkShare(Wire, frozen=True):
    """How many of the class got one value."""

    mark_value: Annotated[SharedValue | Printed | None, Documented()] = None
    number_of_students: Annotated[int | None, Documented()] = None
    percentage_of_students: Annotated[float | None, Documented()] = None


class ClassResults(Wire, frozen=True):
    """The class's results for the work."""

    total_students: Annotated[int | None, Documented()] = None
    marks_distributions: Annotated[list[MarkShare] | None, Documented()] = None


class MarkDetails(Mark, frozen=True):
    """One mark with what only a look at it tells."""

    teacher: Annotated[PersonName | None, Seen(2)] = None
    activity: Annotated[MarkActivity | None, Seen(2)] = None
    history: Annotated[list[MarkChange] | None, Seen(2)] = None
    class_results: Annotated[ClassResults | None, Documented()] = None
