from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from gateway.sandbox.world import model as m
from gateway.sandbox.world.averages import average
from tests.plugins.dnevnik_ru.emulator.support import (
    LESSON,
    MARK,
    WORK,
    WORK_WITH_TASKS,
    Pupil,
    Service,
    get,
    shown_marks,
)

TASK = ["id", "id_str", "person", "person_str", "work", "work_str", "status", "targetDate"]
FILE = [
    *("id", "id_str", "name", "typeGroup", "type", "pageUrl", "downloadUrl", "user"),
    *("size", "vote", "uploadedDate", "storageType"),
]
OWNER = [
    *("id", "id_str", "personId", "personId_str", "shortName"),
    *("locale", "timezone", "sex", "birthday", "roles"),
]
ALL = {"startDate": "2025-09-01", "endDate": "2026-05-31"}
YEAR = "2025-09-01/2026-05-31"


@pytest.fixture
def pupil(service: Service) -> Pupil:
    return Pupil(service)


async def test_homework_comes_with_everything_it_names(service: Service, pupil: Pupil) -> None:
    body = await get(service.api("student"), f"users/me/school/{pupil.school}/homeworks", **ALL)
    assert list(body) == ["works", "subjects", "lessons", "files", "teachers"]
    assert all(list(item) == WORK for item in body["works"])
    assert all(list(item) == LESSON for item in body["lessons"])
    assert all(list(item) == FILE for item in body["files"])
    assert all(list(item["user"]) == OWNER for item in body["files"])
    lessons = {item["id"] for item in body["lessons"]}
    subjects = {item["id"] for item in body["subjects"]}
    files = {item["id"] for item in body["files"]}
    assert {item["lesson"] for item in body["works"]} == lessons
    assert {item["subjectId"] for item in body["works"]} == subjects
    assert {number for item in body["works"] for number in item["files"]} == files
    same = await get(
        service.api("parent-two"), f"persons/{pupil.person}/school/{pupil.school}/homeworks", **ALL
    )
    assert same == body


async def test_the_pupils_own_list_is_closed_to_guardians(service: Service, pupil: Pupil) -> None:
    path = f"/v2/users/me/school/{pupil.school}/homeworks"
    answer = await service.api("parent-two").get(path, params=ALL)
    assert answer.json()["type"] == "ownerForbidden"


async def test_homework_is_asked_by_one_number_or_several(service: Service) -> None:
    items = service.world.homework_of("student-1")[:2]
    numbers = [service.number("work", item.key) for item in items]
    client = service.api("student")
    for params in (
        [("homeworkId", n) for n in numbers],
        {"homeworkId": ",".join(map(str, numbers))},
    ):
        body = (await client.get("/v2/users/me/school/homeworks", params=params)).json()  # type: ignore[arg-type]  # repeated keys
        assert [item["id"] for item in body["works"]] == numbers


async def test_files_are_fetched_by_their_address(service: Service, pupil: Pupil) -> None:
    body = await get(service.api("student"), f"users/me/school/{pupil.school}/homeworks", **ALL)
    file = body["files"][0]
    anybody = service.browser()
    answer = await anybody.get(file["downloadUrl"])
    assert answer.status_code == 200
    assert len(answer.content) == file["size"]
    forged = file["downloadUrl"].replace(
        "/files/" + file["id_str"] + "/", "/files/" + file["id_str"] + "/x"
    )
    assert (await anybody.get(forged)).status_code == 404
    assert (await anybody.get(file["pageUrl"])).status_code == 302, "by number only with cookies"
    by_number = await service.web("student").get(file["pageUrl"])
    assert by_number.content == answer.content
    assert by_number.headers["content-type"] == answer.headers["content-type"]
    stranger = await service.web("parent-one").get(file["pageUrl"])
    assert stranger.status_code == 403


