from datetime import datetime

from gateway.sandbox.world import model as m
from tests.plugins.dnevnik_ru.emulator.support import ENTRY, LONE_LESSON, Pupil, Service, get

YEAR = {"startDate": "2025-09-01", "endDate": "2026-05-31"}
WORDS = {
    m.AbsenceReason.ILLNESS: "Ill",
    m.AbsenceReason.EXCUSED: "Pass",
    m.AbsenceReason.UNEXCUSED: "Absent",
    m.AbsenceReason.UNKNOWN: "Absent",
}


def word(item: m.Attendance) -> str:
    if item.kind is m.AttendanceKind.TARDY:
        return "Late"
    if item.kind is m.AttendanceKind.EARLY_DEPARTURE:
        return "Attend"
    return WORDS[item.reason or m.AbsenceReason.UNKNOWN]


async def test_log_entries_tell_absences_and_remarks(service: Service) -> None:
    pupil = Pupil(service)
    client = service.api("parent-two")
    body = await get(client, f"persons/{pupil.person}/lesson-log-entries", **YEAR)
    assert list(body) == ["logEntries", "lessons"]
    assert all(list(item) == ENTRY for item in body["logEntries"])
    assert all(list(item) == LONE_LESSON for item in body["lessons"])
    assert {item["lesson"] for item in body["logEntries"]} == {x["id"] for x in body["lessons"]}
    found = {item["lesson"]: item for item in body["logEntries"]}
    for item in service.world.attendance_of("student-1"):
        entry = found[service.number("lesson", item.lesson_key)]
        assert entry["status"] == word(item)
        assert len(entry["createdDate"].partition(".")[2]) == 6
        moment = datetime.fromisoformat(entry["createdDate"])
        assert moment == item.recorded_at.replace(tzinfo=None)
    remarks = [r for r in service.world.remarks_of("student-1") if r.lesson_key]
    assert remarks
    for remark in remarks:
        assert found[service.number("lesson", remark.lesson_key or "")]["comment"] == remark.text
    assert all(isinstance(item["comment"], str) for item in body["logEntries"])


async def test_log_entries_by_lesson_group_and_subject(service: Service) -> None:
    pupil, client = Pupil(service), service.api("student")
    item = service.world.attendance_of("student-1")[0]
    lesson = service.number("lesson", item.lesson_key)
    whole = await get(client, f"lessons/{lesson}/log-entries")
    own = await get(client, f"lessons/{lesson}/log-entries", person=pupil.person)
    assert [x["person"] for x in own] == [pupil.person]
    assert own[0] in whole
    assert await get(client, f"lesson-log-entries/lesson/{lesson}/person/{pupil.person}") == own[0]
    assert await get(client, "lesson-log-entries", lessons=lesson) == whole
    subject = service.number("subject", item.subject_key)
    span = {"from": "2025-09-01", "to": "2026-05-31"}
    group = await get(client, f"lesson-log-entries/group/{pupil.group}", subject=subject, **span)
    assert own[0] in group
    path = f"lesson-log-entries/person/{pupil.person}/subject/{subject}"
    assert own[0] in await get(client, path, **span)
    statuses = ["Attend", "Absent", "Ill", "Late", "Pass"]
    assert await get(client, "lesson-log-entries/statuses") == statuses
    present = next(
        x
        for x in service.world.lessons_of("student-1")
        if not service.world.attendance_of("student-1", x.date, x.date)
        and not service.world.remarks_of("student-1", x.date, x.date)
    )
    number = service.number("lesson", present.key)
    url = f"/v2/lesson-log-entries/lesson/{number}/person/{pupil.person}"
    assert (await client.get(url)).json()["type"] == "parameterInvalid"


async def test_periods_count_from_zero_and_know_their_holidays(service: Service) -> None:
    pupil, client = Pupil(service), service.api("student")
    body = await get(client, f"edu-groups/{pupil.group}/reporting-periods")
    assert all(
        list(x) == ["id", "id_str", "start", "finish", "number", "type", "name", "year"]
        for x in body
    )
    assert [(x["number"], x["type"]) for x in body] == [(n, "Quarter") for n in range(4)]
    assert [x["start"] for x in body] == [f"{p.starts}T00:00:00" for p in pupil.periods]
    assert [x["finish"] for x in body] == [f"{p.ends}T00:00:00" for p in pupil.periods]
    for spelling in ("reporting-period-group", "reporting-periods-group"):
        group = await get(client, f"edu-groups/{pupil.group}/{spelling}")
        assert list(group) == ["id", "reportingPeriods", "holidays"]
        assert group["reportingPeriods"] == body
        assert list(group["holidays"][0]) == [
            *("id", "reportingPeriodGroupId", "dateStart", "dateFinish", "name", "description")
        ]
    trimesters = service.number("group", service.world.student("student-4").class_key)
    other = await get(service.api("parent-one"), f"edu-groups/{trimesters}/reporting-periods")
    assert {x["type"] for x in other} == {"Trimester"}


