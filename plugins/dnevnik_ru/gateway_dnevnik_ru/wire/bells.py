"""Bells (protocol notes 4.3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import PascalWire


class BellItem(PascalWire, frozen=True):
    """A lesson or, with a number of 0 and less, a break; only the clock of its ends matters."""

    start: Annotated[str | None, Seen(2)] = None
    finish: Annotated[str | None, Seen(2)] = None
    name: Annotated[str | None, Seen(2)] = None
    type: Annotated[str | None, Seen(2)] = None
    days_of_week: Annotated[list[str] | None, Seen(2)] = None
    lesson_number: Annotated[int | None, Seen(2)] = None


class BellTable(PascalWire, frozen=True):
    """The bells of a class or school."""

    items: Annotated[list[BellItem] | None, Seen(2)]
    name: Annotated[str | None, Seen(2)] = None
