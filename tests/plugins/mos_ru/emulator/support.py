"""A family's client of a running emulator."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.book import Book
from tests.plugins.emulation import the_world
from tests.plugins.mos_ru.emulator.login.support import ORIGIN, Service

WEB = "/api/family/web/v1"
MOBILE = "/api/family/mobile/v1"
CORE = "/api/ej/core/family/v1"
EVENTS = "/api/eventcalendar/v1/api/events"
MEALS = "/api/food/meals/v3"
MONDAY, SUNDAY = date(2026, 2, 9), date(2026, 2, 15)
WEEK = {"from": MONDAY.isoformat(), "to": SUNDAY.isoformat()}
YEAR = {"from": "2025-09-01", "to": "2026-05-31"}
EXPAND = "marks,homework,absence_reason_id,health_status,nonattendance_reason_id"


def book() -> Book:
    """The diary as the emulator keeps it."""
    return Book(the_world())


def numbers() -> ids.Ids:
    """The emulator's numbers."""
    return ids.Ids(the_world(), book())


@dataclass
class Diary:
    """One account's client, with the headers of the site, and one of its children."""

    service: Service
    client: httpx.AsyncClient
    student: m.Student

    @classmethod
    def of(cls, service: Service, slug: str, student: str, **headers: str) -> "Diary":
        """The diary of an account; `student` is the child that is asked about."""
        account = service.account(slug)
        role = "student" if "student" in account.roles else "parent"
        client = service.browser(
            ORIGIN,
            headers={
                "Authorization": f"Bearer {account.token}",
                "X-Mes-Subsystem": "familyweb",
                "X-Mes-Role": role,
                **headers,
            },
        )
        return cls(service, client, the_world().student(student))

    @property
    def number(self) -> int:
        return ids.student_number(self.student.key)

    @property
    def person(self) -> str:
        return ids.guid("person", self.student.person_key)

    async def ask(self, path: str, **params: Any) -> httpx.Response:
        return await self.client.get(path, params=params)

    async def get(self, path: str, **params: Any) -> Any:
        """The JSON of an answer that must be good."""
        answer = await self.ask(path, **params)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()

    async def mine(self, path: str, **params: Any) -> Any:
        """The same about the child."""
        return await self.get(path, student_id=self.number, **params)

    async def payload(self, path: str, **params: Any) -> Any:
        """The list under `payload` about the child."""
        return (await self.mine(path, **params))["payload"]

    async def week(self, start: date = MONDAY, end: date = SUNDAY, **params: Any) -> Any:
        """Events of some days."""
        answer = await self.get(
            EVENTS,
            person_ids=self.person,
            begin_date=start.isoformat(),
            end_date=end.isoformat(),
            **{"expand": EXPAND, **params},
        )
        assert answer["errors"] is None
        assert answer["total_count"] == len(answer["response"])
        return answer["response"]
