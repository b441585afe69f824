"""Which requests results, absences and feeds cost, and when none is sent."""

from datetime import date

import pytest

from gateway.core.contract.capability import Capability
from gateway.core.contract.windows import joined, windows
from gateway.core.errors import InvalidId, InvalidRequest, NotFound, NotSupported
from gateway.core.model.answer import DateRange
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.capabilities import capabilities_of
from gateway_mos_ru.nodes import MOSCOW
from tests.plugins.mos_ru.support import NOW, PERSON, make_adapter, make_session, make_student
from tests.plugins.support import FixtureLink

WEB = "/api/family/web/v1"
MOBILE = "/api/family/mobile/v1"
CORE = "/api/ej/core/family/v1"
TUESDAY = date(2026, 10, 13)
REASONS = {
    "request": {"path": f"{CORE}/nonattendance_reasons"},
    "response": {"body": [{"id": 6, "name": "Болезнь", "is_parent_available": True}]},
}


def make_link(*exchanges, provider="mos_ru", **changed):
    session = changed.pop("session", None) or make_session()
    return FixtureLink(make_adapter(provider), exchanges, session, NOW, **changed)


def written(method, path, body, answer=None):
    return {
        "request": {"method": method, "path": path, "body": body},
        "response": {"body": answer},
    }


def notice(day, **changed):
    fields = {
        "date": day,
        "reason_id": None,
        "description": "",
        "bell_id": None,
        "begin_time": None,
        "end_time": None,
        "lesson_education_type": None,
    }
    return {**fields, **changed}


def marks_between(start, end, *marks):
    path = f"{WEB}/marks?student_id=3000001&from={start}&to={end}"
    return {"request": {"path": path}, "response": {"body": {"payload": list(marks)}}}


async def test_marks_of_past_years_are_not_asked_for_and_not_covered():
    link = make_link()
    reading = await link.adapter.list_marks(
        link, make_student(), start=date(2026, 5, 1), end=date(2026, 8, 31)
    )
    assert (reading.records, reading.covered, reading.complete) == ([], None, False)
    assert link.asked == []
    assert link.noted


async def test_a_range_that_begins_in_a_past_year_is_covered_from_september():
    mark = {"id": 1, "value": "5", "date": "2026-09-03"}
    link = make_link(marks_between("2026-05-01", "2026-09-30", mark))
    reading = await link.adapter.list_marks(
        link, make_student(), start=date(2026, 5, 1), end=date(2026, 9, 30)
    )
    assert len(reading.records) == 1
    assert reading.covered == DateRange(date(2026, 9, 1), date(2026, 9, 30))
    assert not reading.complete


@pytest.mark.parametrize("mark_id", ["mos_ru:subject:1", "mosreg_ru:mark:1", "nonsense"])
async def test_a_mark_of_something_else_is_refused_unasked(mark_id):
    link = make_link()
    with pytest.raises(InvalidId):
        await link.adapter.get_mark(link, make_student(), mark_id=mark_id)
    assert link.asked == []


async def test_a_mark_that_the_timetable_did_not_number_cannot_be_opened():
    link = make_link()
    with pytest.raises(NotFound):
        await link.adapter.get_mark(link, make_student(), mark_id=f"mos_ru:mark:{PERSON}/400001/0")


async def test_a_period_of_another_student_is_not_found():
    link = make_link()
    other = f"mos_ru:period:{PERSON.replace('2', '3')}/2026-09-01/2026-10-25"
    for operation in (link.adapter.list_subject_results, link.adapter.list_class_ranks):
        with pytest.raises(NotFound):
            await operation(link, make_student(), period_id=other)


async def test_without_any_answer_final_results_are_not_an_empty_list():
    years = [{"id": 13, "name": "2025 - 2026", "begin_date": "2025-09-01"}]
    path = f"{WEB}/final_marks/v2?person_id={PERSON}&academic_year_id=13"
    link = make_link(
        {"request": {"path": f"{CORE}/academic_years"}, "response": {"body": years}},
        {"request": {"path": path}, "response": {"status": 404, "body": None}},
    )
    with pytest.raises(NotSupported):
        await link.adapter.list_final_grades(link, make_student(), school_year=2025)


