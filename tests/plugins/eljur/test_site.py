"""What only the school's site tells, all the way to the sandbox."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.capability import Capability
from gateway.core.errors import NotSupported
from gateway.core.model import AbsenceCounts, EventKind, LessonKind
from gateway.core.model.attendance import AttendanceStatus
from gateway.sandbox.server import Sandbox
from tests.plugins.eljur.support import REGISTRY

TODAY = date(2026, 11, 20)
START, END = date(2026, 9, 1), date(2026, 12, 31)


@pytest.fixture(params=["password", "token"])
async def diary(request: pytest.FixtureRequest) -> AsyncIterator[AsyncDiary]:
    """A child's diary in the first school, opened by a way that brings the site or does not."""
    box = Sandbox(REGISTRY, today=TODAY)
    account = next(item for item in box.accounts("eljur") if item.key == "account-parent-two")
    secrets: dict[str, dict[str, Any]] = {
        "password": {"login": account.login, "password": account.password},
        "token": {"token": account.token},
    }
    with box.serving({"eljur": 0}) as served:
        settings = box.settings(served)
        async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
            (opened,) = await gateway.login(
                "eljur",
                method=request.param,
                instance=f"cloud.{account.school}",
                **secrets[request.param],
            )
            yield await gateway.diary(opened.students[0], account=opened.key)


def has_site(diary: AsyncDiary) -> bool:
    return diary.supports(Capability.EVENTS).is_available


async def test_reasons_add_up_to_what_the_marks_say(diary: AsyncDiary) -> None:
    results = await diary.list_subject_results()
    (period,) = [item for item in await diary.list_periods() if item.is_current]
    assert results.issues == ()
    if not has_site(diary):
        assert not any(isinstance(item.absences_by_reason, AbsenceCounts) for item in results)
        assert not isinstance(period.days_missed, AbsenceCounts)
        return
    for item in results:
        counts = item.absences_by_reason
        assert isinstance(counts, AbsenceCounts)
        assert counts.total == item.absences
        reasons = (counts.illness, counts.excused, counts.unexcused)
        assert sum(number or 0 for number in reasons) == counts.total
    assert isinstance(period.days_missed, AbsenceCounts)
    assert period.start is not None
    assert period.end is not None
    records = await diary.list_attendance(period.start, period.end)
    missed = {item.date for item in records if item.status is not AttendanceStatus.TARDY}
    assert period.days_missed.total <= len(missed)


async def test_planned_works_are_those_of_the_timetable(diary: AsyncDiary) -> None:
    if not has_site(diary):
        with pytest.raises(NotSupported):
            await diary.list_events(START, END)
        return
    works = await diary.list_events(START, END)
    assert works.value
    assert {item.kind for item in works} == {EventKind.CONTROL_WORK}
    lessons = await diary.list_lessons(START, END)
    marked = {(item.date, item.subject.name) for item in lessons if item.kind is LessonKind.CONTROL}
    assert {(item.date, item.subject.name) for item in works if item.subject} <= marked
