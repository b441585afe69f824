"""Money, meals, passages and notices."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import InvalidRequest
from gateway_mos_ru.mapping.money import roubles
from gateway_mos_ru.mapping.notices import announced_lessons, notice_records, reason_of
from gateway_mos_ru.mapping.notifications import feed_records, happening_records
from gateway_mos_ru.mapping.trusted import trusted_records
from gateway_mos_ru.mapping.visits import entry_records
from gateway_mos_ru.wire.attendance import AbsenceReason, AbsentDay, AbsentLesson
from gateway_mos_ru.wire.feed import FeedItem, Happening
from gateway_mos_ru.wire.people import PersonName
from gateway_mos_ru.wire.trusted import TrustedLink
from gateway_mos_ru.wire.visits import Visit, VisitDay
from tests.plugins.mos_ru.mapping.support import make_context

REASONS = [
    AbsenceReason(id=1, name="Без уважительной причины", is_parent_available=False),
    AbsenceReason(id=2, name="Семейные обстоятельства", is_parent_available=True),
    AbsenceReason(id=6, name="Болезнь", is_parent_available=True),
    AbsenceReason(id=9, name="Отъезд", deleted_at="2025-01-01T00:00:00"),
    AbsenceReason(id=10, name=None),
]


@given(st.integers(-(2**31), 2**31 - 1))
def test_roubles_are_hundredths_of_what_was_sent_signed_or_not(kopecks):
    expected = Decimal(kopecks) / 100
    assert Decimal(roubles(kopecks)) == expected
    assert Decimal(roubles(kopecks % 2**32)) == expected


def test_no_sum_is_no_zero():
    assert roubles(None) is None
    assert roubles(0) == "0.00"


@pytest.mark.parametrize("wanted", ["6", " 6 ", "Болезнь", "болезнь"])
def test_a_reason_goes_by_its_number_or_name(wanted):
    assert reason_of(REASONS, wanted) == 6


@pytest.mark.parametrize("wanted", ["1", "9", "10", "Отъезд", "Без уважительной причины", "", "²"])
def test_another_reason_is_refused_with_the_choices(wanted):
    with pytest.raises(InvalidRequest) as raised:
        reason_of(REASONS, wanted)
    for text in (raised.value.text.ru, raised.value.text.en):
        assert "Болезнь (6)" in text
        assert "Семейные обстоятельства (2)" in text
        assert "Отъезд" not in text


def announced(*numbers, **changed):
    """A day of which these lessons were announced."""
    lessons = [AbsentLesson(schedule_item_id=400000 + it, notified=True) for it in numbers]
    unsaid = AbsentLesson(schedule_item_id=400009, notified=False)
    return AbsentDay(**{"date": "2026-10-07", "lessons": [*lessons, unsaid], **changed})


TIMETABLE = {"2026-10-07": {f"mos_ru:lesson:40000{number}": number for number in (1, 2, 3)}}


@pytest.mark.parametrize(
    "day, lessons",
    [
        (announced(1, 2, 3, notified=True), None),
        (announced(1, 2, 3, notified=False), None),
        (announced(3, 1, notified=True), [1, 3]),
        (announced(notified=True), None),
        (announced(1, notified=None), [1]),
    ],
)
def test_lessons_are_named_unless_they_are_all_of_the_day(day, lessons):
    timetable = TIMETABLE if announced_lessons(day) else {}
    (record,) = notice_records(make_context(), [day], {}, timetable)
    assert record.get("lessons") == lessons


def test_what_nobody_announced_is_no_notice():
    days = [announced(notified=None), announced(1, notified=True, is_system=True)]
    assert notice_records(make_context(), days, {}, TIMETABLE) == []


def test_an_unnoted_side_of_a_stay_is_no_passage():
    days = [VisitDay(date="2026-10-05", visits=[Visit(came_in="-", went_out="15:00")])]
    (record,) = entry_records(make_context(), days)
    assert record["direction"] == "out"
    assert "place" not in record


def test_passages_told_twice_count_once():
    visit = Visit(came_in="08:15", went_out="14:00")
    days = [
        VisitDay(date="2026-10-05", visits=[visit]),
        VisitDay(date="2026-10-05", visits=[visit]),
    ]
    assert len(entry_records(make_context(), days)) == 2


def test_the_school_s_zone_makes_the_moment_of_a_passage():
    days = [VisitDay(date="2026-10-05", visits=[Visit(came_in="08:15")])]
    (record,) = entry_records(make_context(zone="Asia/Yekaterinburg"), days)
    assert record["at"] == "2026-10-05T08:15:00+05:00"


@pytest.mark.parametrize("child, told", [(None, 1), (3000001, 1), ("3000002", 0), (3000002, 0)])
def test_lines_about_a_sibling_are_left_out(child, told):
    item = FeedItem(id="1", title="Проход", child_id=child)
    assert len(feed_records(make_context(), [item], {"3000002"})) == told


@pytest.mark.parametrize("timestamp", [1791200000, 1791200000000])
def test_a_line_without_a_date_has_its_timestamp(timestamp):
    (record,) = feed_records(make_context(), [FeedItem(id="1", timestamp=timestamp)], ())
    assert record["happened_at"] == "2026-10-05T14:33:20+03:00"


def test_identifiers_of_events_show_nothing_of_them():
    event = Happening(
        event_type="create_mark", datetime="2026-10-05 10:15:00.123", new_mark_value="2"
    )
    other = Happening(
        event_type="create_mark", datetime="2026-10-05 10:15:00.123", new_mark_value="3"
    )
    records = happening_records(make_context(), "3000001", [event, event, other])
    assert len(records) == 2
    assert all("10:15" not in str(record["id"]) for record in records)


def test_an_unverified_answer_about_trusted_persons_is_read_as_far_as_it_goes():
    links = [
        TrustedLink(
            id=1, agent=PersonName(last_name="Няньина"), status="ACTIVE", phone="9000000000"
        ),
        TrustedLink(id="2", last_name="Дедов"),
    ]
    first, second = trusted_records(make_context(), links)
    assert (first["name"], first["state_text"], first["phone"]) == (
        "Няньина",
        "ACTIVE",
        "9000000000",
    )
    assert second["name"] == "Дедов"
