"""The one data call with its oddities."""

from datetime import date, timedelta

import pytest

from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.myschool.records.lessons import is_shown
from gateway_gosuslugi.emulator.numbers import student_id

DATAMART = "/api/myschool/v1/datamart"
STUDENT = "student-1"
MONDAY = date(2025, 11, 17)


def query(obj_type, interval, student=STUDENT, **more):
    return {
        "obj_type": obj_type,
        "student_id": student_id(student),
        "interval_id": interval,
        **more,
    }


def week(day):
    return f"{day.isocalendar().week}{day.isocalendar().year}"


async def asked(client, *queries):
    """The items by type and interval, asked until they are ready and nothing fails."""
    for _ in range(5):
        answer = await client.post(DATAMART, json=list(queries))
        if answer.status_code == 202:
            continue
        items = {(one["obj_type"], one["interval_id"]): one for one in answer.json()}
        wanted = [items[one["obj_type"], one["interval_id"]] for one in queries]
        if all(one["data_status"] != "error" for one in wanted):
            return items
    raise AssertionError("the answer does not get ready")


async def test_lessons_of_a_week_are_those_that_are_held(parent, world):
    items = await asked(parent, query("student_lessons", week(MONDAY)))
    told = items["student_lessons", week(MONDAY)]["data"]
    student = world.student(STUDENT)
    held = [
        item
        for item in world.lessons_of(STUDENT, MONDAY, MONDAY + timedelta(days=6))
        if is_shown(student, item)
    ]
    starts = sorted(f"{item.starts_at:%Y-%m-%d %H:%M:%S}.0" for item in held)
    assert sorted(item["start_datetime"] for item in told) == starts
    assert all("number" not in item for item in told)


async def test_absences_stand_on_their_lessons_in_the_services_own_spelling(parent, world):
    start = date(2025, 9, 1)
    weeks = [week(start + timedelta(weeks=number)) for number in range(12)]
    items = await asked(parent, *(query("student_lessons", key) for key in weeks))
    codes = [
        one["type_code"]
        for (_, interval), item in items.items()
        if interval in weeks
        for one in item["data"]
        if one["type_code"]
    ]
    missed = [
        item
        for item in world.attendance_of(STUDENT)
        if item.kind is m.AttendanceKind.ABSENT
        and is_shown(world.student(STUDENT), world.lesson(item.lesson_key))
    ]
    assert len(codes) == len(missed) > 0
    assert set(codes) <= {"allowded", "notallowded"}


async def test_marks_stand_under_the_week_of_their_entry(parent, world):
    start = date(2025, 9, 1)
    weeks = [start + timedelta(weeks=number) for number in range(12)]
    items = await asked(parent, *(query("student_marks", week(day)) for day in weeks))
    late = 0
    for monday in weeks:
        for one in items["student_marks", week(monday)]["data"]:
            entered = date.fromisoformat(one["create_datetime"][:10])
            next_monday = monday + timedelta(days=7)
            assert monday <= entered <= next_monday
            late += date.fromisoformat(one["mark_date"]) < monday
    assert late > 0
    told = [one for item in items.values() for one in item["data"]]
    assert any("," in one["weight"] for one in told)
    assert any(one["mark_value2"] for one in told)


async def test_homework_stands_under_the_week_of_its_issue_and_may_name_no_subject(parent):
    start = date(2025, 9, 1)
    weeks = [start + timedelta(weeks=number) for number in range(12)]
    items = await asked(parent, *(query("student_homeworks_materials", week(day)) for day in weeks))
    told = [
        (monday, one)
        for monday in weeks
        for one in items["student_homeworks_materials", week(monday)]["data"]
    ]
    assert all(
        monday <= date.fromisoformat(one["issue_date"]) < monday + timedelta(days=7)
        for monday, one in told
    )
    assert any(one["subject_name"] == "" for _, one in told)
    assert any(one["materials"] for _, one in told)


async def test_periods_of_a_year_come_twice(parent, world):
    items = await asked(parent, query("student_classes", "2025"))
    (place,) = items["student_classes", "2025"]["data"]
    spans = [(one["period_start_date"], one["period_end_date"]) for one in place["periods"]]
    assert len(spans) > len(set(spans)) == len(world.periods_of(STUDENT))


