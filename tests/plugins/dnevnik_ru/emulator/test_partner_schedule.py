from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gateway.sandbox.world import model as m
from tests.plugins.dnevnik_ru.emulator.support import (
    ENTRY,
    LESSON,
    LONE_LESSON,
    MARK,
    SUBJECT,
    WORK,
    WORK_TYPE,
    WORK_WITH_TASKS,
    Service,
    get,
    narrow,
    shown_marks,
)

DAY = [
    *("date", "lessons", "marks", "works", "homeworks", "subjects", "workTypes"),
    *("lessonLogEntries", "teachers", "nextDate"),
]
FIRST, LAST = date(2025, 9, 1), date(2026, 2, 22)
RECENT = date(2026, 1, 12)


async def days(
    service: Service,
    student: str = "student-1",
    slug: str = "student",
    start: date | str = RECENT,
    end: date | str = LAST,
) -> list[dict[str, Any]]:
    group = service.number("group", service.world.student(student).class_key)
    path = f"persons/{service.person(student)}/groups/{group}/schedules"
    body = await get(service.api(slug), path, startDate=str(start), endDate=str(end))
    assert list(body) == ["days"]
    found: list[dict[str, Any]] = body["days"]
    return found


async def test_every_object_of_a_day_has_its_keys_in_order(service: Service) -> None:
    found = await days(service)
    assert len(found) == (LAST - RECENT).days + 1
    for day in found:
        assert list(day) == DAY
        assert all(list(item) == LESSON for item in day["lessons"])
        assert all(list(item) == MARK for item in day["marks"])
        assert all(list(item) == WORK for item in (*day["works"], *day["homeworks"]))
        assert all(list(i) == ["id", "name", "knowledgeAreaId"] for i in day["subjects"])
        assert all(list(item) == WORK_TYPE for item in day["workTypes"])
        assert all(list(item) == ENTRY for item in day["lessonLogEntries"])
        assert all(list(item) == ["person", "role"] for item in day["teachers"])
        assert day["date"] < day["nextDate"]
    assert any(day["lessons"] for day in found)
    assert any(day["lessonLogEntries"] for day in found)


async def test_a_day_is_closed_under_its_own_numbers(service: Service) -> None:
    for day in await days(service):
        lessons = {item["id"]: item for item in day["lessons"]}
        works = {item["id"]: item for item in (*day["works"], *day["homeworks"])}
        subjects = {item["id"] for item in day["subjects"]}
        teachers = {item["person"]["id"] for item in day["teachers"]}
        kinds = {item["id"] for item in day["workTypes"]}
        assert {number for item in lessons.values() for number in item["works"]} == set(works)
        assert {item["work"] for item in day["marks"]} <= set(works)
        assert {item["lesson"] for item in day["marks"]} <= set(lessons)
        assert {item["lesson"] for item in works.values()} <= set(lessons)
        assert {item["workType"] for item in works.values()} <= kinds
        assert {item["subjectId"] for item in works.values()} <= subjects
        assert {item["subjectId"] for item in lessons.values()} <= subjects
        assert {number for item in lessons.values() for number in item["teachers"]} == teachers
        assert {item["lesson"] for item in day["lessonLogEntries"]} <= set(lessons)


async def test_lessons_tell_the_truth_of_the_world(service: Service) -> None:
    world = service.world
    found = {
        item["id"]: item for day in await days(service, start=FIRST) for item in day["lessons"]
    }
    lessons = world.lessons_of("student-1", FIRST, LAST)
    assert len(found) == len(lessons)
    for lesson in lessons:
        body = found[service.number("lesson", lesson.key)]
        assert body["title"] == (lesson.topic or "")
        assert body["date"] == f"{lesson.date}T00:00:00"
        assert body["number"] == (lesson.number or 0)
        assert body["hours"] == f"{lesson.starts_at:%H:%M} - {lesson.ends_at:%H:%M}"
        assert (body["place"], body["building"]) == (lesson.room or "", lesson.building or "")
        assert body["subjectId"] == service.number("subject", lesson.subject_key)
        held = {m.LessonStatus.HELD: "Initialised", m.LessonStatus.PLANNED: "NotInitialised"}
        assert body["status"] == held.get(lesson.status, body["status"])
        assert (body["status"] in held.values()) is (lesson.status in held)