@pytest.mark.parametrize("how", ["json", "data"])
async def test_a_task_is_ticked_off(service: Service, pupil: Pupil, how: str) -> None:
    client = service.api("student")
    path = f"tasks/{pupil.person}/undone"
    undone = await get(client, path)
    assert undone
    assert all(list(item) == TASK for item in undone)
    task = undone[-1]
    kwargs: dict[str, Any] = {how: {"action": "StartWorking"}}
    url = f"/v2/works/{task['work_str']}/persons/{pupil.person}/status"
    answer = await client.post(url, **kwargs)
    assert list(answer.json()) == TASK
    assert answer.json()["status"] == "Completed" != task["status"]
    assert task["id"] not in {item["id"] for item in await get(client, path)}
    assert (await get(client, f"tasks/{task['id_str']}"))["status"] == "Completed"
    lesson = (await get(client, f"works/{task['work_str']}"))["lesson_str"]
    in_lesson = await get(client, f"lessons/{lesson}/tasks")
    assert {t["id"]: t["status"] for t in in_lesson}[task["id"]] == "Completed"
    of_work = await get(client, f"works/{task['work_str']}/tasks", persons=pupil.person)
    assert [item["id"] for item in of_work] == [task["id"]]


async def test_an_unknown_action_and_other_peoples_tasks_are_refused(
    service: Service, pupil: Pupil
) -> None:
    client = service.api("student")
    task = (await get(client, f"tasks/{pupil.person}/undone"))[0]
    url = f"/v2/works/{task['work_str']}/persons/{{}}/status"
    odd = await client.post(url.format(pupil.person), json={"action": "Finish"})
    assert odd.json()["type"] == "parameterInvalid"
    other = await client.post(
        url.format(service.person("student-4")), json={"action": "StartWorking"}
    )
    assert other.json()["type"] == "ownerForbidden"
    assert service.state.done == {}


async def test_tasks_are_paged_and_narrowed(service: Service, pupil: Pupil) -> None:
    client, path = service.api("student"), f"persons/{pupil.person}/tasks"
    ever = await get(client, path, pageSize=1000)
    assert len(ever) == len(service.world.homework_of("student-1"))
    page = await get(client, path, pageNumber=2, pageSize=5)
    assert page == ever[5:10]
    subject = service.number("subject", "subject-russian")
    few = await get(client, path, subject=subject, **{"from": "2026-02-01", "to": "2026-02-28"})
    assert 0 < len(few) < len(ever)
    bad = await client.get(f"/v2/{path}", params={"pageSize": "0"})
    assert bad.json()["type"] == "parameterInvalid"


async def test_a_work_is_asked_by_number_whatever_it_is(service: Service) -> None:
    client, world = service.api("student"), service.world
    homework = world.homework_of("student-1")[0]
    mark = next(
        item for item in shown_marks(service, "student-1") if "homework" not in item.assignment_key
    )
    final = world.finals_of("student-1")[0]
    for key in (homework.key, mark.assignment_key, f"work-of-{final.key}"):
        number = service.number("work", key)
        body = await get(client, f"works/{number}")
        assert list(body) == WORK_WITH_TASKS
        assert body["id"] == number
    many = await client.post("/v2/works/many", json=[service.number("work", homework.key)])
    assert [item["id"] for item in many.json()] == [service.number("work", homework.key)]


async def test_marks_are_the_same_by_every_key(service: Service, pupil: Pupil) -> None:
    client = service.api("student")
    in_school = await get(client, f"persons/{pupil.person}/schools/{pupil.school}/marks/{YEAR}")
    assert all(list(item) == MARK for item in in_school)
    assert len(in_school) == len(shown_marks(service, "student-1"))
    in_group = await get(client, f"persons/{pupil.person}/edu-groups/{pupil.group}/marks/{YEAR}")
    assert in_group == in_school
    mark = in_school[0]
    assert await get(client, f"marks/{mark['id_str']}") == mark
    of_work = await get(client, f"persons/{pupil.person}/works/{mark['work_str']}/marks")
    assert mark in of_work
    of_lesson = await get(client, f"persons/{pupil.person}/lessons/{mark['lesson_str']}/marks")
    assert mark in of_lesson
    assert mark in await get(client, f"works/{mark['work_str']}/marks")
    assert mark in await get(client, f"lessons/{mark['lesson_str']}/marks")
    assert mark in await get(client, f"persons/{pupil.person}/marks/{mark['date'][:10]}")
    day = next(
        x.date
        for x in shown_marks(service, "student-1")
        if service.number("mark", x.key) == mark["id"]
    )
    assert mark in await get(client, f"lessons/{day}/persons/{pupil.person}/marks")
    subject = service.number("subject", "subject-english")
    english = await get(client, f"persons/{pupil.person}/subjects/{subject}/marks/{YEAR}")
    wanted = [x for x in shown_marks(service, "student-1") if x.subject_key == "subject-english"]
    assert len(english) == len(wanted) > 0