async def test_days_of_absence_are_announced_one_by_one():
    body = {
        "student_id": 3000001,
        "notifications": [
            notice("2026-10-13", reason_id=6, description="Температура"),
            notice("2026-10-14", reason_id=6, description="Температура"),
        ],
    }
    link = make_link(REASONS, written("POST", f"{MOBILE}/attendance/v2", body, {"ids": [1, 2]}))
    done = await link.adapter.create_absence_notice(
        link,
        make_student(),
        start=TUESDAY,
        end=date(2026, 10, 14),
        reason="болезнь",
        comment="Температура",
    )
    assert done.created == f"mos_ru:notice:{PERSON}/2026-10-13"
    assert [request.kind for request in link.asked] == [RequestKind.READ, RequestKind.WRITE]


async def test_without_a_reason_the_list_of_reasons_is_not_asked_for():
    body = {"student_id": 3000001, "notifications": [notice("2026-10-13")]}
    link = make_link(written("POST", f"{MOBILE}/attendance/v2", body))
    await link.adapter.create_absence_notice(link, make_student(), start=TUESDAY, end=TUESDAY)
    assert len(link.asked) == 1


async def test_an_unknown_reason_sends_nothing():
    link = make_link(REASONS)
    with pytest.raises(InvalidRequest) as raised:
        await link.adapter.create_absence_notice(
            link, make_student(), start=TUESDAY, end=TUESDAY, reason="Лень"
        )
    assert "Болезнь" in raised.value.text.ru
    assert [request.kind for request in link.asked] == [RequestKind.READ]


@pytest.mark.parametrize(
    "end, lessons", [(date(2026, 10, 12), ()), (date(2027, 10, 13), ()), (date(2026, 10, 14), (1,))]
)
async def test_days_that_cannot_be_announced_send_nothing(end, lessons):
    link = make_link()
    with pytest.raises(InvalidRequest):
        await link.adapter.create_absence_notice(
            link, make_student(), start=TUESDAY, end=end, lessons=lessons
        )
    assert link.asked == []


def timetable():
    """A day of two lessons, as its own timetable and as eventcalendar tell it."""
    day = {
        "date": "2026-10-13",
        "activities": [
            {
                "type": "LESSON",
                "info": f"{number} урок",
                "lesson": {"schedule_item_id": item, "lesson_education_type": "OO"},
            }
            for number, item in ((1, 400001), (2, 400002))
        ],
    }
    events = [
        {
            "id": 400001,
            "source": "PLAN",
            "start_at": "2026-10-13T08:30:00+03:00",
            "finish_at": "2026-10-13T09:15:00+03:00",
        },
        {
            "id": 400002,
            "source": "PLAN",
            "start_at": "2026-10-13T09:25:00+03:00",
            "finish_at": "2026-10-13T10:10:00+03:00",
        },
    ]
    calendar = (
        f"/api/eventcalendar/v1/api/events?person_ids={PERSON}&begin_date=2026-10-13"
        "&end_date=2026-10-13&source_types=PLAN,AE,EC"
    )
    return (
        {
            "request": {"path": f"{WEB}/schedule?student_id=3000001&date=2026-10-13"},
            "response": {"body": day},
        },
        {"request": {"path": calendar}, "response": {"body": {"response": events}}},
    )


async def test_lessons_are_announced_by_their_times():
    body = {
        "student_id": 3000001,
        "notifications": [
            notice("2026-10-13", begin_time="08:30", end_time="09:15"),
            notice("2026-10-13", begin_time="09:25", end_time="10:10"),
        ],
    }
    link = make_link(*timetable(), written("POST", f"{MOBILE}/attendance/v2", body))
    await link.adapter.create_absence_notice(
        link, make_student(), start=TUESDAY, end=TUESDAY, lessons=(2, 1, 2)
    )
    assert link.asked[-1].body == Body.of_json(body)


async def test_a_lesson_that_the_day_lacks_cannot_be_announced():
    link = make_link(*timetable())
    with pytest.raises(InvalidRequest):
        await link.adapter.create_absence_notice(
            link, make_student(), start=TUESDAY, end=TUESDAY, lessons=(3,)
        )
    assert {request.kind for request in link.asked} == {RequestKind.READ}


