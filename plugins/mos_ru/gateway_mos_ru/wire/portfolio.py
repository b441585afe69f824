"""The portfolio (protocol notes 4.11)."""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_mos_ru.wire.base import CamelWire, Printed


class Named(CamelWire, frozen=True):
    """A line of a reference book."""

    value: Annotated[str | None, Seen(2)] = None


class PortfolioEvent(CamelWire, frozen=True):
    """A contest or olympiad; `organizators` is one text."""

    id: Annotated[int, Seen(2)]
    name: Annotated[str | None, Seen(2)] = None
    start_date: Annotated[str | None, Seen(2)] = None
    end_date: Annotated[str | None, Seen(2)] = None
    creation_date: Annotated[str | None, Seen(2)] = None
    category: Annotated[Named | None, Documented()] = None


class Reward(CamelWire, frozen=True):
    """A reward; `entity_id` is the number of its event as text."""

    id: Annotated[int, Seen(2)]
    entity_id: Annotated[Printed | None, Seen(2)]
    name: Annotated[str | None, Documented()] = None
    creation_date: Annotated[str | None, Seen(2)] = None
    category: Annotated[Named | None, Documented()] = None
    reward_type: Annotated[Named | None, Seen(2)] = None


class Exam(CamelWire, frozen=True):
    """A state exam."""

    forma_gia: Annotated[str | None, Documented()]
    id: Annotated[int | None, Documented()] = None
    name: Annotated[str | None, Documented()] = None
    date: Annotated[str | None, Documented()] = None
    normalized_mark_value: Annotated[Printed | None, Documented()] = None
    primary_mark_value: Annotated[Printed | None, Documented()] = None
    primary_mark_basis: Annotated[Printed | None, Documented()] = None
    approbation: Annotated[bool | None, Documented()] = None


class PortfolioEvents(CamelWire, frozen=True):
    """Contests and olympiads."""

    data: Annotated[list[PortfolioEvent] | None, Seen(2)]


class Rewards(CamelWire, frozen=True):
    """Rewards."""

    data: Annotated[list[Reward] | None, Seen(2)]


class Exams(CamelWire, frozen=True):
    """State exams."""

    data: Annotated[list[Exam] | None, Seen(2)]
