from decimal import Decimal

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import MOBILE, WEB, WEEK, YEAR, Diary, numbers

NOT_COUNTED = "Не учитывается в среднем балле"
MARK = {
    *("id", "value", "values", "comment", "weight", "point_date", "control_form_name"),
    *("comment_exists", "created_at", "updated_at", "criteria", "date", "subject_name"),
    *("subject_id", "has_files", "is_point", "is_exam", "original_grade_system_type"),
}


def counts(mark: dict[str, object]) -> bool:
    return not mark["is_point"] and NOT_COUNTED not in str(mark["comment"])


async def test_marks_come_by_the_day_of_the_lesson(pupil: Diary) -> None:
    told = await pupil.payload(f"{WEB}/marks", **WEEK)
    assert told
    assert all(set(mark) == MARK for mark in told)
    assert all(WEEK["from"] <= mark["date"] <= WEEK["to"] for mark in told)
    assert all(isinstance(mark["value"], str) for mark in told)
    assert all(mark["comment"] is not None for mark in told)


async def test_marks_of_past_years_are_not_told(pupil: Diary) -> None:
    past = {"from": "2024-09-01", "to": "2025-05-31"}
    assert await pupil.payload(f"{WEB}/marks", **past) == []


async def test_words_and_points_of_other_scales(pupil: Diary, world: World) -> None:
    told = {mark["id"]: mark for mark in await pupil.payload(f"{WEB}/marks", **YEAR)}
    shown = {
        mark.key: told.get(numbers().of(ids.MARK, mark.key)) for mark in world.marks_of("student-1")
    }
    for mark in world.marks_of("student-1"):
        row = shown[mark.key]
        if mark.status in (m.MarkStatus.RETAKEN, m.MarkStatus.ABSENT, m.MarkStatus.EXEMPT):
            assert row is None
            continue
        assert row is not None
        grade = row["values"][0]["grade"]
        if mark.status is m.MarkStatus.NOT_ASSESSED:
            assert row["value"] == "НВ"
        elif mark.scale_key == "scale-hundred":
            assert row["value"] == "См"
            assert row["comment"].startswith(f"балл: {mark.value}")
            assert grade["hundred"] == float(mark.value or 0)
        elif mark.scale_key == "scale-ten":
            assert row["value"] == str(mark.value)
            assert row["original_grade_system_type"] == "ten"
        elif mark.scale_key == "scale-pass":
            assert row["value"] in ("зач", "незач")
        else:
            assert row["value"] == mark.text.rstrip("+-")
            assert grade["five"] == float(row["value"])


async def test_marks_of_one_cell_are_two_with_numbers_in_order(pupil: Diary, world: World) -> None:
    first = next(item for item in world.marks_of("student-1") if item.cell_size == 2)
    second = next(
        item
        for item in world.marks_of("student-1")
        if item.assignment_key == first.assignment_key and item.cell_index == 1
    )
    day = {"from": first.date.isoformat(), "to": first.date.isoformat()}
    told = {mark["id"]: mark for mark in await pupil.payload(f"{WEB}/marks", **day)}
    one, two = (numbers().of(ids.MARK, item.key) for item in (first, second))
    assert one < two
    assert told[one]["date"] == told[two]["date"]
    assert told[one]["value"] != first.cell_text


async def test_a_point_has_its_day_and_a_value_for_the_time_being(
    service: Service, world: World
) -> None:
    diary = Diary.of(service, "student-two-schools", "student-2")
    told = [mark for mark in await diary.payload(f"{WEB}/marks", **YEAR) if mark["is_point"]]
    debts = [mark for mark in world.marks_of("student-2") if mark.debt_due_on]
    assert [mark["point_date"] for mark in told] == [str(mark.debt_due_on) for mark in debts]
    assert {mark["value"] for mark in told} == {"2"}


async def test_criteria_are_names_with_values(service: Service, world: World) -> None:
    diary = Diary.of(service, "student-two-schools", "student-2")
    told = [mark for mark in await diary.payload(f"{WEB}/marks", **YEAR) if mark["criteria"]]
    assert told
    assert all(
        isinstance(item["name"], str) and isinstance(item["value"], str)
        for mark in told
        for item in mark["criteria"]
    )


async def test_a_mark_in_detail_has_its_history(pupil: Diary, world: World) -> None:
    marks = world.marks_of("student-1")
    retake = next(item for item in marks if item.replaces)
    told = await pupil.mine(f"{MOBILE}/marks/{numbers().of(ids.MARK, retake.key)}")
    assert told["history"][0]["before"] == "2"
    assert told["history"][0]["after"] == told["value"]
    assert told["teacher"]["last_name"]
    corrected = next(item for item in marks if item.corrections and not item.replaced_by)
    told = await pupil.mine(f"{MOBILE}/marks/{numbers().of(ids.MARK, corrected.key)}")
    assert len(told["history"]) == len(corrected.corrections)
    assert told["updated_at"] > told["created_at"]


