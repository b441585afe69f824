from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gateway.core.local_time import LocalTime

ZONES = st.sampled_from(["Europe/Moscow", "Europe/Chisinau", "Asia/Kamchatka", "Europe/Samara"])


@given(zone=ZONES, days=st.lists(st.dates(date(2009, 1, 1), date(2030, 1, 1))))
def test_it_tells_what_the_zone_tells(zone: str, days: list[date]) -> None:
    local = LocalTime(ZoneInfo(zone))
    for day in days * 2:
        told = datetime.fromisoformat(local.aware(day.isoformat(), "23:15:00"))
        expected = datetime(day.year, day.month, day.day, 23, 15, tzinfo=ZoneInfo(zone))
        assert told == expected
        assert told.utcoffset() == expected.utcoffset()


def test_a_day_on_which_the_clock_is_changed_has_no_one_offset() -> None:
    local = LocalTime(ZoneInfo("Europe/Chisinau"))
    assert local.offset("2026-03-29") is None
    assert local.aware("2026-03-29", "01:00:00") == "2026-03-29T01:00:00+02:00"
    assert local.aware("2026-03-29", "08:30:00") == "2026-03-29T08:30:00+03:00"
    assert local.offset("2026-03-30") == "+03:00"
