"""Which requests reads of school life cost, what a tick sends, and when nothing is sent."""

from collections import Counter
from datetime import date

import pytest

from gateway.core.errors import BadResponse, InvalidId, NotSupported
from gateway.core.wire.request import RequestKind
from tests.plugins.mos_ru.support import (
    NATIVE,
    NOW,
    PERSON,
    cases,
    make_adapter,
    make_session,
    make_student,
)
from tests.plugins.support import FixtureLink

WEEK = {"start": date(2026, 10, 5), "end": date(2026, 10, 11)}
DONE = "/api/family/web/v1/homeworks/500001/done"


def make_link(*exchanges, **changed):
    session = changed.pop("session", None) or make_session()
    return FixtureLink(make_adapter(), exchanges, session, NOW, **changed)


def answer(path, body, method="GET"):
    return {"request": {"method": method, "path": path}, "response": {"body": body}}


async def test_a_week_asks_each_day_of_the_study_plan_once_and_reasons_only_for_absences():
    case = next(item for item in cases() if (item.operation, item.name) == ("get_week", "whole"))
    adapter = make_adapter()
    link = case.link(adapter)
    await case.read(adapter, link)
    assert Counter(request.path for request in link.asked) == {
        "/api/eventcalendar/v1/api/events": 1,
        "/api/family/web/v1/homeworks": 1,
        "/api/family/web/v1/schedule": 3,
        "/api/ej/core/family/v1/nonattendance_reasons": 1,
    }


async def test_a_week_of_holidays_costs_two_requests():
    link = make_link(
        answer(
            "/api/eventcalendar/v1/api/events"
            f"?person_ids={PERSON}&begin_date=2026-10-05&end_date=2026-10-11"
            "&expand=marks%2Chomework%2Cabsence_reason_id%2Chealth_status%2Cnonattendance_reason_id"
            "&source_types=PLAN%2CAE%2CEC",
            {"total_count": 0, "response": [], "errors": None},
        ),
        answer(
            "/api/family/web/v1/homeworks?student_id=3000001&from=2026-10-05&to=2026-10-11",
            {"payload": []},
        ),
    )
    reading = await link.adapter.get_week(link, make_student(), monday=date(2026, 10, 5))
    assert reading.records["days"] == []
    assert len(link.asked) == 2


@pytest.mark.parametrize(("done", "method"), [(True, "POST"), (False, "DELETE")])
@pytest.mark.parametrize("body", [{"success": True}, {}])
async def test_a_tick_is_set_and_taken_back(done, method, body):
    link = make_link(answer(DONE, body, method))
    written = await link.adapter.set_homework_done(
        link, make_student(), homework_id="mos_ru:homework:500001", done=done
    )
    assert written.target == "mos_ru:homework:500001"
    assert [request.kind for request in link.asked] == [RequestKind.WRITE]


async def test_a_tick_of_other_lessons_names_their_kind():
    link = make_link(answer(f"{DONE}?type=ec", {"success": True}, "POST"))
    written = await link.adapter.set_homework_done(
        link, make_student(), homework_id="mos_ru:homework:500001/ec", done=True
    )
    assert written.target == "mos_ru:homework:500001/ec"


async def test_a_tick_that_was_not_taken_is_no_success():
    link = make_link(answer(DONE, {"success": False}, "POST"))
    with pytest.raises(BadResponse):
        await link.adapter.set_homework_done(
            link, make_student(), homework_id="mos_ru:homework:500001", done=True
        )


async def test_homework_that_only_the_timetable_told_has_no_tick():
    link = make_link()
    with pytest.raises(NotSupported) as raised:
        await link.adapter.set_homework_done(
            link, make_student(), homework_id="mos_ru:homework:lesson/400001", done=True
        )
    assert "расписании" in raised.value.text.ru
    assert link.asked == []


def test_a_file_is_opened_at_its_host():
    link = make_link()
    source = link.adapter.open_attachment(
        link, make_student(), attachment_id="mos_ru:file:diary/%2Ffiles%2F8/v%3D2"
    )
    assert (source.role, source.path, source.params) == ("diary", "/files/8", {"v": "2"})
    assert source.name == "8"


@pytest.mark.parametrize(
    "key",
    ["mos_ru:file:evil/%2Ffiles%2F8", "mos_ru:file:api", "mos_ru:file:api/x", "mos_ru:mark:1"],
)
def test_what_names_no_file_is_not_opened(key):
    link = make_link()
    with pytest.raises(InvalidId):
        link.adapter.open_attachment(link, make_student(), attachment_id=key)


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("get_lesson", {"lesson_id": "mos_ru:mark:1"}),
        ("get_lesson", {"lesson_id": "other:lesson:1"}),
        ("get_lesson", {"lesson_id": "mos_ru:lesson:1/EC/2"}),
        ("set_homework_done", {"homework_id": "mos_ru:homework:1/ec/2", "done": True}),
        ("set_homework_done", {"homework_id": "nonsense", "done": True}),
    ],
)
async def test_an_identifier_of_another_kind_is_refused_unsent(operation, arguments):
    link = make_link()
    with pytest.raises(InvalidId):
        await getattr(link.adapter, operation)(link, make_student(), **arguments)
    assert link.asked == []


@pytest.mark.parametrize(
    ("operation", "lacking", "arguments"),
    [
        ("get_school", "school", {}),
        ("list_teachers", "school", {}),
        ("list_subjects", "student", {}),
        ("list_curriculum", "curriculum", {}),
        ("list_lessons", "person", WEEK),
        ("list_homework", "student", WEEK),
    ],
)
async def test_what_the_profile_did_not_tell_is_said_unsent(operation, lacking, arguments):
    student = make_student(native={key: NATIVE[key] for key in NATIVE if key != lacking})
    link = make_link()
    with pytest.raises(NotSupported) as raised:
        await getattr(link.adapter, operation)(link, student, **arguments)
    assert lacking in str(raised.value)
    assert link.asked == []


async def test_a_node_tells_its_own_region_and_reads_its_clock_as_local():
    adapter = make_adapter("myschool_yanao")
    student = make_student(id=f"myschool_yanao:student:{PERSON}", zone="Asia/Yekaterinburg")
    link = FixtureLink(
        adapter,
        [
            answer(
                "/api/eventcalendar/v1/api/events"
                f"?person_ids={PERSON}&begin_date=2026-10-05&end_date=2026-10-11"
                "&source_types=PLAN%2CAE%2CEC",
                {
                    "response": [
                        {"id": 1, "source": "PLAN", "start_at": "2026-10-05T08:30:00+03:00"}
                    ]
                },
            ),
            answer(
                "/api/family/web/v1/school_info?school_id=1000&class_unit_id=2000", {"id": 1000}
            ),
        ],
        make_session(provider="myschool_yanao"),
        NOW,
    )
    (lesson,) = (await adapter.list_lessons(link, student, **WEEK)).records
    assert lesson["starts_at"] == "2026-10-05T08:30:00+05:00"
    assert (await adapter.get_school(link, student)).records["region"] == "89"