async def test_who_sends_a_hash_is_told_what_changed_or_that_nothing_did(parent):
    weeks = [week(MONDAY - timedelta(weeks=number)) for number in range(12)]
    first = await asked(parent, *(query("student_marks", key) for key in weeks))
    again = await asked(
        parent,
        *(query("student_marks", key, hash=first["student_marks", key]["hash"]) for key in weeks),
    )
    statuses = set()
    for key in weeks:
        before, after = first["student_marks", key], again["student_marks", key]
        statuses.add(after["data_status"])
        if after["data_status"] == "delta":
            assert after["prev_hash"] == before["hash"]
            assert all(one["obj_id"] for one in after["data"])
    assert statuses == {"actual", "delta"}


async def test_who_sends_an_unknown_hash_is_told_everything(parent):
    items = await asked(parent, query("student_marks", week(MONDAY), hash="unknown"))
    assert items["student_marks", week(MONDAY)]["data_status"] == "snapshot"


async def test_some_answers_are_not_ready_at_first_and_some_items_fail_once(parent):
    weeks = [week(date(2025, 9, 1) + timedelta(weeks=number)) for number in range(30)]
    late = failed = 0
    for key in weeks:
        body = [query("student_lessons", key)]
        answer = await parent.post(DATAMART, json=body)
        late += answer.status_code == 202
        if answer.status_code == 202:
            answer = await parent.post(DATAMART, json=body)
        failed += any(one["data_status"] == "error" for one in answer.json())
        answer = await parent.post(DATAMART, json=body)
        assert all(one["data_status"] != "error" for one in answer.json())
    assert late > 0
    assert failed > 0


async def test_neighbours_come_unasked_and_order_means_nothing(parent):
    weeks = [week(date(2025, 9, 1) + timedelta(weeks=number)) for number in range(12)]
    answer = await parent.post(DATAMART, json=[query("student_lessons", key) for key in weeks])
    if answer.status_code == 202:
        answer = await parent.post(DATAMART, json=[query("student_lessons", key) for key in weeks])
    told = [one["interval_id"] for one in answer.json()]
    assert len(told) > len(weeks)
    assert [key for key in told if key in weeks] != weeks


@pytest.mark.parametrize(
    "wrong",
    [
        query("student_lessons", "0472025"),
        query("student_lessons", "2025"),
        query("student_classes", "472025"),
        query("no_such_type", "472025"),
        query("student_lessons", "472025", "student-4"),
    ],
    ids=["padded", "year", "week", "type", "somebody else's"],
)
async def test_what_there_is_not_fails_alone(parent, wrong):
    good = query("student_classes", "2025")
    for _ in range(2):
        answer = await parent.post(DATAMART, json=[wrong, good])
    statuses = {one["obj_type"] + one["interval_id"]: one["data_status"] for one in answer.json()}
    assert statuses[wrong["obj_type"] + wrong["interval_id"]] == "error"
    assert statuses[good["obj_type"] + good["interval_id"]] == "snapshot"


@pytest.mark.parametrize("body", ["{}", "[]", "[1]", "not json", "[" + "{}," * 60 + "{}]"])
async def test_what_is_no_list_of_queries_is_refused(parent, body):
    answer = await parent.post(DATAMART, content=body, headers={"content-type": "application/json"})
    if answer.status_code == 202:
        answer = await parent.post(
            DATAMART, content=body, headers={"content-type": "application/json"}
        )
    assert answer.status_code == 400


async def test_a_tick_reaches_the_diary(parent, world, state):
    items = await asked(parent, query("student_homeworks_materials", week(MONDAY)))
    one = items["student_homeworks_materials", week(MONDAY)]["data"][0]
    body = {
        "student_id": student_id(STUDENT),
        "homeworks": [{"homeworks_id": one["homeworks_id"], "is_done": True}],
    }
    assert (await parent.post("/api/myschool/v1/homework", json=body)).status_code == 200
    assert [key[0] for key, done in state.done.items() if done] == [STUDENT]


async def test_a_child_of_others_cannot_be_declared(parent):
    body = {"student_id": student_id("student-4"), "region": "38"}
    answer = await parent.post("/api/myschool/v1/datamart/welcome", json=body)
    assert answer.status_code == 400
