"""Stays in the building by the turnstile, which only Moscow has (protocol notes 4.10)."""

from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.errors import invalid
from gateway_mos_ru.emulator.rules import FAMILY_BASES, LEGACY, MOSCOW, Router
from gateway_mos_ru.emulator.service import Service

MOSCOW_LEGACY: Final = replace(LEGACY, moscow=True)
_WEEK: Final = 7
_UNKNOWN: Final = "-"
_KIND: Final = (1, "Посещение")


def register(router: Router) -> None:
    """Routes of the turnstile, the new ones and the old ones."""
    base = "api/pass/entrances/v1"
    router.add(f"{base}/visit_durations", durations, dress=MOSCOW)
    router.add(f"{base}/status", status, dress=MOSCOW)
    for family, _ in FAMILY_BASES:
        router.add(f"{family}/visits", visits, dress=MOSCOW)
    router.add("api/family/ispp/v1/visits", visits, dress=MOSCOW)
    router.add("api/family/mobile/v1/status", family_status, dress=MOSCOW)


def _days(
    service: Service, student: m.Student, start: date, end: date
) -> list[tuple[date, list[m.Entry]]]:
    found = service.world.entries_of(student.key, start, end)
    return [(day, list(items)) for day, items in groupby(found, key=lambda item: item.date)]


def clock(at: datetime | None) -> str:
    """`HH:MM`, or a dash for what the turnstile did not note."""
    return _UNKNOWN if at is None else f"{at:%H:%M}"


def duration(entry: m.Entry) -> str:
    """`6 ч. 10 мин.`; empty for half a stay."""
    if entry.entered_at is None or entry.left_at is None:
        return ""
    minutes = int((entry.left_at - entry.entered_at).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} ч. {rest} мин." if hours else f"{rest} мин."


def durations(call: Call) -> JsonObject:
    """Stays of at most seven days."""
    start, end = call.days()
    if (end - start).days >= _WEEK:
        raise invalid("to", "период не может превышать 7 дней")
    service, student = call.service, call.person_student
    return {
        "payload": [
            {"date": day.isoformat(), "visits": [_visit(service, entry) for entry in entries]}
            for day, entries in _days(service, student, start, end)
        ]
    }


def _visit(service: Service, entry: m.Entry) -> JsonObject:
    school = service.world.school(entry.school_key)
    return {
        "in": clock(entry.entered_at),
        "out": clock(entry.left_at),
        "duration": duration(entry),
        "isIncomplete": entry.entered_at is None or entry.left_at is None,
        "kindId": _KIND[0],
        "kindName": _KIND[1],
        "personIn": None,
        "personOut": None,
        "organizationId": service.ids.of(ids.SCHOOL, school.key),
        "organizationName": school.full_name,
        "organizationShortName": school.short_name,
        "organizationAddress": school.address,
    }


def _is_inside(service: Service, student: m.Student) -> bool:
    today = service.world.today
    return any(item.left_at is None for item in service.world.entries_of(student.key, today, today))


def status(call: Call) -> JsonObject:
    """Who is in the building."""
    students = [call.access.child_by_person(text) for text in call.many("personId", "personIds")]
    return {
        "students": [
            {
                "personId": ids.guid("person", student.person_key),
                "isAtSchool": _is_inside(call.service, student),
            }
            for student in students
        ]
    }


def visits(call: Call) -> JsonObject:
    """Stays by the number of the account; days in no order."""
    start, end = call.days()
    service = call.service
    student = call.access.child_by_contract(call.text("contract_id"))
    days = _days(service, student, start, end)
    shuffled = days[1::2] + days[::2]
    return {
        "payload": [
            {"date": day.isoformat(), "visits": [_old_visit(service, entry) for entry in entries]}
            for day, entries in shuffled
        ]
    }


def _old_visit(service: Service, entry: m.Entry) -> JsonObject:
    school = service.world.school(entry.school_key)
    return {
        "in": clock(entry.entered_at),
        "out": clock(entry.left_at),
        "duration": duration(entry),
        "address": school.address,
        "type": "COMMON",
        "is_warning": entry.entered_at is None or entry.left_at is None,
        "short_name": school.short_name,
    }


def family_status(call: Call) -> JsonObject:
    """Balance and presence by the number of the account."""
    service = call.service
    rows: list[JsonObject] = []
    for number in call.many("contract_ids", "contract_id"):
        student = call.access.child_by_contract(number)
        account = service.world.meal_account_of(student.key)
        rows.append(
            {
                "contract_id": persons.contract_of(service, student),
                "balance": int(account.balance * 100) if account else 0,
                "at_school": _is_inside(service, student),
            }
        )
    return {"students": rows}
