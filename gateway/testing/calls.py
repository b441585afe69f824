"""How operations are called when nobody says with what."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.client.options import CallOptions
from gateway.core.contract.capability import SupportInfo
from gateway.core.contract.operation import OPERATIONS, Operation, Scope
from gateway.core.model import Answer

READS: Final = tuple(item for item in OPERATIONS.values() if item.kind == "read")
WRITES: Final = tuple(item for item in OPERATIONS.values() if item.kind == "write")

BEFORE, AFTER = timedelta(days=14), timedelta(days=7)
"""How far the usual range reaches around today."""

FOLLOW_UPS: Final[Mapping[str, tuple[str, str]]] = {
    "get_lesson": ("lesson_id", "Lesson"),
    "get_mark": ("mark_id", "Mark"),
    "get_message": ("message_id", "Message"),
}
"""Reads that take an id: their argument, and the model whose records tell it."""

FEEDS: Final = ("list_messages", "list_announcements", "list_news", "list_notifications")

_ON: Final = ("get_week", "get_day_regime", "get_bag_weight")


def window(info: SupportInfo, today: date) -> tuple[date, date]:
    """The usual range around today, no longer than may be asked."""
    start, end = today - BEFORE, today + AFTER
    if info.max_days is not None and not info.splittable:
        end = min(end, start + timedelta(days=info.max_days - 1))
    return start, end


def usual_arguments(
    operation: Operation, info: SupportInfo, today: date, told: Mapping[str, Mapping[str, object]]
) -> dict[str, object] | None:
    """Arguments of a read that need no look at other answers; None where an id is needed.

    Args:
        operation: The operation.
        info: What is declared of it.
        today: Today at school.
        told: Arguments that the provider's author gave.
    """
    if operation.name in told:
        return dict(told[operation.name])
    if operation.name in FOLLOW_UPS:
        return None
    if operation.dated:
        start, end = window(info, today)
        return {"start": start, "end": end}
    return {"on": today} if operation.name in _ON else {}


async def call(
    gateway: AsyncGateway,
    account: str,
    student: str,
    operation: Operation,
    arguments: Mapping[str, object],
    **options: Any,
) -> Answer[Any]:
    """Calls a read by name."""
    wanted = CallOptions(**options)  # type: ignore[typeddict-item]  # the caller names options
    if operation.scope is Scope.ACCOUNT:
        method = getattr(gateway, operation.name)
        answer: Answer[Any] = await method(account, **wanted)
        return answer
    diary = await gateway.diary(student, account=account)
    method = getattr(diary, operation.name)
    answer = await method(**arguments, **wanted)
    return answer


async def write(diary: AsyncDiary, operation: Operation, arguments: Mapping[str, object]) -> Any:
    """Calls a write by name."""
    return await getattr(diary, operation.name)(**arguments)