async def test_a_path_may_hold_dates_with_blanks(service: Service, pupil: Pupil) -> None:
    path = f"persons/{pupil.person}/schools/{pupil.school}/marks/2026-02-02 00:00:00/2026-2-6"
    body = await get(service.api("student"), path)
    assert len(body) == len(
        [
            m_
            for m_ in shown_marks(service, "student-1")
            if "2026-02-02" <= str(m_.date) <= "2026-02-06"
        ]
    )


async def test_the_class_is_open_and_a_classmates_own_list_is_not(
    service: Service, pupil: Pupil
) -> None:
    client = service.api("student")
    whole = await get(client, f"edu-groups/{pupil.group}/marks/{YEAR}")
    assert len({item["person"] for item in whole}) > 1
    mate = next(item["person"] for item in whole if item["person"] != pupil.person)
    closed = await client.get(f"/v2/persons/{mate}/schools/{pupil.school}/marks/{YEAR}")
    assert closed.json()["type"] == "ownerForbidden"
    work = next(item["work_str"] for item in whole if item["person"] == mate)
    assert await get(client, f"persons/{mate}/works/{work}/marks")
    subject = service.number("subject", "subject-russian")
    narrowed = await get(client, f"edu-groups/{pupil.group}/subjects/{subject}/marks/{YEAR}")
    assert 0 < len(narrowed) < len(whole)
    one = next(item["id_str"] for item in whole if item["person"] == mate)
    assert (await client.get(f"/v2/marks/{one}")).json()["type"] == "ownerForbidden"


async def test_recent_marks_are_the_newest_with_what_they_name(
    service: Service, pupil: Pupil
) -> None:
    client, path = service.api("student"), f"persons/{pupil.person}/group/{pupil.group}/recentmarks"
    body = await get(client, path)
    assert list(body) == [
        *("marks", "criteriabasedmarks", "works", "subjects"),
        *("workTypes", "lessons", "lessonLogEntries"),
    ]
    assert len(body["marks"]) == 10
    dates = [item["date"] for item in body["marks"]]
    assert dates == sorted(dates, reverse=True)
    assert {item["work"] for item in body["marks"]} == {item["id"] for item in body["works"]}
    assert {item["lesson"] for item in body["marks"]} == {item["id"] for item in body["lessons"]}
    assert len((await get(client, path, limit=3))["marks"]) == 3
    since = (await get(client, path, fromDate="2026-02-09", limit=100))["marks"]
    assert all(item["date"] >= "2026-02-09" for item in since)
    bad = await client.get(f"/v2/{path}", params={"limit": "101"})
    assert bad.json()["type"] == "parameterInvalid"


async def test_signs_by_type(service: Service) -> None:
    client = service.api("student")
    body = await get(client, "marks/values")
    assert set(body) == {
        *("mark5", "mark6", "mark7", "mark10", "mark12", "mark100", "markabcdf", "test"),
        *("markoral6band", "markna", "markdismiss", "notset"),
    }
    assert body["mark5"][:3] == ["1-", "1", "1+"]
    assert await get(client, "marks/values/type/mark5") == body["mark5"]
    assert (await client.get("/v2/marks/values/type/x")).json()["type"] == "parameterInvalid"


async def test_histograms_count_the_class(service: Service, pupil: Pupil) -> None:
    client = service.api("student")
    work = (await get(client, f"persons/{pupil.person}/schools/{pupil.school}/marks/{YEAR}"))[0][
        "work_str"
    ]
    whole = await get(client, f"works/{work}/marks")
    body = await get(client, f"works/{work}/marks/histogram")
    counted: Counter[tuple[int, str]] = Counter()
    for row in body["markNumbers"]:
        for item in row["marks"]:
            counted[row["markNumber"], item["value"]] += item["count"]
    assert counted == Counter((item["number"], item["value"]) for item in whole)
    period = service.number("period", pupil.periods[0].key)
    subject = service.number("subject", "subject-russian")
    path = f"periods/{period}/subjects/{subject}/groups/{pupil.group}/marks/histogram"
    works = (await get(client, path))["works"]
    assert works
    assert list(works[0]) == ["workId", "workId_str", "markNumbers"]


