"""Stays in the building by the turnstile (protocol notes 4.10)."""

from typing import Annotated

from msgspec import field

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import CamelWire


class Visit(CamelWire, frozen=True):
    """One stay; `in` and `out` are `HH:MM`, or `-` where the turnstile noted nothing.

    The older answer of the same shape names the place by `short_name` and `address`.
    """

    came_in: Annotated[str | None, Seen(5)] = field(name="in", default=None)
    went_out: Annotated[str | None, Seen(5)] = field(name="out", default=None)
    organization_short_name: Annotated[str | None, Seen(3)] = None
    organization_name: Annotated[str | None, Seen(3)] = None
    organization_address: Annotated[str | None, Seen(3)] = None
    short_name: Annotated[str | None, Seen(4)] = field(name="short_name", default=None)
    address: Annotated[str | None, Seen(4)] = None


class VisitDay(CamelWire, frozen=True):
    """The stays of one day."""

    date: Annotated[str | None, Seen(5)] = None
    visits: Annotated[list[Visit] | None, Seen(5)] = None


class Visits(CamelWire, frozen=True):
    """Stays between two days, days in no order."""

    payload: Annotated[list[VisitDay] | None, Seen(5)]