@pytest.mark.parametrize(
    "student, slug", [("student-1", "parent-two"), ("student-3", "parent-two")]
)
async def test_marks_tell_the_truth_of_the_world(service: Service, student: str, slug: str) -> None:
    shown = await days(service, student, slug, FIRST)
    found = {item["id"]: item for day in shown for item in day["marks"]}
    wanted = shown_marks(service, student)
    assert len(found) == len(wanted) > 50
    for mark in wanted:
        body = found[service.number("mark", mark.key)]
        assert body["value"] == body["textValue"] == mark.text
        assert datetime.fromisoformat(body["date"]) == mark.given_at.replace(tzinfo=None)
        assert len(body["date"].partition(".")[2]) == 6
        assert body["number"] == mark.cell_index
        assert body["use_avg_calc"] is mark.counts
    double = [mark for mark in wanted if mark.cell_size == 2]
    cell = [found[service.number("mark", mark.key)]["work"] for mark in double[:2]]
    assert cell[0] == cell[1]


async def test_moods_follow_the_mark(service: Service) -> None:
    shown = await days(service, start=FIRST)
    moods = {(item["value"], item["mood"]) for day in shown for item in day["marks"]}
    assert {("5", "Good"), ("4", "Good"), ("3", "Average"), ("2", "Bad")} <= moods
    assert ("н/а", "NotSet") in moods


async def test_homework_hangs_on_the_lesson_it_is_due_at(service: Service) -> None:
    works = {w["id"]: w for day in await days(service, start=FIRST) for w in day["homeworks"]}
    wanted = service.world.homework_of("student-1", FIRST, LAST)
    assert len(works) == len(wanted) > 30
    for item in wanted:
        body = works[service.number("work", item.key)]
        assert body["type"] == "Homework"
        assert body["lesson"] == service.number("lesson", item.due_lesson_key)
        assert body["targetDate"] == f"{item.due_on}T00:00:00"
        assert body["sentDate"].startswith(str(item.given_on))
        assert len(body["files"]) == len(item.attachments)
    texts = [work["text"] for work in works.values()]
    assert any("&lt;" in text or "&amp;" in text for text in texts), "entities are not decoded"
    assert not any("<" in text for text in texts)


async def test_a_planned_control_work_keeps_its_number_when_it_is_written(service: Service) -> None:
    planned = [
        lesson
        for lesson in service.world.lessons_of("student-1", LAST - timedelta(days=9), LAST)
        if lesson.is_control and lesson.status is m.LessonStatus.PLANNED
    ]
    assert planned
    found = {
        w["lesson"]: w for day in await days(service) for w in day["works"] if w["isImportant"]
    }
    for lesson in planned:
        body = found[service.number("lesson", lesson.key)]
        assert body["type"] == "LessonTestWork"
        key = f"assignment-{lesson.key.removeprefix('lesson-')}-control"
        assert body["id"] == service.number("work", key)


@pytest.mark.parametrize(
    "first, last",
    [
        ("2026-02-09", "2026-02-10"),
        ("2026-2-9", "2026-2-10"),
        ("2026-02-09T00:00:00", "2026-02-10T23:59:59"),
        ("2026-2-9T0:0:0", "2026-2-10T0:0:0"),
        ("2026-02-09 00:00:00", "2026-02-10 23:59:59.999999"),
    ],
)
async def test_ranges_are_read_in_every_spelling(service: Service, first: str, last: str) -> None:
    found = await days(service, start=first, end=last)
    assert [day["date"][:10] for day in found] == ["2026-02-09", "2026-02-10"]


async def test_teachers_have_six_keys_or_nine_by_scope(service: Service) -> None:
    group = service.number("group", service.world.student("student-1").class_key)
    path = f"persons/{service.person('student-1')}/groups/{group}/schedules"
    week = {"startDate": "2026-02-09", "endDate": "2026-02-13"}
    for client, count in ((await narrow(service, "student"), 6), (service.api("student"), 9)):
        body = await get(client, path, **week)
        assert {len(t["person"]) for day in body["days"] for t in day["teachers"]} == {count}


async def test_a_subgroup_shows_its_own_lessons_alone(service: Service) -> None:
    student = service.world.student("student-1")
    part = next(key for key in student.group_keys if "english" in key)
    path = f"persons/{service.person('student-1')}/groups/{service.number('group', part)}/schedules"
    body = await get(service.api("student"), path, startDate="2026-02-09", endDate="2026-02-13")
    subjects = {item["name"] for day in body["days"] for item in day["subjects"]}
    assert subjects == {service.world.subject("subject-english").name}


