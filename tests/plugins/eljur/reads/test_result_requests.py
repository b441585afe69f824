"""What marks and results cost, and when nothing is asked."""

from datetime import date

import pytest

from gateway.core.errors import AccessDenied, InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway_eljur.mapping.periods import told_periods
from gateway_eljur.reads.results import current_period
from gateway_eljur.wire.periods import Period
from tests.plugins.eljur.mapping.support import make_context
from tests.plugins.eljur.support import INSTANCE, NOW, make_adapter, make_session, make_student
from tests.plugins.support import FixtureLink

PREFIX = f"eljur@{INSTANCE}"
PERIODS = "/apiv3/getperiods?student=1000&show_disabled=true"
YEAR = (
    Period(name="I", fullname="I четверть", start="20260901", end="20261025"),
    Period(name="II", fullname="II четверть", start="20261105", end="20261230"),
    Period(name="h1", fullname="I полугодие", start="20260901", end="20261230"),
    Period(name="III", fullname="III четверть", start="20270111", end="20270326"),
    Period(name="year", fullname="Год", ambigious=True),
)


def make_link(*exchanges):
    return FixtureLink(make_adapter(), exchanges, make_session(), NOW)


def asked(path, result):
    body = {"response": {"state": 200, "error": None, "result": result}}
    return {"request": {"path": path}, "response": {"body": body}}


def told(*lessons):
    return {"students": {"1000": {"name": 1000, "lessons": list(lessons)}}}


async def test_marks_of_other_days_and_subjects_are_left_out():
    marks = [{"value": 5, "date": f"2026-11-{day}", "count": True} for day in (15, 16, 17, 18)]
    link = make_link(
        asked(
            "/apiv3/getmarks?student=1000&days=20261116-20261117",
            told({"name": "Алгебра", "lesson_id": 15, "marks": marks}),
        )
    )
    reading = await link.adapter.list_marks(
        link, make_student(), start=date(2026, 11, 16), end=date(2026, 11, 17)
    )
    assert [record["date"] for record in reading.records] == ["2026-11-16", "2026-11-17"]
    assert reading.covered == DateRange(date(2026, 11, 16), date(2026, 11, 17))


@pytest.mark.parametrize(
    "mark_id, error",
    [
        (f"{PREFIX}:mark:1001/15/2026-11-23/0", NotFound),
        (f"{PREFIX}:mark:1000/15/2026-11-23", InvalidId),
        (f"{PREFIX}:mark:1000/15/soon/0", InvalidId),
        (f"{PREFIX}:mark:1000/15/2026-11-23/0/2/3", InvalidId),
        ("eljur@cloud.sch2:mark:1000/15/2026-11-23/0", InvalidId),
    ],
)
async def test_a_mark_that_cannot_be_is_not_asked_for(mark_id, error):
    link = make_link()
    with pytest.raises(error):
        await link.adapter.get_mark(link, make_student(), mark_id=mark_id)
    assert link.asked == []


async def test_a_subject_of_another_school_is_not_asked_for():
    link = make_link()
    day = date(2026, 11, 23)
    with pytest.raises(InvalidId):
        await link.adapter.list_marks(
            link, make_student(), start=day, end=day, subject_id="eljur@cloud.sch2:subject:15"
        )
    assert link.asked == []


@pytest.mark.parametrize("operation", ["list_marks", "list_attendance"])
@pytest.mark.parametrize("students", [{}, [], {"1001": {"name": "1001", "lessons": []}}])
async def test_a_missing_student_is_not_read_as_no_marks(operation, students):
    link = make_link(
        asked("/apiv3/getmarks?student=1000&days=20261123-20261123", {"students": students})
    )
    day = date(2026, 11, 23)
    with pytest.raises(AccessDenied):
        await getattr(link.adapter, operation)(link, make_student(), start=day, end=day)


@pytest.mark.parametrize("period", ["1001/II/2026", "1000/II", "1000/II/2026/1"])
async def test_a_period_that_cannot_be_is_not_asked_for(period):
    link = make_link()
    with pytest.raises((NotFound, InvalidId)):
        await link.adapter.list_subject_results(
            link, make_student(), period_id=f"{PREFIX}:period:{period}"
        )
    assert link.asked == []


async def test_a_period_without_dates_has_no_averages():
    periods = [{"name": "exam", "fullname": "Экзамены", "ambigious": True}]
    link = make_link(asked(PERIODS, {"students": [{"name": 1000, "periods": periods}]}))
    with pytest.raises(NotFound):
        await link.adapter.list_subject_results(
            link, make_student(), period_id=f"{PREFIX}:period:1000/exam/2026"
        )


@pytest.mark.parametrize(
    "today, code",
    [
        (date(2026, 8, 20), "I"),
        (date(2026, 9, 1), "I"),
        (date(2026, 11, 25), "II"),
        (date(2026, 10, 30), "h1"),
        (date(2027, 1, 5), "II"),
        (date(2027, 6, 20), "III"),
    ],
)
def test_the_current_period_is_the_shortest_around_today_or_the_last_that_began(today, code):
    found = current_period(told_periods(make_context(), YEAR), today)
    assert found is not None
    assert found.code == code


def test_a_year_without_dated_periods_has_no_current_one():
    assert current_period(told_periods(make_context(), YEAR[4:]), date(2026, 11, 25)) is None
