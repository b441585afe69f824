"""Lessons, homework, days and periods: what words and gaps of the diary mean."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.ids import Ids
from gateway.core.local_time import LocalTime
from gateway.core.model.calendar import DayKind, PeriodKind
from gateway_eljur.mapping.bells import bell_schedule_record
from gateway_eljur.mapping.context import MapContext
from gateway_eljur.mapping.days import kind_of, span_records
from gateway_eljur.mapping.homework import homework_records, is_given, materials_of
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.mapping.lessons import placed_lessons
from gateway_eljur.mapping.periods import kind_of_period, period_records, told_periods
from gateway_eljur.wire.diary import Day
from gateway_eljur.wire.periods import Period
from tests.plugins.eljur.support import INSTANCE

DAY = "2026-11-23"
TODAY = date(2026, 11, 25)


def make_context() -> MapContext:
    keys = Keys(Ids("eljur", INSTANCE))
    return MapContext(keys, LocalTime(ZoneInfo("Europe/Moscow")), "1000", lambda _path, _why: None)


def day_with(*lessons: dict[str, Any], after: tuple[dict[str, Any], ...] = ()) -> Day:
    told = {"items": list(lessons), "items_extday": list(after)}
    return msgspec.convert(told, Day, strict=False)


def lesson(**fields: Any) -> dict[str, Any]:
    return {"name": "Алгебра", "num": "1", "lesson_id": "15", **fields}


def homework_of(**fields: Any) -> list[dict[str, Any]]:
    context = make_context()
    return homework_records(context, placed_lessons(context, DAY, day_with(lesson(**fields))))


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "-", "…", "Без задания", "без задания.", "БЕЗ&nbsp;ЗАДАНИЯ", "не задано"],
)
def test_words_for_nothing_give_nothing_to_do(text: str | None) -> None:
    assert not is_given(text)
    assert homework_of(homework={"1": {"id": 1, "value": text}}) == []


@pytest.mark.parametrize("text", ["№ 1", "Без задания не приходить", "<b>читать</b>", "§ 5"])
def test_anything_else_does(text: str) -> None:
    assert is_given(text)


def test_a_file_belongs_to_the_homework_that_its_number_names() -> None:
    found = homework_of(
        homework={"1": {"id": 1, "value": "А"}, "2": {"id": 2, "value": "Б"}},
        files=[{"toid": "2", "filename": "b", "link": "https://x.example/b"}],
    )
    assert [[item["name"] for item in record["attachments"]] for record in found] == [[], ["b"]]


def test_a_file_for_no_homework_at_all_is_homework_without_words() -> None:
    (found,) = homework_of(files=[{"toid": 3, "filename": "b", "link": "https://x.example/b"}])
    assert (found["text"], len(found["attachments"])) == ("", 1)


def test_a_file_with_a_number_of_nothing_belongs_to_the_only_homework() -> None:
    (found,) = homework_of(
        homework=[{"value": "А"}], files=[{"filename": "b", "link": "https://x.example/b"}]
    )
    assert len(found["attachments"]) == 1


def test_materials_belong_to_the_only_homework_else_to_the_lesson() -> None:
    context = make_context()
    material = [{"filename": "Тренажёр", "link": "https://x.example/t"}]
    for tasks, at_homework, at_lesson in (([], 0, 1), (["А"], 1, 0), (["А", "Б"], 0, 1)):
        told = lesson(homework=[{"value": task} for task in tasks], resources=material)
        (placed,) = placed_lessons(context, DAY, day_with(told))
        found = homework_records(context, [placed])
        assert sum(len(record["attachments"]) for record in found) == at_homework  # type: ignore[arg-type]
        assert len(materials_of(context, placed)) == at_lesson


def test_subgroups_of_one_number_are_lessons_of_their_own() -> None:
    context = make_context()
    told = day_with(lesson(grp="1 гр."), lesson(grp="2 гр."), lesson(grp="2 гр."))
    ids = [item.record["id"] for item in placed_lessons(context, DAY, told)]
    assert len(ids) == len(set(ids)) == 2


def test_what_comes_after_the_regular_day_has_no_number_and_keeps_its_place_in_time() -> None:
    context = make_context()
    club = {"name": "Хор", "num": "1", "starttime": "15:00:00", "endtime": "15:45:00"}
    again = {**club, "starttime": "14:00:00", "endtime": "14:45:00"}
    told = day_with(lesson(num="2"), lesson(), after=(club, again))
    records = [item.record for item in placed_lessons(context, DAY, told)]
    assert [record["number"] for record in records] == [1, 2, None, None]
    assert [str(record["starts_at"])[11:16] for record in records[2:]] == ["14:00", "15:00"]


@given(st.permutations([1, 2, 3, 4]))
def test_a_lesson_keeps_its_identifier_wherever_it_stands(order: list[int]) -> None:
    context = make_context()
    told = day_with(*(lesson(num=str(number), sort=place) for place, number in enumerate(order)))
    found = {
        item.record["number"]: item.record["id"] for item in placed_lessons(context, DAY, told)
    }
    assert found == {n: f"eljur@{INSTANCE}:lesson:1000/{DAY}/{n}" for n in (1, 2, 3, 4)}


def test_an_end_before_the_start_is_none() -> None:
    context = make_context()
    told = day_with(lesson(starttime="09:00:00", endtime="08:00:00"))
    (placed,) = placed_lessons(context, DAY, told)
    assert "ends_at" not in placed.record


@pytest.mark.parametrize(
    ("alert", "name", "day", "kind"),
    [
        (None, None, "2026-11-23", None),
        ("today", None, "2026-11-23", None),
        ("vacation", None, "2026-11-23", DayKind.BREAK),
        ("vocation", None, "2026-11-23", DayKind.BREAK),
        ("holiday", "День народного единства", "2026-11-04", DayKind.HOLIDAY),
        ("holiday", "Выходной", "2026-11-28", DayKind.WEEKEND),
        ("holiday", None, "2026-11-29", DayKind.WEEKEND),
        ("holiday", "Выходной", "2026-11-25", DayKind.HOLIDAY),
        ("holiday", "Новый год", "2028-01-01", DayKind.HOLIDAY),
        ("quarantine", None, "2026-11-23", DayKind.UNKNOWN),
    ],
)
def test_an_alert_tells_what_a_day_is(
    alert: str | None, name: str | None, day: str, kind: DayKind | None
) -> None:
    assert kind_of(day, Day(alert=alert, holiday_name=name)) is kind


@given(st.integers(0, 60), st.integers(1, 30))
def test_a_break_is_one_span_whether_or_not_the_diary_shows_its_weekends(
    first: int, length: int
) -> None:
    start = date(2026, 9, 7) + timedelta(days=first)
    days = [start + timedelta(days=number) for number in range(length)]
    whole = [(day.isoformat(), Day(alert="vacation")) for day in days]
    bare = [(text, day) for text, day in whole if date.fromisoformat(text).weekday() < 5]
    assert len(span_records(whole)) == 1
    shown = span_records(bare)
    assert len(shown) == bool(bare)
    if shown:
        assert (shown[0]["start"], shown[0]["end"]) == (bare[0][0], bare[-1][0])


def test_two_holidays_with_a_day_of_lessons_between_are_two() -> None:
    free = Day(alert="holiday", holiday_name="День школы")
    days = [("2026-11-23", free), ("2026-11-25", free), ("2026-11-26", free)]
    assert [(span["start"], span["end"]) for span in span_records(days)] == [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-25", "2026-11-26"),
    ]


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("I четверть", "I", PeriodKind.QUARTER),
        ("2 Триместр", "II", PeriodKind.TRIMESTER),
        ("I полугодие", "I", PeriodKind.SEMESTER),
        ("1 семестр", "I", PeriodKind.SEMESTER),
        ("3 модуль", "III", PeriodKind.MODULE),
        ("Год", "year", PeriodKind.YEAR),
        ("Итог", "year", PeriodKind.YEAR),
        ("Экзамен", "exam", PeriodKind.UNKNOWN),
    ],
)
def test_a_period_s_name_tells_its_kind(name: str, code: str, kind: PeriodKind) -> None:
    assert kind_of_period(name, code) is kind


def test_a_period_without_usable_days_has_none_and_is_never_the_present_one() -> None:
    context = make_context()
    told = told_periods(
        context,
        [
            Period(name="year", fullname="Год", start="20260901", end="20270531", ambigious=True),
            Period(name="I", fullname="I четверть", start="20260901", end="20260801"),
            Period(name="II", fullname="II четверть", start=20261101, end=20261231),
        ],
    )
    records = period_records(context, told, TODAY)
    assert [record.get("is_current") for record in records] == [True, None, None]
    assert [record["number"] for record in records if "number" in record] == [2, 1]


def test_a_school_year_begins_with_its_first_period_even_in_its_second_half() -> None:
    context = make_context()
    told = told_periods(
        context, [Period(name="II", fullname="II полугодие", start="20270111", end="20270526")]
    )
    assert [record["school_year"] for record in period_records(context, told, TODAY)] == [2026]


def test_without_times_there_are_no_bells() -> None:
    context = make_context()
    placed = placed_lessons(context, DAY, day_with(lesson()))
    assert bell_schedule_record(item.record for item in placed) is None


def test_bells_of_one_number_at_two_times_name_their_days() -> None:
    context = make_context()
    early, late = ("08:30:00", "09:15:00"), ("09:00:00", "09:40:00")
    records = []
    for day, (start, end) in (("2026-11-23", early), ("2026-11-24", early), ("2026-11-25", late)):
        told = day_with(lesson(starttime=start, endtime=end))
        records += [item.record for item in placed_lessons(context, day, told)]
    schedule = bell_schedule_record(records)
    assert schedule is not None
    bells = schedule["bells"]
    assert isinstance(bells, list)
    assert [bell["weekdays"] for bell in bells] == [[1, 2], [3]]
