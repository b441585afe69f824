"""One child read through two providers: what both declare to tell is the same."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

import gateway_dnevnik_ru.plugin
import gateway_eljur.plugin
import gateway_lighthouse.plugin
import gateway_mos_ru.plugin
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.capability import Capability
from gateway.core.model import Answer, Homework, Lesson, LessonKind
from gateway.core.registry.plugins import Registry
from gateway.core.text import sets_something
from gateway.sandbox.server import Sandbox
from gateway.testing import assert_equal_diaries

TODAY = date(2026, 11, 20)
START, SUNDAY, END = date(2026, 11, 9), date(2026, 11, 15), date(2026, 11, 20)
SAMPLE = "lighthouse"
"""The provider that tells everything, with which the others are compared."""

NOT_TOLD = {
    "dnevnik_ru": {
        "Lesson.number": "Дневник.ру numbers what comes after the regular day as 0",
        "Lesson.status": "Дневник.ру does not tell that a teacher stands in for another",
        "Homework.is_done": "Дневник.ру ticks a lesson, not each piece of its homework",
        "Homework.attachments": "Дневник.ру writes addresses into the text",
        "Attachment.kind": "so no attachment is left to compare",
        "Attachment.name": "so no attachment is left to compare",
        "Attachment.size": "so no attachment is left to compare",
    },
    "eljur": {
        "Attachment.kind": "no attachment is left to compare",
        "Attachment.name": "no attachment is left to compare",
        "Attachment.url": "no attachment is left to compare",
        "FinalGrade.normalized": "ЭлЖур tells the scale of a class, not of each subject",
        "FinalGrade.period": "ЭлЖур numbers periods by Roman numerals",
        "FinalGrade.scale": "ЭлЖур tells the scale of a class, not of each subject",
        "Homework.attachments": "ЭлЖур shows links in the text as links of the homework",
        "Lesson.status": "ЭлЖур does not tell that a lesson was held or that a teacher stands in",
    },
    "mos_ru": {
        "FinalGrade.normalized": "МЭШ does not tell the scale of finals",
        "Lesson.status": "МЭШ does not tell that a lesson was held",
        "Homework.attachments": "МЭШ has tests and textbooks beside files",
        "Attachment.kind": "so no attachment is left to compare",
        "Attachment.media_type": "so no attachment is left to compare",
        "Attachment.name": "so no attachment is left to compare",
        "Attachment.size": "so no attachment is left to compare",
        "Attachment.url": "so no attachment is left to compare",
    },
}
"""Where the services themselves tell different things of the same child."""

EXTRACURRICULAR = {"Разговоры о важном", "Шахматы"}

STUDENTS = {"dnevnik_ru": "student-4", "eljur": "student-4", "mos_ru": "student-1"}
"""Whom to read: a child whose school lies where the service runs, so that its clock is the same."""

PLUGINS = {
    "dnevnik_ru": gateway_dnevnik_ru.plugin,
    "eljur": gateway_eljur.plugin,
    "lighthouse": gateway_lighthouse.plugin,
    "mos_ru": gateway_mos_ru.plugin,
}

Pair = tuple[str, AsyncDiary, AsyncDiary]


@pytest.fixture(params=sorted(NOT_TOLD))
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    name = request.param
    box = Sandbox(Registry((), plugins=PLUGINS), today=TODAY)
    with box.serving({name: 0, SAMPLE: 0}) as served:
        settings = box.settings(served)
        async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
            key = STUDENTS[name]
            ours = await opened(box, gateway, name, key)
            yield name, ours, await opened(box, gateway, SAMPLE, key)


async def opened(box: Sandbox, gateway: AsyncGateway, name: str, student: str) -> AsyncDiary:
    account = next(
        item
        for item in box.accounts(name)
        if item.state == "ok" and [child.key for child in item.students] == [student]
    )
    assert account.login is not None
    assert account.password is not None
    school = {"school": account.school} if account.school and name == "eljur" else {}
    (found,) = await gateway.login(name, login=account.login, password=account.password, **school)
    return await gateway.diary(found.students[0], account=found.key)


def exceptions(name: str, *models: str) -> dict[str, str]:
    return {
        field: why for field, why in NOT_TOLD[name].items() if field.partition(".")[0] in models
    }


def of_the_plan(answer: Answer[Lesson]) -> list[Lesson]:
    """Lessons of the study plan: clubs and class hours are told by some services only, or named
    otherwise.
    """
    kinds = {LessonKind.LESSON, LessonKind.CONTROL}
    return [
        item for item in answer if item.kind in kinds and item.subject.name not in EXTRACURRICULAR
    ]


def given(answer: Answer[Homework]) -> list[Homework]:
    return [item for item in answer if sets_something(item.text) or item.attachments]


async def test_the_timetable_is_the_same(pair: Pair) -> None:
    name, ours, theirs = pair
    assert_equal_diaries(
        of_the_plan(await ours.list_lessons(START, SUNDAY)),
        of_the_plan(await theirs.list_lessons(START, SUNDAY)),
        support=(ours.supports(Capability.TIMETABLE), theirs.supports(Capability.TIMETABLE)),
        exceptions=exceptions(name, "Lesson"),
    )


async def test_homework_is_the_same(pair: Pair) -> None:
    name, ours, theirs = pair
    assert_equal_diaries(
        given(await ours.list_homework(START, END)),
        given(await theirs.list_homework(START, END)),
        support=(ours.supports(Capability.HOMEWORK), theirs.supports(Capability.HOMEWORK)),
        exceptions=exceptions(name, "Homework", "Attachment"),
    )


async def test_final_grades_are_the_same(pair: Pair) -> None:
    name, ours, theirs = pair
    assert_equal_diaries(
        await ours.list_final_grades(),
        await theirs.list_final_grades(),
        support=(ours.supports(Capability.FINAL_GRADES), theirs.supports(Capability.FINAL_GRADES)),
        exceptions=exceptions(name, "FinalGrade"),
    )
