from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import DnevnikEmulator, doors
from gateway_dnevnik_ru.emulator.ids import Ids
from tests.plugins import emulation
from tests.plugins.emulation import the_world

ORIGIN = "http://127.0.0.1:8770"
JSON = {"Accept": "application/json"}


@cache
def _numbers() -> Ids:
    return Ids(the_world())


class Service(emulation.Service[DnevnikEmulator]):
    """A running emulator with the clients of its interfaces."""

    def api(self, slug: str, **headers: str) -> httpx.AsyncClient:
        """A client that holds the account's token."""
        token = self.account(slug).token
        assert token is not None
        return self.browser(headers={**JSON, "Access-Token": token, **headers})

    def web(self, slug: str) -> httpx.AsyncClient:
        """A client that holds the account's cookies."""
        auth_a, auth_l = doors.cookies(self.emulator.declaration.name, f"account-{slug}")
        return self.browser(cookies={"DnevnikAuth_a": auth_a, "DnevnikAuth_l": auth_l})

    def person(self, student: str) -> int:
        """The service's number of a pupil."""
        return self.number("person", self.world.student(student).person_key)

    def number(self, kind: str, key: str) -> int:
        """The service's own number of a key."""
        return _numbers().of(kind, key)


PAIR = {
    "client_id": "a0000000-0000-4000-8000-000000000001",
    "client_secret": "b0000000-0000-4000-8000-000000000002",
}


LESSON = [
    *("id", "title", "date", "number", "subjectId", "status", "resultPlaceId", "building"),
    *("place", "floor", "hours", "works", "teachers"),
]
MARK = [
    *("id", "id_str", "type", "value", "textValue", "person", "person_str", "work", "work_str"),
    *("lesson", "lesson_str", "number", "date", "workType", "mood", "use_avg_calc"),
]
WORK = [
    *("id", "id_str", "type", "workType", "markType", "markCount", "lesson", "lesson_str"),
    *("displayInJournal", "status", "eduGroup", "eduGroup_str", "text", "periodNumber"),
    *("periodType", "subjectId", "isImportant", "targetDate", "sentDate", "createdBy", "files"),
    "oneDriveLinks",
]
WORK_WITH_TASKS = [*WORK[:12], "tasks", *WORK[12:]]
LONE_LESSON = [
    *("id", "id_str", "title", "date", "number", "subject", "group", "status"),
    *("resultPlaceId", "works", "teachers", "teachers_str"),
]
ENTRY = ["person", "lesson", "person_str", "lesson_str", "comment", "status", "createdDate"]
WORK_TYPE = [
    *("id", "schoolId", "abbreviation", "name", "isFinal", "isImportant", "kindId", "kind")
]
SUBJECT = ["id", "id_str", "name", "knowledgeArea", "fgosSubjectId"]


async def narrow(service: Service, slug: str, scope: str = "EducationalInfo") -> httpx.AsyncClient:
    """A client whose token has a scope of its own."""
    account = service.account(slug)
    body = PAIR | {"username": account.login, "password": account.password, "scope": scope}
    client = service.browser(headers=JSON)
    answer = await client.post("/v2/authorizations/bycredentials", json=body)
    client.headers["Access-Token"] = answer.json()["accessToken"]
    return client


async def get(client: httpx.AsyncClient, path: str, **params: Any) -> Any:
    answer = await client.get(f"/v2/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def shown_marks(service: Service, student: str) -> list[m.Mark]:
    hidden = (m.MarkStatus.DEBT, m.MarkStatus.RETAKEN, m.MarkStatus.ABSENT)
    return [item for item in service.world.marks_of(student) if item.status not in hidden]


class Pupil:
    """Numbers of the first pupil, as paths need them."""

    def __init__(self, service: Service) -> None:
        student = service.world.student("student-1")
        self.person = service.person("student-1")
        self.school = service.number("school", student.school_key)
        self.group = service.number("group", student.class_key)
        self.class_key = student.class_key
        self.periods = service.world.periods_of("student-1")


async def walk(browser: httpx.AsyncClient, answer: httpx.Response) -> tuple[str, httpx.Response]:
    """Follow redirects as a browser does; the last address keeps its fragment."""
    url = str(answer.url)
    while answer.is_redirect:
        url = answer.headers["location"]
        answer = await browser.get(url.partition("#")[0])
    return url, answer


def token_of(url: str) -> str:
    return urlsplit(url).fragment[13:-7]
