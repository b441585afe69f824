"""Letters with files, the board, averages and absences, all the way to the sandbox."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.model import MessageFolder
from gateway.core.model.attendance import AttendanceStatus
from gateway.sandbox.server import Sandbox
from tests.plugins.eljur.support import REGISTRY

TODAY = date(2026, 11, 20)
CONTENT = "Текст файла".encode()


@pytest.fixture
async def diary() -> AsyncIterator[AsyncDiary]:
    """A parent's diary in the first school."""
    box = Sandbox(REGISTRY, today=TODAY)
    account = next(item for item in box.accounts("eljur") if item.key == "account-parent-two")
    with box.serving({"eljur": 0}) as served:
        settings = box.settings(served)
        async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
            (opened,) = await gateway.login(
                "eljur",
                instance=f"cloud.{account.school}",
                login=account.login,
                password=account.password,
            )
            yield await gateway.diary(opened.students[0], account=opened.key)


async def test_a_letter_with_a_file_comes_back_with_it(diary: AsyncDiary) -> None:
    recipient = (await diary.list_recipients()).value[0]
    receipt = await diary.send_message(
        recipient_ids=(recipient.id,),
        subject="С файлом",
        text="Строка 1\nстрока 2 <b>как есть</b>",
        attachments=(("План на год.txt", "text/plain", CONTENT),),
    )
    assert receipt.created is None
    sent = await diary.list_messages(folder=MessageFolder.SENT)
    listed = next(item for item in sent if item.subject == "С файлом")
    letter = (await diary.get_message(listed.id)).value
    assert letter.text == "Строка 1\nстрока 2 <b>как есть</b>"
    assert letter.recipients
    assert letter.recipients[0].id == recipient.id
    assert letter.attachments
    (file,) = letter.attachments
    assert file.name == "План на год.txt"
    assert file.id is not None
    async with diary.open_attachment(file.id) as download:
        assert download.name == "План на год.txt"
        assert await download.read() == CONTENT


async def test_an_announcement_is_read_by_a_person_and_then_told_whole(diary: AsyncDiary) -> None:
    board = await diary.list_announcements()
    unread = next(item for item in board if item.is_read is False)
    again = await diary.list_announcements(max_age=0)
    assert {item.id: item.is_read for item in again}[unread.id] is False
    await diary.mark_read(unread.id)
    found = next(item for item in await diary.list_announcements() if item.id == unread.id)
    assert found.is_read is True
    assert found.text
    assert isinstance(found.attachments, tuple)


async def test_the_board_is_walked_to_its_end(diary: AsyncDiary) -> None:
    seen = [item.id async for item in diary.iter_announcements()]
    assert len(seen) == len(set(seen)) > 10


async def test_own_averages_are_those_of_the_service(diary: AsyncDiary) -> None:
    results = await diary.list_subject_results()
    told = [item for item in results if item.weighted_average is not None]
    assert told
    for item in told:
        assert item.computed_weighted_average == item.weighted_average


async def test_absences_by_subject_are_those_of_attendance(diary: AsyncDiary) -> None:
    results = await diary.list_subject_results()
    (period,) = [item for item in await diary.list_periods() if item.is_current]
    assert period.start is not None
    assert period.end is not None
    records = await diary.list_attendance(period.start, period.end)
    missed = [item for item in records if item.status is not AttendanceStatus.TARDY]
    assert missed
    assert sum(item.absences or 0 for item in results) == len(missed)
