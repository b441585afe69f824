"""Which requests reads of school life cost, and when none is sent."""

from datetime import date

import pytest

from gateway.core.contract.capability import Capability
from gateway.core.contract.windows import windows
from gateway.core.errors import AccessDenied, BadResponse, InvalidId, InvalidRequest, NotFound
from gateway_eljur.capabilities import CAPABILITIES
from tests.plugins.eljur.support import (
    INSTANCE,
    NATIVE,
    NOW,
    cases,
    make_adapter,
    make_session,
    make_student,
)
from tests.plugins.support import FixtureLink

WEEK = {"start": date(2026, 11, 23), "end": date(2026, 11, 29)}
DIARY = "/apiv3/getdiary?student=1000&days=20261123-20261129&rings=true"
PERIODS = "/apiv3/getperiods?student=1000&show_disabled=true"
RULES = "/apiv3/getrules"


def make_link(*exchanges, **changed):
    return FixtureLink(make_adapter(), exchanges, make_session(), NOW, **changed)


def answer(path, result):
    body = {"response": {"state": 200, "error": None, "result": result}}
    return {"request": {"path": path}, "response": {"body": body}}


def case_of(operation, name):
    return next(item for item in cases() if (item.operation, item.name) == (operation, name))


@pytest.mark.parametrize(
    ("operation", "name", "requests"),
    [
        ("get_week", "whole", 1),
        ("list_lessons", "of_the_diary", 1),
        ("get_lesson", "of_a_day", 1),
        ("list_homework", "of_a_week", 1),
        ("list_students", "of_a_parent", 1),
        ("list_students", "of_two_schools", 3),
        ("get_school", "the_only_one", 1),
        ("get_school", "one_of_two", 2),
        ("list_classmates", "of_the_class", 1),
        ("list_periods", "of_quarters", 1),
        ("list_calendar", "with_a_break_and_a_holiday", 1),
        ("get_bell_schedule", "of_lessons", 1),
        ("list_teachers", "of_lessons", 2),
    ],
)
async def test_a_read_costs_what_it_must(operation, name, requests):
    case = case_of(operation, name)
    adapter = make_adapter()
    link = case.link(adapter)
    await case.read(adapter, link)
    assert len(link.asked) == requests


async def test_a_school_year_of_days_off_is_four_requests_and_a_week_of_lessons_one():
    calendar = CAPABILITIES[Capability.CALENDAR]
    assert len(windows(date(2026, 9, 1), date(2027, 5, 31), calendar)) == 3
    assert len(windows(**WEEK, info=CAPABILITIES[Capability.TIMETABLE])) == 1


async def test_a_year_long_past_is_not_asked_for():
    link = make_link()
    with pytest.raises(NotFound):
        await link.adapter.list_periods(link, make_student(), school_year=2019)
    assert link.asked == []


async def test_the_running_year_is_what_the_periods_say_not_the_calendar():
    period = {"name": "I", "fullname": "I четверть", "start": "20250901", "end": "20251025"}
    told = {"students": [{"name": "1000", "periods": [period]}]}
    link = make_link(answer(PERIODS, told))
    reading = await link.adapter.list_periods(link, make_student(), school_year=2025)
    assert [record["school_year"] for record in reading.records] == [2025]


@pytest.mark.parametrize("result", [[], {}, None, {"students": None}])
async def test_a_service_that_says_nothing_says_no_lessons(result):
    link = make_link(answer(DIARY, result))
    assert (await link.adapter.list_lessons(link, make_student(), **WEEK)).records == []


@pytest.mark.parametrize("students", [{}, [], {"1001": {"name": "1001", "days": {}}}])
async def test_a_student_who_is_left_out_is_no_student_without_lessons(students):
    link = make_link(answer(DIARY, {"students": students}))
    with pytest.raises(AccessDenied):
        await link.adapter.list_lessons(link, make_student(), **WEEK)


async def test_an_account_of_which_nothing_is_said_has_not_no_students():
    link = make_link(answer(RULES, []))
    with pytest.raises(BadResponse):
        await link.adapter.list_students(link)