async def test_a_mark_in_detail_compares_with_the_class(pupil: Diary, world: World) -> None:
    number = (await pupil.payload(f"{WEB}/marks", **WEEK))[0]["id"]
    results = (await pupil.mine(f"{MOBILE}/marks/{number}"))["class_results"]
    counted = sum(row["number_of_students"] for row in results["marks_distributions"])
    assert counted >= results["total_students"] >= 1
    assert (await pupil.ask(f"{WEB}/marks/{number}", student_id=pupil.number)).status_code == 404


async def test_the_mark_of_somebody_else_is_refused(service: Service, pupil: Diary) -> None:
    number = (await pupil.payload(f"{WEB}/marks", **WEEK))[0]["id"]
    other = Diary.of(service, "parent-one", "student-4")
    path = f"{MOBILE}/marks/{number}"
    assert (await other.ask(path, student_id=other.number)).status_code == 403
    gone = f"{MOBILE}/marks/1"
    assert (await pupil.ask(gone, student_id=pupil.number)).status_code == 404


async def test_subjects_have_all_periods_with_averages(pupil: Diary, world: World) -> None:
    subjects = await pupil.payload(f"{WEB}/subject_marks")
    names = [period.name for period in world.periods_of("student-1")]
    for subject in subjects:
        assert [period["title"] for period in subject["periods"]] == names
        assert subject["dynamic"] in ("UP", "DOWN", "NONE")
        for period in subject["periods"]:
            assert Decimal(period["value"]) >= 0
            assert period["count"] == len(period["marks"])
            assert period["start_iso"][5:] == "-".join(period["start"].split(".")[::-1])
            assert isinstance(period["target"]["value"], int)
            assert all(mark["values"] is None for mark in period["marks"])
    closed = [period["fixed_value"] for subject in subjects for period in subject["periods"][:2]]
    assert any(closed)


async def test_an_average_is_weighted_and_leaves_points_and_words_out(pupil: Diary) -> None:
    subjects = await pupil.payload(f"{WEB}/subject_marks")
    algebra = next(item for item in subjects if item["subject_name"] == "Алгебра")
    total = weights = 0
    every = [mark for item in subjects for period in item["periods"] for mark in period["marks"]]
    assert not all(counts(mark) for mark in every)
    marks = algebra["periods"][0]["marks"]
    for mark in marks:
        if mark["value"].isdigit() and counts(mark):
            total += int(mark["value"]) * mark["weight"]
            weights += mark["weight"]
    assert any(mark["weight"] > 1 for mark in marks)
    assert Decimal(algebra["periods"][0]["value"]) == round(Decimal(total) / weights, 2)


async def test_an_aim_is_reached_by_the_marks_that_it_names(pupil: Diary) -> None:
    subjects = await pupil.payload(f"{WEB}/subject_marks")
    algebra = next(item for item in subjects if item["subject_name"] == "Алгебра")
    period = next(item for item in algebra["periods"] if item["target"]["remain"])
    weights = sum(
        mark["weight"] for mark in period["marks"] if mark["value"].isdigit() and counts(mark)
    )
    remain, bound = period["target"]["remain"], Decimal(period["target"]["round"])

    def average(fives: int) -> Decimal:
        return (Decimal(period["value"]) * weights + 5 * fives) / (weights + fives)

    assert average(remain) >= bound - Decimal("0.01")
    assert average(remain - 1) < bound


async def test_one_subject_is_found_by_number_or_by_name(pupil: Diary) -> None:
    subject = (await pupil.payload(f"{WEB}/subject_marks"))[0]
    path = f"{WEB}/subject_marks/for_subject"
    assert await pupil.mine(path, subject_id=subject["subject_id"]) == subject
    assert await pupil.mine(path, subject_name=subject["subject_name"]) == subject
    answer = await pupil.ask(path, student_id=pupil.number, subject_id=1)
    assert answer.status_code == 404


async def test_the_short_list_tells_the_period_of_today(pupil: Diary) -> None:
    rows = await pupil.payload(f"{MOBILE}/subject_marks/short", ceil_after=51)
    assert {row["period"] for row in rows} == {"3 четверть"}
    assert all((row["target"] is None) is (row["fixed_value"] is not None) for row in rows)
