from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gateway.sandbox.world import model as m
from gateway.sandbox.world.averages import average
from tests.plugins.dnevnik_ru.emulator.support import Pupil, Service, shown_marks

VERSIONS = ("v2", "v4", "v5", "v6.0", "v7.0", "v8.5", "v8.6", "v10.0")
ENVELOPE = ["type", "description", "mobileSubscriptionStatus"]
LESSON = [
    *("id", "number", "place", "startDateTime", "endDateTime", "isCanceled", "theme", "subject"),
    *("importantWorks", "homework", "hasAttachment", "workMarks", "isEmpty", "comment"),
    *("teacher", "group"),
]
MONDAY = date(2026, 2, 9)


async def get(service: Service, slug: str, path: str, version: str = "v8.5", **params: Any) -> Any:
    answer = await service.api(slug).get(f"/mobile/{version}/{path}", params=params)
    assert answer.status_code == 200
    body = answer.json()
    assert list(body)[:3] == ENVELOPE
    assert body["type"] == "Success", body
    return body


@pytest.fixture
def pupil(service: Service) -> Pupil:
    return Pupil(service)


@pytest.mark.parametrize("version", VERSIONS)
async def test_the_context_names_every_child_in_every_version(
    service: Service, version: str
) -> None:
    user = service.number("user", "account-parent-two")
    body = await get(service, "parent-two", f"users/{user}/context", version)
    assert list(body["info"]) == [
        *("sex", "userId", "personId", "firstName", "middleName", "lastName", "avatarUrl"),
        "currentCultureCode",
    ]
    assert body["mobileSubscriptionStatus"] == "Active"
    persons = body["contextPersons"]
    assert [item["personId"] for item in persons] == [
        service.person("student-1"),
        service.person("student-3"),
    ]
    group = persons[0]["reportingPeriodGroup"]
    assert isinstance(group["id"], int)
    assert group["type"] == "Quarter"
    periods = group["periods"]
    assert list(periods[0]) == [
        *("id", "number", "type", "dateStart", "dateFinish", "studyYear", "isCurrent")
    ]
    assert [item["number"] for item in periods] == [0, 1, 2, 3]
    assert [item["isCurrent"] for item in periods] == [False, False, True, False]
    first = service.world.periods_of("student-1")[0]
    start = periods[0]["dateStart"]
    if int(version[1:].partition(".")[0]) < 8:
        assert datetime.fromtimestamp(start, UTC).date() == first.starts
    else:
        assert start == f"{first.starts}T00:00:00+00:00"


async def test_a_pupil_of_two_schools_stands_there_twice(service: Service) -> None:
    user = service.number("user", "account-student-two-schools")
    body = await get(service, "student-two-schools", f"users/{user}/context")
    assert [item["school"]["type"] for item in body["contextPersons"]] == ["Regular", "Additional"]


@pytest.mark.parametrize(
    "params, mondays",
    [
        ({}, [0, 1]),
        ({"id": ""}, [0, 1]),
        ({"id": "2026-02-09"}, [0]),
        ({"id": "2026-02-11", "loadType": "Undefined"}, [0]),
        ({"id": "2026-02-09", "loadType": "Future"}, [1, 2]),
        ({"id": "2026-02-09", "loadType": "Past"}, [-2, -1]),
    ],
)
async def test_the_diary_comes_by_weeks(
    service: Service, pupil: Pupil, params: dict[str, str], mondays: list[int]
) -> None:
    short = f"persons/{pupil.person}/groups/{pupil.group}/diary"
    long = f"persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/diary"
    body = await get(service, "student", long, "v8.6", **params)
    wanted = [str(MONDAY + timedelta(weeks=number)) for number in mondays]
    assert [week["id"] for week in body["weeks"]] == wanted
    assert await get(service, "student", short, "v10.0", **params) == body