async def test_a_card_that_cannot_be_had_costs_the_school_alone():
    told = case_of("list_students", "of_two_schools").data["exchanges"][0]
    link = FixtureLink(make_adapter(), [told], make_session(), NOW)
    reading = await link.adapter.list_students(link)
    assert [record.get("school") for record in reading.records] == [None, None]
    assert [issue.path for issue in link.noted] == ["Student.school"] * 2


async def test_without_a_class_in_the_session_the_account_tells_it():
    classmates = case_of("list_classmates", "of_the_class").data["exchanges"]
    rules = case_of("list_students", "of_a_parent").data["exchanges"]
    link = make_link(*classmates, *rules)
    student = make_student(native={"student": NATIVE["student"]})
    reading = await link.adapter.list_classmates(link, student)
    assert len(reading.records) == 1
    assert len(link.asked) == 2


@pytest.mark.parametrize(
    "lesson_id",
    [
        f"eljur@{INSTANCE}:mark:1000/15/2026-11-23/0",
        "eljur@cloud.sch2:lesson:1000/2026-11-23/1",
        f"eljur@{INSTANCE}:lesson:1000/2026-11-23",
        f"eljur@{INSTANCE}:lesson:1000/never/1",
        f"eljur@{INSTANCE}:lesson:1000/2026-13-41/1",
        "nonsense",
    ],
)
async def test_what_names_no_lesson_is_refused_unsent(lesson_id):
    link = make_link()
    with pytest.raises(InvalidId):
        await link.adapter.get_lesson(link, make_student(), lesson_id=lesson_id)
    assert link.asked == []


async def test_another_student_s_lesson_is_not_looked_for():
    link = make_link()
    with pytest.raises(NotFound):
        await link.adapter.get_lesson(
            link, make_student(), lesson_id=f"eljur@{INSTANCE}:lesson:1001/2026-11-23/1"
        )
    assert link.asked == []


@pytest.mark.parametrize("cursor", ["0", "-1", "two", "1e3", "99999999"])
async def test_a_cursor_of_something_else_is_refused_unsent(cursor):
    link = make_link()
    with pytest.raises(InvalidRequest):
        await link.adapter.list_notifications(link, make_student(), cursor=cursor)
    assert link.asked == []


async def test_the_feed_goes_on_while_its_pages_are_full():
    lines = [{"name": "Алгебра", "value": "5", "date": "2026-11-23", "nm": n} for n in range(25)]
    pages = {"1": lines[:20], "2": []}
    link = make_link(
        *(
            answer(
                f"/apiv3/getupdates?student=1000&limit=25&page={page}",
                {
                    "students": {
                        "1000": {"updates": {"latest": told, "old": lines[20:] if told else []}}
                    }
                },
            )
            for page, told in pages.items()
        )
    )
    first = await link.adapter.list_notifications(link, make_student())
    assert (len(first.records), first.next_cursor) == (25, "2")
    last = await link.adapter.list_notifications(link, make_student(), cursor=first.next_cursor)
    assert (last.records, last.next_cursor) == ([], None)


async def test_a_region_s_school_is_in_that_region_and_on_its_clock():
    adapter = make_adapter("kurgan.lpsk0")
    student = make_student(zone="Asia/Yekaterinburg")
    rules = case_of("list_students", "of_a_parent").data["exchanges"]
    link = FixtureLink(
        adapter,
        [*rules, *case_of("list_lessons", "of_the_diary").data["exchanges"]],
        make_session(students=()),
        NOW,
    )
    school = (await adapter.get_school(link, student)).records
    assert (school["region"], school["zone"]) == ("45", "Asia/Yekaterinburg")
    assert (await adapter.list_students(link)).records[0]["zone"] == "Asia/Yekaterinburg"
    lessons = (await adapter.list_lessons(link, student, **WEEK)).records
    assert lessons[0]["starts_at"] == "2026-11-23T08:30:00+05:00"
