from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import CORE, WEB, Diary

REPORT = "/api/ej/report/family/v1/progress/json"


async def test_results_of_a_past_year(pupil: Diary, world: World) -> None:
    told = await pupil.get(f"{WEB}/final_marks/v2", person_id=pupil.person, academic_year_id=12)
    grades = {
        world.subject(item.subject_key).name: item.text
        for item in world.finals_of("student-1", "year-2024")
        if item.kind is m.GradeKind.YEAR
    }
    assert {row["name"]: row["year_mark"] for row in told["subjects"]} == grades
    assert all(
        set(period) == {"name", "start_date", "end_date", "final_mark"}
        for row in told["subjects"]
        for period in row["periods"]
    )


async def test_results_of_an_unknown_year_are_none(pupil: Diary) -> None:
    path = f"{WEB}/final_marks/v2"
    told = await pupil.get(path, person_id=pupil.person, academic_year_id=1)
    assert told == {"subjects": []}


async def test_year_marks_of_the_past_come_in_one_answer(pupil: Diary) -> None:
    rows = await pupil.payload(f"{WEB}/final_marks")
    assert {row["academic_year_id"] for row in rows} == {12}
    assert all(row["year_mark"] for row in rows)


async def test_the_report_is_a_bare_list_with_dotted_days(pupil: Diary) -> None:
    rows = await pupil.get(REPORT, academic_year_id=13, student_profile_id=pupil.number)
    period = rows[0]["periods"][0]
    assert set(period) == {
        *("name", "start", "end", "start_iso", "end_iso", "avg_five", "avg_hundred"),
        *("final_mark", "is_year_mark", "marks"),
    }
    assert period["marks"][0]["date"][2] == period["marks"][0]["date"][5] == "."
    assert float(rows[0]["avg_hundred"]) == float(rows[0]["avg_five"]) * 20


async def test_the_report_of_a_past_year_ends_with_the_year(pupil: Diary) -> None:
    rows = await pupil.get(REPORT, academic_year_id=12, student_profile_id=pupil.number)
    assert {row["periods"][-1]["is_year_mark"] for row in rows} == {True}
    assert not [mark for row in rows for period in row["periods"] for mark in period["marks"]]


async def test_the_old_report_of_a_wrong_year_is_empty(pupil: Diary) -> None:
    path = "/reports/api/progress/json"
    told = await pupil.get(path, academic_year_id=1, student_profile_id=pupil.number)
    assert told == []


async def test_debts_are_the_points_of_the_class(service: Service, world: World) -> None:
    diary = Diary.of(service, "student-two-schools", "student-2")
    child = (await diary.get(f"{WEB}/profile"))["children"][0]
    path = f"{CORE}/academic_debts"
    told = await diary.get(path, class_unit_ids=child["class_unit_id"], academic_year_id=13)
    due = sorted(str(mark.debt_due_on) for mark in world.marks_of("student-2") if mark.debt_due_on)
    assert sorted(row["due_date"] for row in told) == due
    assert await diary.get(path, class_unit_ids=1, academic_year_id=13) == []
    assert await diary.get(path, class_unit_ids=child["class_unit_id"], academic_year_id=12) == []
    assert (await diary.ask(path)).status_code == 400


async def test_control_works_to_come(pupil: Diary, world: World) -> None:
    path = "/api/ej/plan/family/v1/test_lessons/period"
    days = {"from": "2026-02-12", "to": "2026-04-30"}
    told = await pupil.get(path, student_profile_id=pupil.number, **days)
    dates = [item["date"] for item in told["items"]]
    assert dates == sorted(dates)
    assert all(days["from"] <= day <= days["to"] for day in dates)
    holiday = {"from": "2026-01-01", "to": "2026-01-02"}
    told = await pupil.get(path, student_profile_id=pupil.number, **holiday)
    assert told == {"items": None}