async def test_days_are_named_otherwise_in_older_versions(service: Service, pupil: Pupil) -> None:
    path = f"persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/diary"
    old = (await get(service, "student", path, "v6.0", id=str(MONDAY)))["weeks"][0]
    new = (await get(service, "student", path, "v8.6", id=str(MONDAY)))["weeks"][0]
    assert list(old) == [*("id", "homeworksCount", "firstWeekDayDate", "lastWeekDayDate", "days")]
    assert old["firstWeekDayDate"] == "2026-02-09"
    assert new["firstWeekDayDate"] == "2026-02-09T00:00:00+00:00"
    assert [day["date"] for day in old["days"]] == [
        str(MONDAY + timedelta(days=n)) for n in range(6)
    ]
    assert [day["dateTime"][:10] for day in new["days"]] == [day["date"] for day in old["days"]]
    assert new["days"][0]["lessons"][0]["id"] == old["days"][0]["lessons"][0]["id"]
    assert list(new["days"][0]) == [
        *("dateTime", "hasImportantWork", "dayHomeworksProgress", "lessons"),
        "messengerEntryPoint",
    ]


async def test_the_diary_tells_the_truth_of_the_world(service: Service, pupil: Pupil) -> None:
    world = service.world
    path = f"persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/diary"
    marks: dict[int, str] = {}
    seen = 0
    for number in range(1, 24):
        monday = MONDAY - timedelta(weeks=number)
        week = (await get(service, "student", path, "v6.0", id=str(monday)))["weeks"][0]
        found = {item["id"]: item for day in week["days"] for item in day["lessons"]}
        lessons = world.lessons_of("student-1", monday, monday + timedelta(days=6))
        assert len(found) == len(lessons)
        for lesson in lessons:
            body = found[service.number("lesson", lesson.key)]
            assert list(body) == LESSON
            assert body["startDateTime"] == f"{lesson.starts_at:%Y-%m-%dT%H:%M:%S}"
            gone = lesson.status in (m.LessonStatus.CANCELLED, m.LessonStatus.MOVED)
            assert body["isCanceled"] is gone
            assert body["theme"] == (lesson.topic or "")
            assert body["group"]["id"] == service.number(
                "group", lesson.group_key or lesson.class_key
            )
            due = [
                item
                for item in world.homework_of("student-1", lesson.date, lesson.date)
                if item.due_lesson_key == lesson.key
            ]
            assert (body["homework"] is not None) is bool(due)
            if due:
                done = all(service.state.is_done("student-1", item.key) for item in due)
                assert body["homework"]["isCompleted"] is done
                assert len(body["homework"]["attachments"]) == sum(len(i.attachments) for i in due)
            for work in body["workMarks"]:
                marks |= {mark["id"]: mark["value"] for mark in work["marks"]}
            remarks = [r for r in world.remarks_of("student-1") if r.lesson_key == lesson.key]
            assert (
                [body["comment"]["text"]] == [remarks[0].text] if remarks else not body["comment"]
            )
            seen += 1
    assert seen > 300
    wanted = {
        service.number("mark", mark.key): mark.text
        for mark in shown_marks(service, "student-1")
        if mark.date < MONDAY
    }
    assert marks == wanted


async def test_a_ticked_homework_shows_in_the_diary(service: Service, pupil: Pupil) -> None:
    item = next(
        item
        for item in service.world.homework_of("student-1", MONDAY, MONDAY + timedelta(days=6))
        if not service.state.is_done("student-1", item.key)
    )
    work = service.number("work", item.key)
    await service.api("student").post(
        f"/v2/works/{work}/persons/{pupil.person}/status", json={"action": "StartWorking"}
    )
    for other in service.world.homework_of("student-1", item.due_on, item.due_on):
        service.state.set_done("student-1", other.key, done=True)
    path = f"persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/diary"
    week = (await get(service, "student", path, "v6.0", id=str(MONDAY)))["weeks"][0]
    day = next(day for day in week["days"] if day["date"] == str(item.due_on))
    progress = day["dayHomeworksProgress"]
    assert (
        progress["completedLessonsWithHomeworksCount"]
        == progress["totalLessonsWithHomeworksCount"]
        > 0
    )


