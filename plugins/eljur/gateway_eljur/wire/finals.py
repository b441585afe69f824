"""Final marks (notes 4.6)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Wire


class Final(Wire, frozen=True):
    """A result; `period` is the code of a period, or names a year or an exam."""

    period: Annotated[Printed | None, Seen(4)] = None
    value: Annotated[Printed | None, Seen(4)] = None
    convert: Annotated[Printed | None, Seen(4)] = None
    comment: Annotated[Printed | None, Seen(4)] = None


class SubjectFinals(Wire, frozen=True):
    """One subject, known by its name only, with its results."""

    name: Annotated[Printed | None, Seen(4)] = None
    assessments: Annotated[Several[Final], Seen(4)] = None


class StudentFinals(Wire, frozen=True):
    """One student's subjects; `items` lacks where nothing was set yet."""

    name: Annotated[Key | None, Seen(4)] = None
    items: Annotated[Several[SubjectFinals], Seen(4)] = None


class Finals(Wire, frozen=True):
    """Final marks by student."""

    students: Annotated[Several[StudentFinals], Seen(4)] = None