async def test_a_notice_is_taken_back_by_its_day():
    body = {"student_id": 3000001, "notifications": [{"date": "2026-10-13"}]}
    link = make_link(written("DELETE", f"{MOBILE}/attendance", body))
    own = f"mos_ru:notice:{PERSON}/2026-10-13"
    done = await link.adapter.cancel_absence_notice(link, make_student(), notice_id=own)
    assert done.target == own
    assert [request.kind for request in link.asked] == [RequestKind.WRITE]


async def test_another_student_s_notice_is_not_taken_back():
    link = make_link()
    with pytest.raises(NotFound):
        await link.adapter.cancel_absence_notice(
            link, make_student(), notice_id="mos_ru:notice:somebody/2026-10-13"
        )
    assert link.asked == []


async def test_a_week_is_signed_by_the_parent_s_profile():
    body = {"parent_profile_id": 4000001, "student_profile_id": 3000001, "week": "2026-10-05"}
    link = make_link(written("POST", f"{CORE}/aware_journals", body))
    await link.adapter.acknowledge_week(link, make_student(), monday=date(2026, 10, 5))
    assert [request.kind for request in link.asked] == [RequestKind.WRITE]


async def test_without_the_number_of_a_profile_no_week_is_signed():
    link = make_link(session=make_session(data={}))
    with pytest.raises(NotSupported):
        await link.adapter.acknowledge_week(link, make_student(), monday=date(2026, 10, 5))
    assert link.asked == []


async def test_passages_of_three_weeks_are_read_by_windows_and_joined():
    start, end = date(2026, 9, 21), date(2026, 10, 9)
    spans = windows(start, end, capabilities_of(MOSCOW)[Capability.ENTRIES])
    assert [(span.end - span.start).days + 1 for span in spans] == [7, 7, 5]

    def exchange(span):
        days = [
            {"date": day.isoformat(), "visits": [{"in": "08:15", "out": "14:00"}]}
            for day in (span.start, span.end)
        ]
        return {
            "request": {
                "path": f"/api/pass/entrances/v1/visit_durations?personId={PERSON}"
                f"&from={span.start}&to={span.end}"
            },
            "response": {"body": {"payload": days}},
        }

    link = make_link(*map(exchange, spans))
    readings = [
        await link.adapter.list_entries(link, make_student(), start=span.start, end=span.end)
        for span in spans
    ]
    whole = joined(readings)
    assert whole.covered == DateRange(start, end)
    moments = [record["at"] for record in whole.records]
    assert len(moments) == 12
    assert moments == sorted(moments)


async def test_a_regional_node_is_asked_for_the_older_feed_alone():
    event = {"event_type": "create_mark", "datetime": "2026-10-05 10:15:00.123"}
    link = make_link(
        {
            "request": {"path": f"{MOBILE}/notifications/search?student_id=3000001"},
            "response": {"body": [event]},
        },
        provider="mosreg_ru",
    )
    reading = await link.adapter.list_notifications(link, make_student())
    assert len(reading.records) == 1
    assert reading.next_cursor is None


async def test_a_full_page_of_the_newer_feed_has_a_next():
    items = [
        {"id": f"{number}", "title": "Питание", "created_at": "2026-10-05T10:15:00"}
        for number in range(50)
    ]
    link = make_link(
        {
            "request": {"path": f"{MOBILE}/notifications/search?student_id=3000001"},
            "response": {"body": []},
        },
        {
            "request": {"path": "/api/instantmessages/v1/feed?page=1&npp=50"},
            "response": {"body": {"data": items}},
        },
    )
    reading = await link.adapter.list_notifications(link, make_student())
    assert reading.next_cursor == "r2"


@pytest.mark.parametrize("cursor", ["", "r", "b2", "r-1", "r²", "a1234567"])
async def test_a_cursor_of_something_else_sends_nothing(cursor):
    link = make_link()
    with pytest.raises(InvalidRequest):
        await link.adapter.list_notifications(link, make_student(), cursor=cursor)
    assert link.asked == []


async def test_trusted_persons_are_read_as_an_unverified_list():
    link = make_link(
        {
            "request": {"path": "/api/passport/agents/v1/links"},
            "response": {"body": [{"id": 1, "last_name": "Няньина"}]},
        }
    )
    reading = await link.adapter.list_trusted_persons(link, make_student())
    assert [record["name"] for record in reading.records] == ["Няньина"]
