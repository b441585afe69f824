"""Meals and their account (protocol notes 4.9); money in kopecks.

A negative sum may arrive as the unsigned number of the same 32 bits.
"""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_mos_ru.wire.base import CamelWire


class ClientId(CamelWire, frozen=True):
    """Whose account it is."""

    person_id: Annotated[str | None, Seen(2)] = None


class ExpenseConstraints(CamelWire, frozen=True):
    """What may be spent."""

    expense_day_limit: Annotated[int | None, Documented()] = None


class Balance(CamelWire, frozen=True):
    """One account."""

    client_id: Annotated[ClientId | None, Seen(2)] = None
    contract_id: Annotated[int | None, Seen(2)] = None
    balance: Annotated[int | None, Seen(2)] = None
    expense_constraints: Annotated[ExpenseConstraints | None, Documented()] = None


class Dish(CamelWire, frozen=True):
    """A dish."""

    id: Annotated[int | None, Documented()] = None
    name: Annotated[str | None, Seen(2)] = None


class ComplexItem(CamelWire, frozen=True):
    """A dish of a set meal."""

    dish: Annotated[Dish | None, Documented()] = None


class Complex(CamelWire, frozen=True):
    """A set meal; `kind` counts from breakfast to water."""

    id: Annotated[int | None, Seen(2)] = None
    name: Annotated[str | None, Seen(2)] = None
    price: Annotated[int | None, Seen(2)] = None
    kind: Annotated[int | None, Seen(2)] = None
    complex_items: Annotated[list[ComplexItem] | None, Documented()] = None


class DayMenu(CamelWire, frozen=True):
    """The set meals of one day."""

    on_date: Annotated[str | None, Documented()] = None
    items: Annotated[list[Complex] | None, Seen(2)] = None


class OrderedDish(CamelWire, frozen=True):
    """A dish of an order."""

    name: Annotated[str | None, Documented()] = None
    amount: Annotated[int | None, Documented()] = None


class OrderedComplex(CamelWire, frozen=True):
    """A set meal of an order."""

    id: Annotated[int | None, Documented()] = None
    name: Annotated[str | None, Documented()] = None
    kind: Annotated[int | None, Documented()] = None
    price: Annotated[int | None, Documented()] = None
    complex_items: Annotated[list[OrderedDish] | None, Documented()] = None


class OrderItem(CamelWire, frozen=True):
    """A line of an order: a dish, or a set meal."""

    dish: Annotated[OrderedDish | None, Documented()] = None
    complex: Annotated[OrderedComplex | None, Documented()] = None


class Order(CamelWire, frozen=True):
    """An order or a purchase; status 4 is cancelled."""

    order_id: Annotated[int | None, Documented()] = None
    created_at: Annotated[str | None, Documented()] = None
    on_date: Annotated[str | None, Documented()] = None
    status: Annotated[int | None, Documented()] = None
    total_price: Annotated[int | None, Documented()] = None
    items: Annotated[list[OrderItem] | None, Documented()] = None


class Orders(CamelWire, frozen=True):
    """One page of orders."""

    orders: Annotated[list[Order] | None, Documented()]
    has_next: Annotated[bool | None, Documented()] = None


class Payment(CamelWire, frozen=True):
    """A movement; `type` counts from top-up, order, cancel, transfer to refund."""

    sum: Annotated[int | None, Documented()] = None
    prev_balance: Annotated[int | None, Documented()] = None
    created_at: Annotated[str | None, Documented()] = None
    type: Annotated[int | None, Documented()] = None


class Payments(CamelWire, frozen=True):
    """One page of movements."""

    transactions: Annotated[list[Payment] | None, Documented()]
    has_next: Annotated[bool | None, Documented()] = None