async def test_bells_are_pascal_case_with_breaks_numbered_zero(service: Service) -> None:
    pupil, client = Pupil(service), service.api("student")
    body = await get(client, f"edu-groups/{pupil.group}/timetables")
    assert list(body) == ["Name", "Start", "FirstLessonNumber", "Items"]
    assert list(body["Items"][0]) == [
        *("Id", "Start", "Finish", "Name", "Type", "DaysOfWeek", "LessonNumber")
    ]
    bells = service.world.school("school-1").bell_schedules[0].bells
    assert [item["LessonNumber"] for item in body["Items"]] == [
        0 if bell.is_break else bell.number for bell in bells
    ]
    starts = [datetime.fromisoformat(item["Start"]).time() for item in body["Items"]]
    assert starts == [bell.starts for bell in bells]
    schedules = await get(client, f"schools/{pupil.school}/timetables")
    assert [len(item["Items"]) for item in schedules] == [len(bells)] * 2
    parallel = await get(client, f"edu-groups/{pupil.group}/parallel")
    assert [item["id"] for item in parallel] == [pupil.group]


async def test_the_bells_of_another_class_are_closed(service: Service) -> None:
    other = next(
        c
        for c in service.world.classes
        if c.school_key == "school-1" and c.grade_level == 5 and c.year_key == "year-2025"
    )
    url = f"/v2/edu-groups/{service.number('group', other.key)}/timetables"
    assert (await service.api("student").get(url)).json()["type"] == "systemForbidden"


async def test_subjects_and_teachers_of_a_class(service: Service) -> None:
    pupil, client = Pupil(service), service.api("student")
    subjects = await get(client, f"edu-groups/{pupil.group}/subjects")
    wanted = {s.name for s in service.world.subjects_of(pupil.class_key)}
    assert {item["name"] for item in subjects} == wanted
    assert wanted <= {x["name"] for x in await get(client, f"schools/{pupil.school}/subjects")}
    teachers = await get(client, f"edu-groups/{pupil.group}/teachers")
    head = await get(client, f"edu-groups/{pupil.group}/classteacher")
    assert head in teachers
    taught = await get(client, f"persons/{head['id']}/schools/{pupil.school}/edu-groups/teacher")
    assert pupil.group in {item["id"] for item in taught}


async def test_the_feed_goes_back_day_by_day(service: Service) -> None:
    for client, extra in (
        (service.api("student"), {}),
        (service.api("parent-two"), {"childPersonId": str(service.person("student-1"))}),
    ):
        body = await get(client, "users/me/feed", date="2026-02-12", limit="14", **extra)
        assert [day["date"][:10] for day in body["days"]][:2] == ["2026-02-12", "2026-02-11"]
        assert len(body["days"]) == 14
        for day in body["days"]:
            assert list(day) == [
                *("date", "nextWorkingDayDate", "summary", "nextDayHomeworks", "nextDaySchedule"),
                *("todayHomeworks", "todaySchedule", "logEntries"),
            ]
            assert list(day["summary"]) == [
                "importantWorks",
                "marksCards",
                "dayEmotion",
                "feedMode",
            ]
        cards = [card for day in body["days"] for card in day["summary"]["marksCards"]]
        assert cards
        assert list(cards[0]) == [
            *("marks", "lesson", "isImportant", "subjectName", "subjectId", "workTypeName")
        ]
    root = await service.api("student").get("/users/me/feed", params={"date": "2026-02-12"})
    assert root.json()["days"][0]["date"] == "2026-02-12T00:00:00", "one client asks at the root"


async def test_an_upload_becomes_a_task_that_is_done(service: Service) -> None:
    client = service.api("student")
    answer = await client.post(
        "/v2/files/async/upload", files={"file": ("a b.txt", b"text", "text/plain")}
    )
    task = answer.json()["taskId"]
    state = await get(client, f"files/async/upload/{task}")
    assert (state["status"], state["name"], state["size"]) == ("Finished", "a b.txt", 4)
    file = await service.web("student").get(f"/files/{state['fileId']}")
    assert file.content == b"text"
    assert (await client.get("/v2/files/async/upload/1")).json()["type"] == "parameterInvalid"
    assert (await client.post("/v2/files/async/upload", json={})).json()["type"] == "invalidRequest"
    unsigned = await service.browser().post("/v2/files/async/upload", files={"file": ("a", b"b")})
    assert unsigned.status_code == 401
    assert len(service.state.uploads) == 1
