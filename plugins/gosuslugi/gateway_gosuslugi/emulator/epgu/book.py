"""Applications of one running emulator, and how they move."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from gateway.sandbox.world import native_id
from gateway_gosuslugi.emulator.epgu.errors import over_limit
from gateway_gosuslugi.emulator.epgu.school import DONE, portal_check, refusal_of
from gateway_gosuslugi.emulator.service import Service

DRAFT, WITH_AGENCY, REGISTERED, SENT = 0, 2, 17, 21
WAITING, CONFIRMED, REFUSED = 50, 51, 52
CANCELLING, CANCELLED = 9, 10
TITLES: Final[Mapping[int, str]] = {
    DRAFT: "Черновик заявления",
    REGISTERED: "Зарегистрировано на портале",
    SENT: "Заявление отправлено в ведомство",
    WITH_AGENCY: "Заявление получено ведомством",
    WAITING: "Ожидание подтверждения",
    CONFIRMED: "Подтверждено",
    REFUSED: "Отказ",
    CANCELLING: "Заявление отменяется",
    CANCELLED: "Заявление отменено",
}
FINAL: Final = frozenset({CONFIRMED, REFUSED, CANCELLED})
CANCELLABLE: Final = frozenset({REGISTERED, SENT, WITH_AGENCY})

REACHES_AGENCY: Final = timedelta(minutes=1)
REACHES_SCHOOL: Final = timedelta(minutes=2)
SCHOOL_DECIDES: Final = timedelta(days=3)
"""When an application moves by itself, counted from its filing."""

MOST: Final = 20
SPAN: Final = timedelta(minutes=10)
_BOOK: Final[Hashable] = "epgu orders"
_FIRST: Final = 2_058_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One state of an application."""

    id: int
    status: int
    at: datetime
    comment: str | None = None


@dataclass(slots=True)
class Order:
    """One application.

    Attributes:
        code: How far the portal has come with the push; None before there was one.
        parts: Pieces of the archive, by index, while they arrive.
        first_part_at: When the first piece came.
    """

    number: int
    owner: str
    service: str
    target: str
    region: str
    made_at: datetime
    code: str | None = None
    message: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    parts: dict[int, bytes] = field(default_factory=dict)
    first_part_at: datetime | None = None

    @property
    def last(self) -> Step | None:
        """The present state."""
        return self.steps[-1] if self.steps else None


class OrderBook:
    """All applications, by number."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._orders: dict[int, Order] = {}

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self._service.now()

    def make(self, owner: str, service: str, target: str, region: str) -> Order:
        """A new number.

        Raises:
            ApiError: The person has as many as may be in ten minutes.
        """
        recent = [
            item
            for item in self._orders.values()
            if item.owner == owner and self.now - item.made_at < SPAN
        ]
        if len(recent) >= MOST:
            raise over_limit()
        number = _FIRST + len(self._orders) + 1
        order = Order(number, owner, service, target, region, self.now)
        self._orders[number] = order
        return order

    def file(self, order: Order, files: Mapping[str, bytes]) -> None:
        """The archive is whole: the portal looks at it and hands it on."""
        order.files = files
        identity = self._service.world.esia_identity(order.owner)
        order.code, order.message = portal_check(self._service.world, identity, files)
        if order.code == DONE:
            for status in (DRAFT, REGISTERED, SENT):
                self.move(order, status)

    def find(self, number: int) -> Order | None:
        """An application as it stands now."""
        order = self._orders.get(number)
        if order is not None:
            self._advance(order)
        return order

    def of(self, owner: str) -> tuple[Order, ...]:
        """A person's applications that the portal has made."""
        mine = (self.find(number) for number in tuple(self._orders))
        return tuple(item for item in mine if item and item.owner == owner and item.steps)

    def decide(self, order: Order) -> None:
        """The school looks at the application now."""
        self._advance(order, until=WAITING)
        identity = self._service.world.esia_identity(order.owner)
        reason = refusal_of(self._service.world, identity, order.files)
        self.move(order, CONFIRMED if reason is None else REFUSED, reason)

    def move(
        self, order: Order, status: int, comment: str | None = None, at: datetime | None = None
    ) -> None:
        """Puts an application into a state."""
        key = f"{order.number}/{len(order.steps)}"
        number = native_id("epgu_step", key, digits=11)
        order.steps.append(Step(number, status, at or self.now, comment))

    def _advance(self, order: Order, *, until: int | None = None) -> None:
        """Moves it as far as time, or `until`, says."""
        rules: tuple[tuple[int, int, timedelta], ...] = (
            (SENT, WITH_AGENCY, REACHES_AGENCY),
            (WITH_AGENCY, WAITING, REACHES_SCHOOL),
        )
        for before, after, delay in rules:
            due = order.made_at + delay
            here = order.last is not None and order.last.status == before
            if here and (until is not None or due <= self.now):
                self.move(order, after, at=min(due, self.now))
        waits = order.last is not None and order.last.status == WAITING
        if until is None and waits and order.made_at + SCHOOL_DECIDES <= self.now:
            self.decide(order)


def book_of(service: Service) -> OrderBook:
    """The applications of a running emulator."""
    make: Callable[[], OrderBook] = lambda: OrderBook(service)  # noqa: E731 - made at first use
    return service.once(_BOOK, make)
