"""Whatever habits a host has, the same diary is read from it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.core.contract.operation import OPERATIONS
from gateway.core.ids import parse_id
from gateway.core.pipeline.clock import SystemClock
from gateway.core.pipeline.validation import adapter_for
from gateway.core.replay.normalize import normalize
from gateway_eljur.emulator.quirks import USUAL, Empty, Quirks
from tests.plugins.eljur.emulator.support import started
from tests.plugins.eljur.support import REGISTRY

ACCOUNT = "account-parent-two-edu"
DAYS = "20260105-20260215"
HABITS = {
    "students in a list": Quirks(students_as_list=True),
    "empty days as lists": Quirks(items=Empty.LIST),
    "empty days without items": Quirks(items=Empty.ABSENT),
    "numbers of people": Quirks(int_ids=True),
    "state as text": Quirks(state_as_text=True),
    "empty maps as lists": Quirks(empty_maps_as_lists=True),
    "all at once": Quirks(
        students_as_list=True,
        items=Empty.ABSENT,
        int_ids=True,
        state_as_text=True,
        empty_maps_as_lists=True,
    ),
}
READS = {
    "list_students": ("getrules", {}),
    "list_class_groups": ("getrules", {}),
    "list_periods": ("getperiods", {"show_disabled": "true"}),
    "list_lessons": ("getdiary", {"days": DAYS, "rings": "true"}),
    "list_homework": ("getdiary", {"days": DAYS, "rings": "true"}),
    "list_calendar": ("getdiary", {"days": DAYS, "rings": "true"}),
    "get_bell_schedule": ("getschedule", {"days": DAYS, "rings": "true"}),
    "list_marks": ("getmarks", {"days": DAYS}),
    "list_attendance": ("getmarks", {"days": DAYS}),
    "list_recipients": ("getmessagereceivers", {}),
    "list_messages": ("getmessages", {"folder": "inbox", "unreadonly": "no", "limit": "50"}),
    "list_announcements": ("getboardnotices", {"limit": "10"}),
}


class InWinter(SystemClock):
    """The emulated world's present."""

    def now(self) -> datetime:
        return datetime(2026, 2, 12, 9, 0, tzinfo=UTC)


async def read(operation: str, quirks: Quirks) -> Any:
    """What an operation makes of one answer of a host with some habits."""
    service = started(quirks)
    method, params = READS[operation]
    family = service.signed_in(ACCOUNT)
    student = family.account.students[0]
    asked = params if operation == "list_students" else {**params, "student": student.id}
    body = (await family.ask(method, **asked)).content
    for client in service.clients:
        await client.aclose()
    found = normalize(
        "eljur",
        operation,
        {"body.json": body},
        instance=parse_id(student.gateway_id).instance,
        student={"student": student.id},
        registry=REGISTRY,
        clock=InWinter(),
    )
    assert found.issues == ()
    value = adapter_for(OPERATIONS[operation]).dump_python(found.value, mode="json")
    assert value
    return value


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("operation", READS)
async def test_habits_of_a_host_change_nothing(operation: str, habit: str) -> None:
    assert await read(operation, HABITS[habit]) == await read(operation, USUAL)
