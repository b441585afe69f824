"""One child read through two providers: what both declare to tell is the same."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

import gateway_dnevnik_ru.plugin
import gateway_lighthouse.plugin
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.capability import Capability
from gateway.core.registry.plugins import Registry
from gateway.sandbox.server import Sandbox
from gateway.testing import assert_equal_diaries

TODAY = date(2026, 11, 20)
START, END = date(2026, 11, 9), date(2026, 11, 20)
NOT_TOLD = {
    "Lesson.number": "Дневник.ру numbers what comes after the regular day as 0",
    "Lesson.status": "Дневник.ру does not tell that a teacher stands in for another",
    "Homework.is_done": "Дневник.ру ticks a lesson, not each piece of its homework",
    "Homework.attachments": "Дневник.ру writes addresses into the text",
    "Attachment.kind": "so no attachment is left to compare",
    "Attachment.name": "so no attachment is left to compare",
    "Attachment.size": "so no attachment is left to compare",
}
"""Where the services themselves tell different things of the same child."""

PLUGINS = {"dnevnik_ru": gateway_dnevnik_ru.plugin, "lighthouse": gateway_lighthouse.plugin}


@pytest.fixture
async def diaries() -> AsyncIterator[tuple[AsyncDiary, AsyncDiary]]:
    box = Sandbox(Registry((), plugins=PLUGINS), today=TODAY)
    with box.serving({"dnevnik_ru": 0, "lighthouse": 0}) as served:
        settings = box.settings(served)
        async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
            found = []
            for name in ("dnevnik_ru", "lighthouse"):
                student = box.world.student("student-4")
                account = next(
                    item
                    for item in box.accounts(name)
                    if item.state == "ok"
                    and [child.key for child in item.students] == [student.key]
                )
                assert account.login is not None
                assert account.password is not None
                (opened,) = await gateway.login(
                    name, login=account.login, password=account.password
                )
                found.append(await gateway.diary(opened.students[0], account=opened.key))
            yield found[0], found[1]


async def test_the_timetable_is_the_same(diaries: tuple[AsyncDiary, AsyncDiary]) -> None:
    ours, theirs = diaries
    assert_equal_diaries(
        await ours.list_lessons(START, END),
        await theirs.list_lessons(START, END),
        support=(ours.supports(Capability.TIMETABLE), theirs.supports(Capability.TIMETABLE)),
        exceptions={name: why for name, why in NOT_TOLD.items() if name.startswith("Lesson")},
    )


async def test_homework_is_the_same(diaries: tuple[AsyncDiary, AsyncDiary]) -> None:
    ours, theirs = diaries
    assert_equal_diaries(
        await ours.list_homework(START, END),
        await theirs.list_homework(START, END),
        support=(ours.supports(Capability.HOMEWORK), theirs.supports(Capability.HOMEWORK)),
        exceptions={name: why for name, why in NOT_TOLD.items() if not name.startswith("Lesson")},
    )


async def test_final_grades_are_the_same(diaries: tuple[AsyncDiary, AsyncDiary]) -> None:
    ours, theirs = diaries
    assert_equal_diaries(
        await ours.list_final_grades(),
        await theirs.list_final_grades(),
        support=(ours.supports(Capability.FINAL_GRADES), theirs.supports(Capability.FINAL_GRADES)),
    )
