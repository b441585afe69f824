"""One child read through «Моя школа» and through the provider that tells everything."""

from collections.abc import AsyncIterator, Iterable
from datetime import date

import pytest

import gateway_gosuslugi.plugin
import gateway_lighthouse.plugin
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.capability import Capability
from gateway.core.model import Homework, Lesson, LessonKind, LessonStatus, Mark, MarkStatus
from gateway.core.registry.plugins import Registry
from gateway.core.text import sets_something
from gateway.sandbox.server import Sandbox
from gateway.testing import assert_equal_diaries

TODAY = date(2026, 11, 20)
START, END = date(2026, 10, 26), date(2026, 11, 20)
OURS, SAMPLE, STUDENT = "gosuslugi", "lighthouse", "student-4"
PLUGINS = {OURS: gateway_gosuslugi.plugin, SAMPLE: gateway_lighthouse.plugin}

Pair = tuple[AsyncDiary, AsyncDiary]


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    box = Sandbox(Registry((), plugins=PLUGINS), today=TODAY)
    with box.serving({OURS: 0, SAMPLE: 0}) as served:
        settings = box.settings(served)
        async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
            account = next(
                item
                for item in box.accounts(OURS)
                if item.state == "ok" and [child.key for child in item.students] == [STUDENT]
            )
            login = await gateway.begin_login(OURS, method="esia")
            assert login.step is not None
            answer = box.emulator(OURS).answer(login.step, account, origin="")
            login = await gateway.submit(login.id, answer)
            (key,) = login.accounts
            ours = await gateway.diary((await gateway.account(key)).students[0], account=key)
            other = next(
                item
                for item in box.accounts(SAMPLE)
                if item.state == "ok" and [child.key for child in item.students] == [STUDENT]
            )
            (found,) = await gateway.login(SAMPLE, login=other.login, password=other.password)
            yield ours, await gateway.diary(found.students[0], account=found.key)


def held(lessons: Iterable[Lesson]) -> list[Lesson]:
    """What the service shows: lessons of the regular day that were not cancelled or moved away."""
    gone = {LessonStatus.CANCELLED, LessonStatus.RESCHEDULED}
    kinds = {LessonKind.LESSON, LessonKind.CONTROL}
    return [
        item
        for item in lessons
        if item.status not in gone and item.kind in kinds and item.number is not None
    ]


def shown(marks: Iterable[Mark]) -> list[Mark]:
    """What the service shows: absences stand on lessons, a retake is written over its mark."""
    hidden = {MarkStatus.ABSENT, MarkStatus.RETAKEN}
    return [item for item in marks if item.status not in hidden]


def given(homework: Iterable[Homework]) -> list[Homework]:
    return [item for item in homework if sets_something(item.text)]


async def test_the_timetable_is_the_same(pair: Pair) -> None:
    ours, theirs = pair
    assert_equal_diaries(
        held(await ours.list_lessons(START, END)),
        held(await theirs.list_lessons(START, END)),
        support=(ours.supports(Capability.TIMETABLE), theirs.supports(Capability.TIMETABLE)),
        exceptions={"Lesson.number": "told by order: a lesson that was cancelled leaves no gap"},
    )


async def test_homework_is_the_same(pair: Pair) -> None:
    ours, theirs = pair
    assert_equal_diaries(
        given(await ours.list_homework(START, END)),
        given(await theirs.list_homework(START, END)),
        support=(ours.supports(Capability.HOMEWORK), theirs.supports(Capability.HOMEWORK)),
        exceptions={
            "Homework.attachments": "«Моя школа» has links, and no files",
            "Attachment.kind": "so no attachment is left to compare",
            "Attachment.name": "so no attachment is left to compare",
            "Attachment.url": "so no attachment is left to compare",
        },
    )


async def test_marks_are_the_same(pair: Pair) -> None:
    ours, theirs = pair
    assert_equal_diaries(
        shown(await ours.list_marks(START, END)),
        shown(await theirs.list_marks(START, END)),
        support=(ours.supports(Capability.MARKS), theirs.supports(Capability.MARKS)),
        exceptions={
            "Mark.normalized": "«Моя школа» does not tell the scale",
            "Assignment.kind": "a kind of work in words that say nothing stays unknown",
            "Mark.counts": "nor which marks are left out of the average",
        },
    )


async def test_periods_are_the_same(pair: Pair) -> None:
    ours, theirs = pair
    assert_equal_diaries(
        await ours.list_periods(),
        await theirs.list_periods(),
        support=(ours.supports(Capability.PERIODS), theirs.supports(Capability.PERIODS)),
        exceptions={},
    )