async def test_an_additional_school_has_a_diary_of_its_own(service: Service) -> None:
    places = service.world.places_of("student-2")
    group = service.number("group", places[1].class_key)
    path = f"persons/{service.person('student-2')}/groups/{group}/schedules"
    body = await get(
        service.api("student-two-schools"), path, startDate="2026-02-09", endDate="2026-02-13"
    )
    lessons = service.world.lessons_of_class(
        places[1].class_key, date(2026, 2, 9), date(2026, 2, 13)
    )
    assert sum(len(day["lessons"]) for day in body["days"]) == len(lessons) > 0


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"startDate": "soon", "endDate": "2026-02-10"},
        {"startDate": "2026-02-10", "endDate": "2026-02-09"},
        {"startDate": "2020-01-01", "endDate": "2026-02-09"},
    ],
)
async def test_a_bad_range_is_an_invalid_parameter(
    service: Service, params: dict[str, str]
) -> None:
    group = service.number("group", service.world.student("student-1").class_key)
    path = f"/v2/persons/{service.person('student-1')}/groups/{group}/schedules"
    answer = await service.api("student").get(path, params=params)
    assert (answer.status_code, answer.json()["type"]) == (404, "parameterInvalid")


async def test_other_peoples_diaries_are_closed(service: Service) -> None:
    client = service.api("student")
    mate = next(
        key
        for key in service.world.class_group(
            service.world.student("student-1").class_key
        ).student_keys
        if key != "student-1"
    )
    group = service.number("group", service.world.student("student-1").class_key)
    week = {"startDate": "2026-02-09", "endDate": "2026-02-10"}
    for key in (mate, "student-4"):
        path = f"/v2/persons/{service.person(key)}/groups/{group}/schedules"
        answer = await client.get(path, params=week)
        assert (answer.status_code, answer.json()["type"]) == (403, "ownerForbidden")
    foreign = service.number("group", service.world.student("student-4").class_key)
    path = f"/v2/persons/{service.person('student-1')}/groups/{foreign}/schedules"
    answer = await client.get(path, params=week)
    assert answer.json()["type"] == "systemForbidden"


async def test_lessons_by_themselves_have_works_with_tasks(service: Service) -> None:
    client = service.api("student")
    group = service.number("group", service.world.student("student-1").class_key)
    body = await get(client, f"edu-groups/{group}/lessons/2026-02-02/2026-02-06T23:59:59")
    assert all(list(item) == LONE_LESSON for item in body)
    assert all(list(item["subject"]) == SUBJECT for item in body)
    works = [work for item in body for work in item["works"]]
    assert all(list(work) == WORK_WITH_TASKS for work in works)
    tasks = [task for work in works for task in work["tasks"]]
    assert tasks
    assert {task["person"] for task in tasks} == {service.person("student-1")}
    one = body[0]
    assert await get(client, f"lessons/{one['id_str']}") == one
    subject = one["subject"]["id_str"]
    narrowed = await get(
        client, f"edu-groups/{group}/subjects/{subject}/lessons/2026-02-02/2026-02-06"
    )
    assert narrowed == [item for item in body if item["subject"]["id_str"] == subject]


async def test_many_lessons_are_asked_with_every_kind_of_body(service: Service) -> None:
    client = service.api("student")
    keys = [item.key for item in service.world.lessons_of("student-1")[:2]]
    numbers = [service.number("lesson", key) for key in keys]
    bodies: list[dict[str, Any]] = [
        {"json": numbers},
        {"json": [str(number) for number in numbers]},
        {"json": {"lessons": numbers}},
        {"data": {"lessons": numbers}},
    ]
    for body in bodies:
        answer = await client.post("/v2/lessons/many", **body)
        assert [item["id"] for item in answer.json()] == numbers
        marks = await client.post("/v2/lessons/marks", **body)
        assert {item["lesson"] for item in marks.json()} <= set(numbers)
    broken = await client.post(
        "/v2/lessons/many", content=b"[1,", headers={"Content-Type": "application/json"}
    )
    assert (broken.status_code, broken.json()["type"]) == (400, "invalidRequest")