async def test_averages_are_those_of_the_world(service: Service, pupil: Pupil) -> None:
    client, period = service.api("student"), pupil.periods[0]
    number = service.number("period", period.key)
    marks = [x for x in shown_marks(service, "student-1") if period.starts <= x.date <= period.ends]
    english = [x for x in marks if x.subject_key == "subject-english"]
    subject = service.number("subject", "subject-english")
    path = f"persons/{pupil.person}/reporting-periods/{number}"
    plain = average(english, weighted=False)
    assert plain is not None
    assert await get(client, f"{path}/subjects/{subject}/avg-mark") == str(plain).replace(".", ",")
    nothing = service.number("subject", "subject-chess")
    assert await get(client, f"{path}/subjects/{nothing}/avg-mark") is None
    assert "," in await get(client, f"{path}/avg-mark")
    between = f"{period.starts}/{period.ends}"
    rows = await get(client, f"edu-groups/{pupil.group}/avg-marks/{between}")
    own = next(row for row in rows if row["person"] == pupil.person)
    assert list(own) == [
        *("group", "group_str", "reportingPeriod", "reportingPeriod_str"),
        *("person", "person_str", "per-subject-averages"),
    ]
    by_subject = {x["subject"]: x["avg-mark-value"] for x in own["per-subject-averages"]}
    assert by_subject[subject] == str(plain).replace(".", ",")
    until = f"edu-groups/{pupil.group}/reporting-periods/{number}/avg-marks/{period.ends}"
    assert await get(client, until) == rows
    weighted = (await get(client, f"edu-groups/{pupil.group}/wa-marks/{between}"))["subjectMarks"]
    row = next(item for item in weighted if item["subject"] == subject)
    value = next(item["value"] for item in row["marks"] if item["person"] == pupil.person)
    assert Decimal(str(value)) == average(english)


async def test_kinds_of_work_carry_the_weights(service: Service, pupil: Pupil) -> None:
    body = await get(service.api("student"), f"work-types/{pupil.school}")
    assert all(
        list(item) == ["id", "id_str", "schoolId", "kindId", "kind", "title", "abbr", "weight"]
        for item in body
    )
    weights = {item["title"]: item["weight"] for item in body}
    for kind in service.world.work_kinds:
        assert weights[kind.name] == kind.weight


async def test_final_marks_come_by_period_and_all_together(service: Service, pupil: Pupil) -> None:
    client = service.api("student")
    last = service.world.classes_of("student-1", service.world.years[1].key)[0]
    past = service.number("group", last.key)
    wanted = [g for g in service.world.finals_of("student-1") if g.class_key == last.key]
    rows = await get(client, f"persons/{pupil.person}/edu-groups/{past}/final-marks")
    assert list(rows[0]) == [
        *("person", "person_str", "group", "group_str", "reportingPeriod"),
        *("reportingPeriod_str", "per-subject-final-marks"),
    ]
    marks = [item["final-mark"] for row in rows for item in row["per-subject-final-marks"]]
    assert all(list(item) == MARK for item in marks)
    assert Counter(item["value"] for item in marks) == Counter(g.text for g in wanted)
    assert None in {row["reportingPeriod"] for row in rows}, "the year has no period"
    together = await get(client, f"persons/{pupil.person}/edu-groups/{past}/allfinalmarks")
    assert list(together) == ["marks", "works", "subjects", "workTypes"]
    works = {item["id"]: item for item in together["works"]}
    assert {item["type"] for item in works.values()} == {"PeriodMark"}
    assert {item["work"] for item in together["marks"]} == set(works)
    kinds = {item["id"]: item["kind"] for item in together["workTypes"]}
    years = [works[x["work"]] for x in together["marks"] if kinds[x["workType"]] == "YearMark"]
    assert {(work["periodType"], work["lesson"]) for work in years} == {("Year", None)}
    assert len(years) == len([g for g in wanted if g.kind is m.GradeKind.YEAR])
    group_wide = await get(client, f"edu-groups/{past}/final-marks")
    assert len({row["person"] for row in group_wide}) > 1
    subject = service.number("subject", "subject-russian")
    few = await get(client, f"edu-groups/{past}/subjects/{subject}/final-marks")
    assert {x["subject"] for row in few for x in row["per-subject-final-marks"]} == {subject}
    assert await get(client, f"edu-group/{past}/criteria-marks-totals") == []