async def test_a_lesson_in_full(service: Service, pupil: Pupil) -> None:
    mark = shown_marks(service, "student-1")[-1]
    lesson = service.world.lesson(mark.lesson_key)
    number = service.number("lesson", lesson.key)
    path = f"persons/{pupil.person}/groups/{pupil.group}/lessons/{number}/lessonDetails"
    body = await get(service, "student", path)
    assert list(body)[3:] == [
        *("status", "subject", "startTime", "endTime", "hours", "number", "place", "theme"),
        *("teacher", "importantWorks", "averageMarks", "summativeMarks", "forecastText"),
        *("lessonDetailsMarks", "homework", "attachments", "comment", "lessonDescription"),
    ]
    assert body["startTime"] == int(lesson.starts_at.timestamp())
    assert body["hours"]["startHour"] == f"{lesson.starts_at:%H}"
    assert body["teacher"]["jid"].endswith("@xmpp.dnevnik.ru")
    values = [item["value"] for work in body["lessonDetailsMarks"] for item in work["marks"]]
    assert mark.text in values


@pytest.mark.parametrize("version, kind", [("v6.0", str), ("v8.5", float)])
async def test_marks_of_a_period_have_averages_as_text_or_numbers(
    service: Service, pupil: Pupil, version: str, kind: type
) -> None:
    period = pupil.periods[0]
    number = service.number("period", period.key)
    path = f"persons/{pupil.person}/groups/{pupil.group}/periods/{number}/periodMarks"
    body = await get(service, "parent-two", path, version)
    assert body["periodNumber"] == 0
    assert body["rating"]["rankingPlaces"]
    rows = {row["subject"]["name"]: row for row in body["periodMarks"]}
    english = rows[service.world.subject("subject-english").name]
    assert list(english) == [
        *("subject", "averageMarks", "summativeMarks", "recentMarks", "finalMark", "rankingPlace")
    ]
    marks = [
        mark
        for mark in shown_marks(service, "student-1")
        if mark.subject_key == "subject-english" and period.starts <= mark.date <= period.ends
    ]
    averages = english["averageMarks"]
    assert type(averages["averageMark"]) is kind
    assert Decimal(str(averages["averageMark"])) == average(marks, weighted=False)
    assert Decimal(str(averages["weightedAverageMark"])) == average(marks)
    values = [mark["value"] for cell in english["recentMarks"] for mark in cell["marks"]]
    assert sorted(values) == sorted(mark.text for mark in marks)
    final = next(
        grade
        for grade in service.world.finals_of("student-1")
        if grade.period_key == period.key and grade.subject_key == "subject-english"
    )
    assert english["finalMark"]["marks"][0]["value"] == final.text
    assert isinstance(english["recentMarks"][0]["date"], int if kind is str else str)


async def test_ranking_is_sold_in_newer_versions(service: Service, pupil: Pupil) -> None:
    path = f"persons/{pupil.person}/groups/{pupil.group}/rating"
    ranks = [
        rank
        for rank in service.world.ranks_of("student-1")
        if rank.subject_key is None and rank.on == service.world.today
    ]
    paid = await get(service, "parent-two", path)
    own = next(row for row in paid["rating"]["rankingPlaces"] if row["isContextUser"])
    assert (own["place"], own["averageMark"]) == (ranks[0].place, float(ranks[0].average))
    assert "metadata" not in paid["rating"]
    assert paid["subjectTop"]["subjects"]
    unpaid = await get(service, "student", path)
    assert unpaid["mobileSubscriptionStatus"] == "NotActive"
    assert unpaid["rating"]["metadata"] == {"isRestricted": True}
    assert {row["averageMark"] for row in unpaid["rating"]["rankingPlaces"]} == {None}
    old = await get(service, "student", path, "v6.0")
    assert next(r for r in old["rating"]["rankingPlaces"] if r["isContextUser"])["place"]


