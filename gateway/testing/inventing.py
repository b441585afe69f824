"""Arguments of writes that a person might have given, and where the result must show."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from gateway.core.client.diary import AsyncDiary
from gateway.core.contract.capability import Capability
from gateway.core.model import AbsenceNoticeState, Homework, MessageFolder, Receipt
from gateway.testing.config import SuiteConfig
from gateway.testing.findings import NotApplicable

_BACK: Final = timedelta(days=21)
_TEXT: Final = "Проверка: строка 1\nстрока 2 & <b>100 %</b>"

Shows = Callable[[Receipt], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Invention:
    """A write to try.

    Attributes:
        arguments: Its arguments.
        shows: Whether what was written can be read back.
        target: What the receipt must name as changed.
    """

    arguments: Mapping[str, object]
    shows: Shows
    target: str | None = None


async def invent(diary: AsyncDiary, operation: str, config: SuiteConfig) -> Invention:
    """A write to try with a diary.

    Raises:
        NotApplicable: The diary holds nothing that it could be tried with.
    """
    if operation in config.arguments:
        return Invention(config.arguments[operation], _unseen)
    inventor = _INVENTORS.get(operation)
    if inventor is None:
        raise NotApplicable(f"give SuiteConfig.arguments[{operation!r}]")
    return await inventor(diary, config)


async def _set_homework_done(diary: AsyncDiary, config: SuiteConfig) -> Invention:
    start, end = config.today - _BACK, config.today
    task = _any([item for item in await _homework(diary, config) if item.is_done is not None])
    done = task.is_done is not True

    async def shows(_receipt: Receipt) -> bool:
        tasks = await diary.list_homework(start, end)
        return any(item.id == task.id and item.is_done is done for item in tasks)

    return Invention({"homework_id": task.id, "done": done}, shows, task.id)


async def _submit_homework(diary: AsyncDiary, config: SuiteConfig) -> Invention:
    tasks = await _homework(diary, config)
    task = _any([item for item in tasks if item.is_submission_required] or tasks)
    arguments: dict[str, object] = {
        "homework_id": task.id,
        "file_name": "Решение.txt",
        "media_type": "text/plain",
        "content": _TEXT.encode(),
    }
    return Invention(arguments, _unseen, task.id)


async def _create_absence_notice(diary: AsyncDiary, config: SuiteConfig) -> Invention:
    day = config.today + timedelta(days=4)

    async def shows(receipt: Receipt) -> bool:
        if not diary.supports(Capability.ABSENCE_NOTICES).is_available:
            return True
        notices = await diary.list_absence_notices(day, day)
        return any(receipt.created in {None, item.id} for item in notices)

    return Invention({"start": day, "end": day, "comment": _TEXT}, shows)


async def _cancel_absence_notice(diary: AsyncDiary, config: SuiteConfig) -> Invention:
    day = config.today + timedelta(days=5)
    created = (await diary.create_absence_notice(day, day, comment=_TEXT)).created
    if created is None:
        raise NotApplicable("a new notice has no id")

    async def shows(_receipt: Receipt) -> bool:
        if not diary.supports(Capability.ABSENCE_NOTICES).is_available:
            return True
        notices = {item.id: item for item in await diary.list_absence_notices(day, day)}
        return created not in notices or notices[created].state is AbsenceNoticeState.CANCELLED

    return Invention({"notice_id": created}, shows, created)


async def _send_message(diary: AsyncDiary, _config: SuiteConfig) -> Invention:
    recipient = _any(list(await diary.list_recipients()))

    async def shows(receipt: Receipt) -> bool:
        if receipt.created is None or not diary.supports(Capability.MESSAGE).is_available:
            return True
        message = (await diary.get_message(receipt.created)).value
        return message.text == _TEXT

    arguments = {"recipient_ids": (recipient.id,), "subject": "Проверка", "text": _TEXT}
    return Invention(arguments, shows)


async def _reply(diary: AsyncDiary, _config: SuiteConfig) -> Invention:
    message = _any(list(await diary.list_messages(folder=MessageFolder.INBOX)))
    return Invention({"message_id": message.id, "text": _TEXT}, _unseen)


async def _mark_read(diary: AsyncDiary, _config: SuiteConfig) -> Invention:
    messages = list(await diary.list_messages(folder=MessageFolder.INBOX))
    message = _any([item for item in messages if item.is_read is False])

    async def shows(_receipt: Receipt) -> bool:
        now = {item.id: item for item in await diary.list_messages(folder=MessageFolder.INBOX)}
        return now[message.id].is_read is True

    return Invention({"item_id": message.id}, shows, message.id)


async def _acknowledge_week(diary: AsyncDiary, config: SuiteConfig) -> Invention:
    day = config.today - timedelta(days=7)

    async def shows(_receipt: Receipt) -> bool:
        if not diary.supports(Capability.WEEK).is_available:
            return True
        return (await diary.get_week(day)).value.is_signed is not False

    return Invention({"on": day}, shows)


async def _homework(diary: AsyncDiary, config: SuiteConfig) -> list[Homework]:
    return list(await diary.list_homework(config.today - _BACK, config.today))


async def _unseen(_receipt: Receipt) -> bool:
    """Nothing of the model shows it."""
    return True


def _any(things: list[Any]) -> Any:
    if not things:
        raise NotApplicable("the diary holds nothing to try it with")
    return things[0]


_INVENTORS: Final[Mapping[str, Callable[[AsyncDiary, SuiteConfig], Awaitable[Invention]]]] = {
    "set_homework_done": _set_homework_done,
    "submit_homework": _submit_homework,
    "create_absence_notice": _create_absence_notice,
    "cancel_absence_notice": _cancel_absence_notice,
    "send_message": _send_message,
    "reply": _reply,
    "mark_read": _mark_read,
    "acknowledge_week": _acknowledge_week,
}
