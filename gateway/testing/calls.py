"""How operations are called when nobody says with what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Unpack

from gateway.core.client.gateway import AsyncGateway
from gateway.core.client.options import CallOptions
from gateway.core.contract.capability import SupportInfo
from gateway.core.contract.operation import OPERATIONS, Operation, Scope
from gateway.core.model import Answer
from gateway.testing.config import SuiteConfig

READS: Final = tuple(item for item in OPERATIONS.values() if item.kind == "read")

BEFORE, AFTER = timedelta(days=10), timedelta(days=3)
"""How far the usual range reaches around today: two weeks in all."""

FOLLOW_UPS: Final[Mapping[str, tuple[str, str]]] = {
    "get_lesson": ("lesson_id", "Lesson"),
    "get_mark": ("mark_id", "Mark"),
    "get_message": ("message_id", "Message"),
}
"""Reads that take an id: their argument, and the model whose records tell it."""

FEEDS: Final = ("list_messages", "list_announcements", "list_news", "list_notifications")

_ON: Final = ("get_week", "get_day_regime", "get_bag_weight")
_NOTHING: Final = "nobody:nothing:0"
_ANY: Final[Mapping[str, Mapping[str, object]]] = {
    "set_homework_done": {"homework_id": _NOTHING},
    "submit_homework": {
        "homework_id": _NOTHING,
        "file_name": "nothing.txt",
        "media_type": "text/plain",
        "content": b"",
    },
    "cancel_absence_notice": {"notice_id": _NOTHING},
    "send_message": {"recipient_ids": (_NOTHING,), "subject": "-", "text": "-"},
    "reply": {"message_id": _NOTHING, "text": "-"},
    "mark_read": {"item_id": _NOTHING},
    "file_application": {"fields": {}},
}
_PLAIN: Final = ("list_lessons", "get_week", "list_homework", "list_marks", "list_periods")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCall:
    """One call of a read.

    Attributes:
        account: Key of the account.
        student: Unified id of the student; empty for reads of the account.
        operation: The operation.
        arguments: With what it is called.
    """

    account: str
    student: str
    operation: Operation
    arguments: Mapping[str, object]

    async def make(self, gateway: AsyncGateway, **options: Unpack[CallOptions]) -> Answer[Any]:
        """Makes the call.

        Raises:
            GatewayError: As the operation does.
        """
        name = self.operation.name
        answer: Answer[Any]
        if self.operation.scope is Scope.ACCOUNT:
            answer = await getattr(gateway, name)(self.account, **options)
        else:
            diary = await gateway.diary(self.student, account=self.account)
            answer = await getattr(diary, name)(**self.arguments, **options)
        return answer


def usual_range(info: SupportInfo, today: date) -> tuple[date, date]:
    """The usual range around today, no longer than may be asked."""
    start, end = today - BEFORE, today + AFTER
    if info.max_days is not None and not info.splittable:
        end = min(end, start + timedelta(days=info.max_days - 1))
    return start, end


def usual_arguments(
    operation: Operation, info: SupportInfo, config: SuiteConfig, ids: Mapping[str, str]
) -> dict[str, object] | None:
    """Arguments of a read; None where it needs an id that is not known.

    Args:
        operation: The operation.
        info: What is declared of it.
        config: The day, and arguments that the provider's author gave.
        ids: An id of each model that was read already.
    """
    if operation.name in config.arguments:
        return dict(config.arguments[operation.name])
    if operation.name in FOLLOW_UPS:
        argument, model = FOLLOW_UPS[operation.name]
        return {argument: ids[model]} if model in ids else None
    if operation.dated:
        start, end = usual_range(info, config.today)
        return {"start": start, "end": end}
    return {"on": config.today} if operation.name in _ON else {}


def any_arguments(operation: Operation, today: date) -> dict[str, object]:
    """Arguments of the right kinds for a call that must never look at them."""
    if operation.dated or operation.name == "create_absence_notice":
        return {"start": today, "end": today}
    if operation.name in (*_ON, "acknowledge_week"):
        return {"on": today}
    if operation.name in FOLLOW_UPS:
        return {FOLLOW_UPS[operation.name][0]: _NOTHING}
    return dict(_ANY.get(operation.name, {}))


async def plain_read(gateway: AsyncGateway, account: str, config: SuiteConfig) -> ReadCall:
    """A read of an account's first student that needs nothing but a date.

    Raises:
        AssertionError: The account has no such read.
    """
    student = (await gateway.account(account)).students[0]
    diary = await gateway.diary(student, account=account)
    for operation in sorted(READS, key=_by_plainness):
        info = diary.supports(operation.capability)
        arguments = usual_arguments(operation, info, config, {})
        if info.is_available and not info.side_effect and arguments is not None:
            return ReadCall(
                account=account, student=student, operation=operation, arguments=arguments
            )
    raise AssertionError(f"{account} can read nothing")


def _by_plainness(operation: Operation) -> int:
    return _PLAIN.index(operation.name) if operation.name in _PLAIN else len(_PLAIN)
