import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gateway_dnevnik_ru.emulator.dates import unix_day
from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Pupil, Service, shown_marks

MONDAY = date(2026, 2, 9)


def state_of(page: str, name: str) -> Any:
    line = next(line for line in page.splitlines() if f"window.{name} = " in line)
    text = line[line.index(f"window.{name} = ") :]
    return json.JSONDecoder().raw_decode(text.partition(" = ")[2])[0]


@pytest.fixture
def pupil(service: Service) -> Pupil:
    return Pupil(service)


async def test_the_start_page_embeds_its_state(service: Service, pupil: Pupil) -> None:
    answer = await service.web("student").get("/userfeed")
    assert answer.status_code == 200
    page = answer.text
    assert "isAuthenticated: true" in page
    assert f"{ORIGIN}/class.aspx?class={pupil.group}" in page
    assert re.findall(r'"personId":"(\d+)"', page)[0] == str(pupil.person)
    state = state_of(page, "__USER__START__PAGE__INITIAL__STATE__")
    child = state["userSchedule"]["currentChild"]
    assert child["schoolId"] == str(pupil.school)
    assert child["groupId"] == str(pupil.group)
    assert state["userSchedule"]["currentDate"] == str(unix_day(service.world.today))
    assert state["userContext"]["userContextInfo"]["isStudent"] is True
    person = state["userContext"]["currentContextPerson"]
    assert set(person) >= {"school", "group", "reportingPeriodGroup"}
    assert len(person["reportingPeriodGroup"]["periods"]) == 4
    assert state["analytics"]["personId"] == str(pupil.person)


async def test_scripts_stand_where_two_clients_look_for_them(service: Service) -> None:
    page = (await service.web("student").get("/userfeed")).text
    assert '<body class="page-body">' in page
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert all(scripts)
    assert "__USER__START__PAGE__INITIAL__STATE__" in scripts[11]
    with_talk = next(text for text in scripts if "window.__TALK__INITIAL__STATE__" in text)
    raw = with_talk.split("window.__USER__START__PAGE__INITIAL__STATE__ = ")[1]
    raw = raw.split("window.__TALK__STUB__INITIAL__STATE__ = ")[0].strip()[:-1]
    assert json.loads(raw)["userSchedule"]


async def test_parents_see_the_widget_of_absence_notices(service: Service) -> None:
    page = (await service.web("parent-two").get("/userfeed")).text
    widget = state_of(page, "__MOM_SAID_YES__INITIAL__STATE__")
    assert list(widget["absenceReasons"][0]) == ["value", "label", "messageLabel"]
    assert "__MOM_SAID_YES__" not in (await service.web("student").get("/userfeed")).text
    state = state_of(page, "__USER__START__PAGE__INITIAL__STATE__")
    assert len(state["userSchedule"]["children"]) == 2


async def test_an_account_without_children_has_a_start_page_too(service: Service) -> None:
    page = (await service.web("no-children").get("/userfeed")).text
    state = state_of(page, "__USER__START__PAGE__INITIAL__STATE__")
    assert state["userSchedule"]["currentChild"] is None


@pytest.mark.parametrize("spelling", ["&takeDays=7", "&amp;takeDays=7"])
async def test_the_schedule_as_json_of_the_page(
    service: Service, pupil: Pupil, spelling: str
) -> None:
    path = (
        f"/api/userfeed/persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/schedule"
    )
    answer = await service.web("student").get(f"{path}?date={unix_day(MONDAY)}{spelling}")
    days = answer.json()["days"]
    lessons = service.world.lessons_of("student-1", MONDAY, MONDAY + timedelta(days=6))
    assert sum(len(day["lessons"]) for day in days) == len(lessons) > 0
    assert list(days[0]) == ["date", "utcOffset", "lessons", "sorSochs"]
    assert days[0]["date"] == str(unix_day(MONDAY))
    assert days[0]["utcOffset"] == 180
    one = days[0]["lessons"][0]
    assert isinstance(one["id"], str)
    assert one["hours"]["startHour"] == f"{lessons[0].starts_at:%H}"
    marks = [
        x["value"]
        for d in days
        for item in d["lessons"]
        for w in item["workMarks"]
        for x in w["marks"]
    ]
    wanted = [x.text for x in shown_marks(service, "student-1") if x.date >= MONDAY]
    assert sorted(marks) == sorted(wanted)


async def test_days_without_lessons_are_left_out(service: Service, pupil: Pupil) -> None:
    path = (
        f"/api/userfeed/persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/schedule"
    )
    summer = unix_day(date(2026, 7, 6))
    answer = await service.web("student").get(f"{path}?date={summer}&takeDays=7")
    assert answer.json() == {"days": []}