async def test_a_look_at_a_subject_and_at_a_mark(service: Service, pupil: Pupil) -> None:
    mark = shown_marks(service, "student-1")[-1]
    period = next(p for p in pupil.periods if p.starts <= mark.date <= p.ends)
    subject = service.number("subject", mark.subject_key)
    base = f"persons/{pupil.person}/groups/{pupil.group}"
    path = (
        f"{base}/subjects/{subject}/periods/{service.number('period', period.key)}/subjectDetails"
    )
    old = await get(service, "student", path, "v6.0")
    new = await get(service, "student", path)
    assert isinstance(old["marks"][0]["date"], int)
    assert datetime.fromisoformat(new["recentMarks"]["marks"][0]["date"]).tzinfo is not None
    assert list(old["marks"][0]) == [
        *("categories", "date", "subject", "markType", "criteriaMarkType", "markTypeText"),
        *("shortMarkTypeText", "lesson", "isNew", "isFinal", "isImportant", "marks", "indicator"),
    ]
    number = service.number("mark", mark.key)
    details = await get(service, "student", f"{base}/marks/{number}/markDetails")
    assert details["lessonId"] == service.number("lesson", mark.lesson_key)
    assert number in {item["id"] for item in details["markDetails"]["marks"]}
    assert sum(row["percent"] for row in details["categories"]) == pytest.approx(100, abs=0.5)
    assert list(details["categories"][0]) == [
        *("mood", "percent", "studentCount", "markNumber", "value")
    ]
    stranger = await service.api("student").get(f"/mobile/v8.5/{base}/marks/1/markDetails")
    assert stranger.json()["type"] == "parameterInvalid"


async def test_final_marks_of_a_past_year(service: Service, pupil: Pupil) -> None:
    last = service.world.classes_of("student-1", service.world.years[1].key)[0]
    group = service.number("group", last.key)
    body = await get(service, "student", f"persons/{pupil.person}/groups/{group}/finalMarks")
    grades = [g for g in service.world.finals_of("student-1") if g.class_key == last.key]
    values = [
        mark["value"]
        for row in body["finalMarks"]
        for part in (*row["periodMarks"], *row["periodFinalMarks"])
        for mark in part["marks"]
    ]
    assert sorted(values) == sorted(grade.text for grade in grades)
    assert all(isinstance(row["itemId"], int) for row in body["finalMarks"])
    words = {part["workType"] for row in body["finalMarks"] for part in row["periodFinalMarks"]}
    assert "YearMark" in words


async def test_the_start_page_in_two_shapes(service: Service, pupil: Pupil) -> None:
    path = f"persons/{pupil.person}/groups/{pupil.group}/important"
    old = await get(service, "student", path, "v6.0")
    new = await get(service, "student", path)
    assert list(old)[3:] == [
        *("schedule", "recentMarks", "homeworksProgress", "childLocationInfo", "feed", "rating")
    ]
    assert "ratingFeedWidget" in new
    assert "rating" not in new
    assert set(new["recentMarks"][0]) == {"type", "content", "metadata"}
    assert new["recentMarks"][0]["content"]["marks"] == old["recentMarks"][0]["marks"]
    assert {item["type"] for item in new["feed"]} <= {
        *("Banner", "ImportantWork", "AskTeacher", "WeekSummary", "Post")
    }, "an unknown type breaks a client"
    assert isinstance(old["schedule"]["nextLessonDate"], int)
    assert date.fromisoformat(new["schedule"]["nextLessonDate"]) > service.world.today
    today = service.world.lessons_of("student-1", service.world.today, service.world.today)
    assert len(old["schedule"]["todayLessons"]) == len(today)
    assert all(isinstance(item["timeStamp"], int) for item in old["feed"])
    summary = next(item for item in new["feed"] if item["type"] == "WeekSummary")
    assert {item["averageMarks"] for item in summary["content"]["items"]} == {None}, "sold"


async def test_announcements_are_told_with_whether_they_were_read(
    service: Service, pupil: Pupil
) -> None:
    path = f"persons/{pupil.person}/schools/{pupil.school}/notifications"
    body = await get(service, "student", path)
    wanted = service.world.announcements_of("student-1")
    assert len(body["postList"]) == len(wanted) > 1
    assert all(isinstance(post["isReaded"], bool) for post in body["postList"])
    stamps = [datetime.fromisoformat(post["createdDateTime"]) for post in body["postList"]]
    assert stamps == sorted((item.published_at for item in wanted), reverse=True)
    newest = max(wanted, key=lambda item: item.published_at)
    assert (body["postList"][0]["title"], body["postList"][0]["text"]) == (
        newest.title,
        newest.html,
    )
    unread = [post for post in body["postList"] if not post["isReaded"]]
    assert body["unreadCount"] == len(unread)
    person = service.world.student("student-1").person_key
    item = next(x for x in wanted if not service.state.is_read(person, x))
    service.state.mark_read(person, item.key)
    assert (await get(service, "student", path))["unreadCount"] == len(unread) - 1
    thread = await get(service, "student", f"thread/{body['postList'][0]['eventKey']}")
    assert thread["comments"] == []


