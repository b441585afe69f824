"""Marks as the diary and the list of marks write them (notes 4.2, 4.5)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Switch, Wire


class MarkKind(Wire, frozen=True):
    """What a mark was given for; empty and lists stand for none."""

    id: Annotated[Key | None, Seen(10)] = None
    type: Annotated[Printed | None, Seen(10)] = None
    short: Annotated[Printed | None, Seen(10)] = None


class Mark(Wire, frozen=True):
    """What stands in a cell of the register: one mark, two of one work, or a letter of absence.

    The diary names the kind of work in `control_type` and its abbreviation, the list of marks in
    `mtype`. Letters lack weight and kind. Colours are left where they are.
    """

    value: Annotated[Printed | None, Seen(12)] = None
    convert: Annotated[Printed | None, Seen(10)] = None
    count: Annotated[Switch | None, Seen(10)] = None
    weight: Annotated[Printed | None, Seen(10)] = None
    weight_float: Annotated[Printed | None, Seen(10)] = None
    lesson_id: Annotated[Key | None, Seen(10)] = None
    date: Annotated[str | None, Seen(10)] = None
    nm: Annotated[Key | None, Seen(10)] = None
    comment: Annotated[Printed | None, Seen(10)] = None
    lesson_comment: Annotated[Printed | None, Seen(10)] = None
    control_type: Annotated[Printed | None, Seen(10)] = None
    control_type_short: Annotated[Printed | None, Seen(10)] = None
    max_mark: Annotated[Printed | None, Seen(10)] = None
    mtype: Annotated[MarkKind | list[object] | None, Seen(10)] = None


class SubjectMarks(Wire, frozen=True):
    """One subject with its marks; `average` is empty or 0 where there is none."""

    name: Annotated[Printed | None, Seen(10)] = None
    lesson_id: Annotated[Key | None, Seen(10)] = None
    average: Annotated[Printed | None, Seen(10)] = None
    marks: Annotated[Several[Mark], Seen(10)] = None


class StudentMarks(Wire, frozen=True):
    """One student's subjects."""

    name: Annotated[Key | None, Seen(10)] = None
    lessons: Annotated[Several[SubjectMarks], Seen(10)] = None


class Marks(Wire, frozen=True):
    """Marks by student."""

    students: Annotated[Several[StudentMarks], Seen(10)] = None