async def test_the_diary_between_two_days(service: Service, pupil: Pupil) -> None:
    params = {
        "personId": str(pupil.person),
        "schoolId": str(pupil.school),
        "startDate": str(unix_day(MONDAY)),
        "finishDate": str(unix_day(MONDAY + timedelta(days=4))),
    }
    answer = await service.web("student").get("/api/v2/marks/diary", params=params)
    assert [datetime.fromtimestamp(int(d["date"]), UTC).date() for d in answer.json()["days"]] == [
        MONDAY + timedelta(days=n) for n in range(5)
    ]


async def test_the_page_of_marks_ends_its_line_as_a_client_cuts_it(
    service: Service, pupil: Pupil
) -> None:
    text = (await service.web("student").get("/marks")).content.decode()
    line = next(x for x in text.split("\n") if "window.__MARKS__INITIAL__STATE__ = " in x)
    state = json.loads(line[line.index("{") : len(line) - 2])
    assert state["context"]["userId"] == str(service.number("user", "account-student"))
    membership = state["context"]["schoolMemberships"][0]
    assert membership["personId"] == str(pupil.person)
    assert membership["schoolType"] == "Regular"
    assert membership["groups"][0]["groupId"] == str(pupil.group)
    assert len(membership["groupHistory"]) == 2
    assert [p["isDefault"] for p in membership["groupHistory"][0]["periods"]].count(True) == 1


async def test_marks_of_a_period_as_json(service: Service, pupil: Pupil) -> None:
    period = pupil.periods[0]
    path = f"/api/v2/marks/school/{pupil.school}/person/{pupil.person}"
    number = str(service.number("period", period.key))
    body = (await service.web("student").get(path, params={"periodId": number})).json()
    assert body["periodId"] == number
    values = [m["value"] for s in body["subjects"] for w in s["works"] for m in w["marks"]]
    wanted = [
        x.text for x in shown_marks(service, "student-1") if period.starts <= x.date <= period.ends
    ]
    assert sorted(values) == sorted(wanted)
    finals = {
        s["name"]: s["finalWorks"][0]["marks"][0]["value"]
        for s in body["subjects"]
        if s["finalWorks"]
    }
    for grade in service.world.finals_of("student-1"):
        if grade.period_key == period.key:
            assert finals[service.world.subject(grade.subject_key).name] == grade.text
    letters = {e["value"] for s in body["subjects"] for e in s["lessonLogEntries"]}
    assert letters <= {"Н", "Б", "П", "О"}
    assert letters
    now = (await service.web("student").get(path)).json()
    assert now["periodId"] == str(service.number("period", pupil.periods[2].key))
    ends = (
        await service.web("student").get(
            f"/api/v2/marks/final/school/{pupil.school}/person/{pupil.person}"
        )
    ).json()
    assert ends["subjects"]


async def test_announcements_by_board(service: Service, pupil: Pupil) -> None:
    browser = service.web("student")
    school = (await browser.get(f"/api/posts/topic/school_{pupil.school}")).json()["posts"]
    topic = f"school_{pupil.school}_group_{pupil.group}"
    group = (await browser.get(f"/api/posts/topic/{topic}")).json()["posts"]
    both = (await browser.get("/api/userfeed/posts/?limit=100")).json()["posts"]
    assert len(both) == len(school) + len(group) == len(service.world.announcements_of("student-1"))
    stamps = [post["createdDate"] for post in school]
    assert stamps == sorted(stamps, reverse=True)
    page = await browser.get(
        f"/api/posts/topic/school_{pupil.school}", params={"take": 1, "date": stamps[0]}
    )
    assert [post["createdDate"] for post in page.json()["posts"]] == stamps[1:2]
    assert set(school[0]) >= {
        *("id", "text", "createdDate", "topicName", "author", "attachmentsContainer", "likes")
    }
    assert (await browser.get("/api/posts/topic/school_1")).json()["type"] == "parameterInvalid"


async def test_json_without_a_session_is_401(service: Service, pupil: Pupil) -> None:
    path = f"/api/v2/marks/school/{pupil.school}/person/{pupil.person}"
    assert (await service.browser().get(path)).status_code == 401
    other = service.person("student-4")
    closed = await service.web("student").get(f"/api/v2/marks/school/{pupil.school}/person/{other}")
    assert (closed.status_code, closed.json()["type"]) == (403, "ownerForbidden")


async def test_the_chat_doors_of_the_web(service: Service) -> None:
    browser = service.web("student")
    given = await browser.post("/chat/api/auth/credentials")
    close = (await browser.get("/chat/api/closecontacts")).json()["contacts"]
    assert given.json()["jid"].startswith("user_")
    names = await browser.post("/chat/api/enrich", json={"jids": [close[0]["jid"]]})
    assert names.json()["jidList"][0]["name"] == close[0]["name"]
