"""Meals of Moscow in the interfaces before the present one (protocol notes 4.9)."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call, day_of
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.data.meals import (
    KINDS,
    account_of,
    constraints,
    dish_row,
    kopecks,
)
from gateway_mos_ru.emulator.rules import MOSCOW, Router
from gateway_mos_ru.emulator.service import Service


def register(router: Router) -> None:
    """Routes that clients still ask."""
    router.add("api/meals/v1/clients", client, dress=MOSCOW, cached=True)
    router.add("api/meals/v2/clients", client, dress=MOSCOW, cached=True)
    router.add("api/meals/v2/menu/complexes", complexes, dress=MOSCOW, cached=True)
    mobile = "api/family/mobile/v1"
    router.add(f"{mobile}/menu/buffet", buffet, dress=MOSCOW, cached=True)
    router.add(f"{mobile}/day_balance_info", balance, dress=MOSCOW, cached=True)
    router.add("mobile/api/billing", billing, dress=replace(MOSCOW, subsystem=False), cached=True)


def _student(call: Call) -> m.Student:
    """The child, by the number of the account or by UUID."""
    number = call.text("contract_id")
    return call.access.child_by_contract(number) if number else call.person_student


def client(call: Call) -> JsonObject:
    """An account."""
    service, student = call.service, _student(call)
    account = account_of(service, student)
    school = service.world.school(student.school_key)
    return {
        "clientId": {
            "contractId": persons.contract_of(service, student),
            "staffId": None,
            "personId": ids.guid("person", student.person_key),
        },
        "balance": kopecks(account.balance),
        "organization": {
            "id": service.ids.of(ids.SCHOOL, school.key),
            "name": school.short_name,
            "address": school.address,
        },
        "preorderAllowed": False,
        "foodboxAllowed": False,
        "foodboxAvailable": False,
        "preorderAvailable": False,
        "expenseConstraints": constraints(account),
    }


def complexes(call: Call) -> JsonObject:
    """Set meals of one day."""
    service, student = call.service, call.person_student
    text = call.text("onDate")
    day = day_of(text[:10], "onDate") if text else service.world.today
    return {
        "items": [
            {
                "id": service.ids.of("menu", menu.key),
                "name": menu.name,
                "startDate": menu.date.isoformat(),
                "endDate": menu.date.isoformat(),
                "price": kopecks(menu.price),
                "kind": KINDS[menu.kind],
                "paymentType": 1,
                "preorderAllowed": False,
                "allowSelectItems": False,
                "items": [_dish(service, menu, dish) for dish in menu.dishes],
            }
            for menu in service.world.menus_of(student.key, day, day)
        ]
    }


def _dish(service: Service, menu: m.Menu, dish: m.Dish) -> JsonObject:
    row = dish_row(service, f"{menu.key}|{dish.name}", dish)
    return {**row, "code": f"{menu.date:%m%d}", "ingredients": ""}


def buffet(call: Call) -> JsonObject:
    """What is sold one by one on a day at the children's schools."""
    service, day = call.service, call.day("date")
    found = {
        dish.name: {"name": dish.name, "price": kopecks(dish.price)}
        for student in call.access.students
        for menu in service.world.menus_of(student.key, day, day)
        for dish in menu.dishes
    }
    return {"menu": list(found.values())}


def _days(
    service: Service, student: m.Student, start: date | None = None, end: date | None = None
) -> list[tuple[date, list[m.MealTransaction]]]:
    """Movements by day, the newest day first."""
    found = service.world.meal_transactions_of(student.key, start, end)
    days = [(day, list(rows)) for day, rows in groupby(found, key=lambda item: item.at.date())]
    return days[::-1]


def _kind(item: m.MealTransaction) -> str:
    return "PURCHASE" if item.kind is m.TransactionKind.PURCHASE else "REFILL"


def balance(call: Call) -> JsonObject:
    """The balance and the movements of the last days."""
    service, student = call.service, _student(call)
    days = _days(service, student)
    first = call.number("first", 10, most=1000)
    return {
        "balance": kopecks(account_of(service, student).balance),
        "hasNextPage": len(days) > first,
        "days": [
            {
                "date": day.isoformat(),
                "expense": sum(kopecks(-item.amount) for item in rows if item.amount < 0),
                "transactions": [
                    {
                        "type": _kind(item),
                        "time": f"{item.at:%H:%M}",
                        "amount": kopecks(abs(item.amount)),
                        "items": [
                            {"count": 1, "title": name, "price": None, "consist": []}
                            for name in item.items
                        ],
                    }
                    for item in rows
                ],
            }
            for day, rows in days[:first]
        ],
    }


def billing(call: Call) -> JsonObject:
    """The balance and what changed it between two days."""
    service, student = call.service, _student(call)
    start, end = call.days()
    return {
        "balance": kopecks(account_of(service, student).balance),
        "payload": [
            {
                "date": day.isoformat(),
                "delta": sum(kopecks(item.amount) for item in rows),
                "details": [
                    {
                        "type": _kind(item),
                        "time": f"{item.at:%H:%M}",
                        "amount": kopecks(abs(item.amount)),
                        "description": item.title,
                    }
                    for item in rows
                ],
            }
            for day, rows in _days(service, student, start, end)
        ],
    }
