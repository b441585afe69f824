"""Meals and their account (protocol notes 4.9)."""

from collections.abc import Iterable, Sequence
from typing import Final

from gateway.core.model.life import MealKind, MealPaymentKind
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.money import roubles
from gateway_mos_ru.wire.meals import Balance, Complex, DayMenu, Order, OrderedComplex, Payment

_KINDS: Final = {
    0: MealKind.BREAKFAST,
    1: MealKind.BREAKFAST,
    2: MealKind.LUNCH,
    3: MealKind.SNACK,
}
"""Breakfast, second breakfast, lunch, afternoon snack; then dinners and water."""

_CANCELLED: Final = 4

_PAYMENTS: Final = {
    "0": MealPaymentKind.TOP_UP,
    "1": MealPaymentKind.ORDER,
    "2": MealPaymentKind.CANCELLATION,
    "3": MealPaymentKind.TRANSFER,
    "4": MealPaymentKind.REFUND,
}


def account_record(context: MapContext, balances: Sequence[Balance]) -> Record | None:
    """The student's account; None where none is theirs."""
    own = next((item for item in balances if _is_own(context, item)), None)
    if own is None:
        return None
    record: Record = {"id": context.keys.ids.of("meal_account", context.person)}
    limits = own.expense_constraints
    for key, value in (
        ("balance", roubles(own.balance)),
        ("number", None if own.contract_id is None else str(own.contract_id)),
        ("daily_limit", roubles(limits.expense_day_limit) if limits else None),
    ):
        if value is not None:
            record[key] = value
    return record


def payment_records(context: MapContext, told: Iterable[Payment]) -> list[Record]:
    """Movements of an account, newest first.

    They have no number: the moment with all else that is told of one stands for it.
    """
    records: dict[str, Record] = {}
    for index, item in enumerate(told):
        at, amount = context.clock.moment(item.created_at), roubles(item.sum)
        if at is None or amount is None:
            context.note(f"$.transactions[{index}]", "no moment or no sum")
            continue
        before = roubles(item.prev_balance)
        word = "" if item.type is None else str(item.type)
        keys = (context.person, at, word or "-", amount, before or "-")
        record: Record = {
            "id": context.keys.ids.of("meal_payment", *keys),
            "at": at,
            "kind": _PAYMENTS.get(word, MealPaymentKind.UNKNOWN),
            "amount": amount,
        }
        if word:
            record["kind_text"] = word
        if before is not None:
            record["balance_before"] = before
        records.setdefault(str(record["id"]), record)
    return sorted(records.values(), key=lambda record: str(record["at"]), reverse=True)


def meal_records(
    context: MapContext, menus: Iterable[DayMenu], orders: Iterable[Order] | None
) -> list[Record]:
    """Set meals on offer, ordered or not, and what was bought beside them.

    Args:
        context: Where they belong.
        menus: What is on offer.
        orders: What was ordered; None where that cannot be told.
    """
    records: dict[str, Record] = {}
    for index, menu in enumerate(menus):
        day = context.clock.day(menu.on_date)
        if day is None:
            context.note(f"$[{index}].onDate", "no date")
            continue
        for item in menu.items or ():
            record = _offered(context, day, item)
            if orders is not None:
                record["is_ordered"] = False
            records.setdefault(str(record["id"]), record)
    for order in orders or ():
        if order.status != _CANCELLED:
            for record in _ordered(context, order):
                known = records.setdefault(str(record["id"]), record)
                known["is_ordered"] = True
    return sorted(records.values(), key=lambda record: (str(record["date"]), str(record["id"])))


def _is_own(context: MapContext, balance: Balance) -> bool:
    person = balance.client_id.person_id if balance.client_id else None
    return person is None or person.lower() == context.person.lower()


def _offered(context: MapContext, day: str, item: Complex) -> Record:
    dishes = [part.dish.name for part in item.complex_items or () if part.dish is not None]
    return _meal(context, day, item, dishes)


def _ordered(context: MapContext, order: Order) -> list[Record]:
    day = context.clock.day(order.on_date or order.created_at)
    if day is None:
        context.note(f"$.orders[orderId={order.order_id}]", "no date")
        return []
    items = order.items or ()
    records = [
        _meal(context, day, item.complex, [dish.name for dish in item.complex.complex_items or ()])
        for item in items
        if item.complex is not None
    ]
    bought = [item.dish.name for item in items if item.dish is not None]
    if bought:
        record: Record = {
            "id": context.keys.ids.of("meal", context.person, "order", order.order_id or day),
            "date": day,
            "kind": MealKind.BUFFET,
            "items": _names(bought),
        }
        price = roubles(order.total_price)
        if price is not None:
            record["price"] = price
        records.append(record)
    return records


def _meal(
    context: MapContext, day: str, item: Complex | OrderedComplex, dishes: Iterable[str | None]
) -> Record:
    name = plain(item.name)
    record: Record = {
        "id": context.keys.ids.of("meal", context.person, day, item.id or name or "meal"),
        "date": day,
        "kind": _KINDS.get(item.kind, MealKind.UNKNOWN) if item.kind is not None else _by(name),
        "kind_text": name or str(item.kind),
        "items": _names(dishes),
    }
    price = roubles(item.price)
    if price is not None:
        record["price"] = price
    return record


def _names(dishes: Iterable[str | None]) -> list[str]:
    return [name for name in map(plain, dishes) if name]


_STEMS: Final = (
    ("завтрак", MealKind.BREAKFAST),
    ("обед", MealKind.LUNCH),
    ("полдник", MealKind.SNACK),
)


def _by(name: str | None) -> MealKind:
    """The kind by the name of a meal that tells no number."""
    words = (name or "").casefold()
    return next((kind for stem, kind in _STEMS if stem in words), MealKind.UNKNOWN)