async def test_the_way_into_the_chat(service: Service) -> None:
    context = await get(service, "student", "chat/context")
    assert list(context)[3:] == [
        *("mongooseWSHost", "mongooseBoshHost", "mongooseTCPHost", "multiUserChatHost")
    ]
    given = await get(service, "student", "chat/credentials")
    user = service.number("user", "account-student")
    assert given["jid"] == f"user_{user}@xmpp.dnevnik.ru"
    close = (await get(service, "student", "chat/closecontacts"))["contacts"]
    everybody = (await get(service, "student", "chat/contactlist"))["contacts"]
    assert close[0] in everybody
    names = await service.api("student").post(
        "/mobile/v8.5/chat/contacts/enrich", json={"jids": [close[0]["jid"], "nobody@x"]}
    )
    assert [item["name"] for item in names.json()["jidList"]] == [close[0]["name"]]


async def test_an_own_file_is_attached_and_taken_back(service: Service, pupil: Pupil) -> None:
    lesson = service.world.lessons_of("student-1")[0]
    base = (
        f"/mobile/v8.5/persons/{pupil.person}/groups/{pupil.group}"
        f"/lessons/{service.number('lesson', lesson.key)}"
    )
    client = service.api("student")
    answer = await client.post(f"{base}/file", files={"file": ("мой.txt", b"x", "text/plain")})
    task = answer.json()["taskId"]
    assert [item[0].name for item in service.state.uploads.values()] == ["мой.txt"]
    gone = await client.post(f"{base}/files/{task}/delete")
    assert gone.json()["type"] == "Success"
    assert service.state.uploads == {}
    again = await client.post(f"{base}/files/{task}/delete")
    assert again.json()["type"] == "parameterInvalid"


async def test_small_things_of_the_account(service: Service) -> None:
    user = service.number("user", "account-parent-two")
    info = await get(service, "parent-two", f"users/{user}/subscription/info")
    assert info["userInfo"]["status"] == "Active"
    settings = await get(service, "parent-two", f"users/{user}/pushNotifications/settings")
    assert all(item["isEnabled"] for item in settings["settings"])
    avatar = await get(service, "parent-two", f"users/{user}/avatar")
    picture = await service.browser().get(avatar["avatar"]["url"])
    assert picture.headers["content-type"].startswith("image/")
    other = await service.api("student").get(f"/mobile/v8.5/users/{user}/subscription/info")
    assert other.json()["type"] == "systemForbidden"


@pytest.mark.parametrize(
    "path, kind",
    [
        ("nowhere", "invalidRequest"),
        ("persons/{other}/groups/{group}/finalMarks", "systemForbidden"),
        ("persons/1/groups/{group}/finalMarks", "parameterInvalid"),
        ("persons/{person}/groups/{group}/diary?id=soon", "parameterInvalid"),
        ("persons/{person}/groups/{group}/diary?id=2026-02-09&loadType=All", "parameterInvalid"),
    ],
)
async def test_refusals_come_with_status_200(
    service: Service, pupil: Pupil, path: str, kind: str
) -> None:
    path = path.format(person=pupil.person, group=pupil.group, other=service.person("student-4"))
    answer = await service.api("student").get(f"/mobile/v8.5/{path}")
    assert (answer.status_code, answer.json()["type"]) == (200, kind)


async def test_an_odd_version_is_an_invalid_request(service: Service, pupil: Pupil) -> None:
    path = f"persons/{pupil.person}/groups/{pupil.group}/important"
    answer = await service.api("student").get(f"/mobile/latest/{path}")
    assert answer.json()["type"] == "invalidRequest"
