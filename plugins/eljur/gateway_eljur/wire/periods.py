"""Reporting periods (notes 4.1)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Switch, Wire


class Period(Wire, frozen=True):
    """A period; one that is `ambigious`, as the service spells it, has no dates of its own."""

    name: Annotated[Printed | None, Seen(10)] = None
    fullname: Annotated[Printed | None, Seen(10)] = None
    start: Annotated[Key | None, Seen(10)] = None
    end: Annotated[Key | None, Seen(10)] = None
    ambigious: Annotated[Switch | None, Seen(10)] = None
    disabled: Annotated[Switch | None, Seen(10)] = None


class StudentPeriods(Wire, frozen=True):
    """One student's periods."""

    periods: Annotated[Several[Period], Seen(10)]
    name: Annotated[Key | None, Seen(10)] = None


class Periods(Wire, frozen=True):
    """Periods by student."""

    students: Annotated[Several[StudentPeriods], Seen(10)] = None
