"""Meals of Moscow (protocol notes 4.9); sums in kopecks."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.errors import invalid, not_found
from gateway_mos_ru.emulator.rules import MOSCOW, Router
from gateway_mos_ru.emulator.service import Service

KINDS: Final = {m.MealKind.BREAKFAST: 0, m.MealKind.LUNCH: 1, m.MealKind.SNACK: 2}
_MOVES: Final = {
    m.TransactionKind.TOP_UP: 0,
    m.TransactionKind.PURCHASE: 1,
    m.TransactionKind.REFUND: 4,
}
_ISSUED: Final = 3
_UINT32: Final = 2**32
_MOST: Final = 1000


def register(router: Router) -> None:
    """Routes of meals, which only Moscow has."""
    base = "api/food/meals/v3"
    router.add(f"{base}/clients/balance", balances, dress=MOSCOW, cached=True)
    router.add(f"{base}/menu/complexes", complexes, dress=MOSCOW, cached=True)
    router.add(f"{base}/menu/buffet", buffet, dress=MOSCOW, cached=True)
    router.add(f"{base}/orders", orders, dress=MOSCOW, cached=True)
    router.add(f"{base}/transactions", transactions, dress=MOSCOW, cached=True)


def kopecks(sum_: Decimal) -> int:
    """Roubles in kopecks."""
    return int(sum_ * 100)


def unsigned(sum_: Decimal) -> int:
    """Kopecks as an unsigned number of 32 bits, as negative sums arrive."""
    return kopecks(sum_) % _UINT32


def account_of(service: Service, student: m.Student) -> m.MealAccount:
    """A child's account.

    Raises:
        ApiError: The child has none.
    """
    account = service.world.meal_account_of(student.key)
    if account is None:
        raise not_found("Счёт питания")
    return account


def _clients(call: Call, name: str) -> list[m.Student]:
    """The children that `clientId` or `clientIds` names: JSON of UUIDs."""
    try:
        value = msgspec.json.decode(call.text(name))
    except msgspec.DecodeError as error:
        raise invalid(name) from error
    rows = value if isinstance(value, list) else [value]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise invalid(name)
    return [call.access.child_by_person(str(row.get("personId") or "")) for row in rows]


def _client_id(student: m.Student) -> JsonObject:
    return {"personId": ids.guid("person", student.person_key), "staffId": None}


def balances(call: Call) -> list[JsonObject]:
    """Accounts of several children."""
    service = call.service
    rows: list[JsonObject] = []
    for student in _clients(call, "clientIds"):
        account = service.world.meal_account_of(student.key)
        if account is not None:
            rows.append(
                {
                    "clientId": _client_id(student),
                    "contractId": persons.contract_of(service, student),
                    "balance": kopecks(account.balance),
                    "expenseConstraints": constraints(account),
                }
            )
    return rows


def constraints(account: m.MealAccount) -> JsonObject:
    """What may be spent."""
    limit = None if account.day_limit is None else kopecks(account.day_limit)
    return {"expenseDayLimit": limit, "balanceThreshold": None}


def complexes(call: Call) -> list[JsonObject]:
    """Set meals by day."""
    start, end = call.days()
    student = _clients(call, "clientId")[0]
    if call.text("withPreorder") == "only":
        return []
    days: dict[date, list[m.Menu]] = {}
    for menu in call.service.world.menus_of(student.key, start, end):
        days.setdefault(menu.date, []).append(menu)
    school = call.service.world.school(student.school_key)
    return [
        {
            "onDate": day.isoformat(),
            "address": school.address,
            "items": [_complex(call.service, menu) for menu in menus],
        }
        for day, menus in days.items()
    ]


def _complex(service: Service, menu: m.Menu) -> JsonObject:
    return {
        "id": service.ids.of("menu", menu.key),
        "name": menu.name,
        "price": kopecks(menu.price),
        "kind": KINDS[menu.kind],
        "startDate": menu.date.isoformat(),
        "endDate": menu.date.isoformat(),
        "complexItems": [
            {"dish": dish_row(service, f"{menu.key}|{dish.name}", dish)} for dish in menu.dishes
        ],
    }


def dish_row(service: Service, key: str, dish: m.Dish) -> JsonObject:
    """A dish."""
    return {
        "id": service.ids.of("dish", key),
        "name": dish.name,
        "price": kopecks(dish.price),
        "ingredients": None,
        "calories": dish.kcal,
        "weight": str(dish.grams),
        "protein": None,
        "fat": None,
        "carbohydrates": None,
    }


def buffet(call: Call) -> list[JsonObject]:
    """What is sold one by one: the dishes of the day."""
    start, end = call.days()
    student = _clients(call, "clientId")[0]
    found: dict[date, dict[str, JsonObject]] = {}
    for menu in call.service.world.menus_of(student.key, start, end):
        for dish in menu.dishes:
            row = dish_row(call.service, f"{menu.key}|{dish.name}", dish)
            found.setdefault(menu.date, {})[dish.name] = row
    return [
        {"onDate": day.isoformat(), "items": list(dishes.values())} for day, dishes in found.items()
    ]


def _moves(call: Call) -> tuple[list[m.MealTransaction], bool]:
    """A page of the movements of one account, newest first, and whether there are more."""
    start, end = call.days()
    student = _clients(call, "clientId")[0]
    account_of(call.service, student)
    found = list(call.service.world.meal_transactions_of(student.key, start, end))[::-1]
    limit = call.number("limit", 50, most=_MOST)
    text = call.text("offset") or "0"
    if not text.isdigit():
        raise invalid("offset")
    first = int(text)
    if call.request.scope["path"].rstrip("/").endswith("/orders"):
        found = [item for item in found if item.kind is m.TransactionKind.PURCHASE]
    return found[first : first + limit], len(found) > first + limit


def _moment(service: Service, at: datetime) -> str:
    return service.wall(at).isoformat(timespec="seconds")


def transactions(call: Call) -> JsonObject:
    """Movements of an account; negative sums are unsigned."""
    rows, more = _moves(call)
    return {
        "hasNext": more,
        "transactions": [
            {
                "sum": unsigned(item.amount),
                "prevBalance": unsigned(item.balance_after - item.amount),
                "createdAt": _moment(call.service, item.at),
                "type": _MOVES[item.kind],
            }
            for item in rows
        ],
    }


def orders(call: Call) -> JsonObject:
    """What was bought."""
    rows, more = _moves(call)
    return {"hasNext": more, "orders": [_order(call.service, item) for item in rows]}


def _order(service: Service, item: m.MealTransaction) -> JsonObject:
    return {
        "orderId": service.ids.of("order", item.key),
        "createdAt": _moment(service, item.at),
        "onDate": item.at.date().isoformat(),
        "status": _ISSUED,
        "orderType": 0,
        "price": kopecks(-item.amount),
        "totalPrice": kopecks(-item.amount),
        "items": [{"dish": {"name": name, "amount": 1}, "complex": None} for name in item.items],
    }
