from datetime import date

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import CORE, MOBILE, Diary


async def test_exactly_one_school_year_is_the_current_one(pupil: Diary) -> None:
    years = await pupil.get(f"{CORE}/academic_years")
    (current,) = [year for year in years if year["current_year"]]
    assert current["name"] == "2025 - 2026"
    assert current["id"] == 13
    assert (current["begin_date"], current["end_date"]) == ("2025-09-01", "2026-08-31")


async def test_the_old_list_of_years_asks_for_nobody(service: Service) -> None:
    client = service.browser()
    years = (await client.get("/core/api/academic_years")).json()
    assert sum(year["current_year"] for year in years) == 1
    only = (await client.get("/core/api/academic_years?only_current_year=True")).json()
    assert [year["id"] for year in only] == [13]


async def test_periods_and_breaks_come_in_their_order(pupil: Diary, world: World) -> None:
    (told,) = await pupil.get(f"{CORE}/periods_schedules", student_profile_id=pupil.number)
    begins = [period["begin_date"] for period in told["periods"]]
    assert begins == sorted(begins)
    graded = [period for period in told["periods"] if not period["is_vacation"]]
    assert [period["name"] for period in graded] == [
        period.name for period in world.periods_of("student-1")
    ]


async def test_an_unknown_year_has_no_periods(pupil: Diary) -> None:
    told = await pupil.mine("/core/api/periods_schedules", academic_year_id=1)
    assert told == []


async def test_days_are_workdays_holidays_or_vacations(pupil: Diary, world: World) -> None:
    days = await pupil.mine(
        f"{MOBILE}/periods_schedules", **{"from": "2025-10-20", "to": "2025-11-09"}
    )
    kinds = {day["date"]: day["type"] for day in days}
    assert len(kinds) == 21
    saturdays = {"from": "2025-09-13", "to": "2025-09-20"}
    week = await pupil.mine(f"{MOBILE}/periods_schedules", **saturdays)
    assert (week[0]["type"], week[-1]["type"]) == ("holiday", "workday")
    assert week[-1]["title"] == "Рабочая суббота за 08.05"
    assert kinds["2025-10-24"] == "workday"
    assert kinds["2025-10-27"] == "vacation"
    assert kinds["2025-11-04"] == "holiday"
    assert kinds["2025-11-08"] == "holiday"  # a Saturday in a school of five days


async def test_a_make_up_day_names_the_day_it_stands_for(pupil: Diary, world: World) -> None:
    years = await pupil.get(f"{CORE}/academic_years")
    calendar = next(year["calendar_id"] for year in years if year["current_year"])
    rows = await pupil.get(f"{CORE}/calendars/{calendar}/calendar_transpositions")
    works = [row for row in rows if not row["is_holiday"]]
    spans = [
        span
        for span in world.spans_of("school-1")
        if span.kind is m.SpanKind.MAKEUP_DAY and span.year_key == world.current_year.key
    ]
    assert [row["date"] for row in works] == [span.starts.isoformat() for span in spans]
    for row in works:
        off = date.fromisoformat(row["postponed_from"])
        assert off.isoweekday() == row["schedule_for_weekday"]
    assert (await pupil.ask(f"{CORE}/calendars/1/calendar_transpositions")).status_code == 404


async def test_schools_with_modules_tell_them_by_subject(service: Service, pupil: Diary) -> None:
    path = "/api/ej/plan/family/v1/lesson_modules"
    assert await pupil.get(path, student_profile_id=pupil.number) == []
    other = Diary.of(service, "linking-offer", "student-5")
    rows = await other.get(path, student_profile_id=other.number)
    assert rows[0]["start_date"] == [2025, 9, 1]
    assert {row["name"] for row in rows} == {f"{number} модуль" for number in range(1, 7)}
    past = await other.get(path, student_profile_id=other.number, academic_year_id=12)
    assert past == []
