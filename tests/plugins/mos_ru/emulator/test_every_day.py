"""Every read is answered on days of every kind: a first day, a holiday, the last day, summer."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import httpx
import pytest

from gateway.sandbox.world import World, WorldState, build_world
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.emulator import MosEmulator
from tests.plugins.mos_ru.emulator.login.support import ORIGIN
from tests.plugins.mos_ru.emulator.support import CORE, EVENTS, EXPAND, MEALS, MOBILE, WEB

DAYS = (date(2025, 9, 2), date(2026, 1, 3), date(2026, 5, 31), date(2026, 7, 10))


def reads(child: dict[str, object], today: date) -> Iterator[tuple[str, dict[str, object]]]:
    """Every dated or plain read about a child."""
    student = {"student_id": child["id"]}
    person = {"personId": child["contingent_guid"]}
    week = {"from": today.isoformat(), "to": (today + timedelta(days=6)).isoformat()}
    client = {"clientId": json.dumps(person)}
    for base in (WEB, MOBILE):
        for path in ("homeworks", "homeworks/short", "marks", "attendance"):
            yield f"{base}/{path}", {**student, **week}
        yield f"{base}/schedule", {**student, "date": today.isoformat()}
        yield f"{base}/schedule/short", {**student, "dates": ",".join(week.values())}
        for path in ("subject_marks", "subject_marks/short", "subjects/list", "final_marks"):
            yield f"{base}/{path}", student
        yield f"{base}/programs/parallel_curriculum/{child['parallel_curriculum_id']}", student
    yield f"{MOBILE}/notifications/search", student
    yield f"{MOBILE}/periods_schedules", {**student, **week}
    for year in (12, 13):
        yield f"{WEB}/final_marks/v2", {"person_id": person["personId"], "academic_year_id": year}
        report = {"student_profile_id": child["id"], "academic_year_id": year}
        yield "/api/ej/report/family/v1/progress/json", report
        yield f"{CORE}/periods_schedules", report
    yield f"{CORE}/emias_medical_recommendations", {"student_profile_id": child["id"]}
    yield f"{CORE}/academic_debts", {"class_unit_ids": child["class_unit_id"]}
    yield "/api/ej/plan/family/v1/test_lessons/period", {**student, **week}
    rank = "/api/ej/rating/v1/rank"
    yield f"{rank}/class", {**person, "date": today.isoformat()}
    yield f"{rank}/subjects", {**person, "date": today.isoformat()}
    yield f"{rank}/rankShort", {**person, "beginDate": week["from"], "endDate": week["to"]}
    for path in ("menu/complexes", "menu/buffet", "orders", "transactions"):
        yield f"{MEALS}/{path}", {**client, **week}
    yield "/api/pass/entrances/v1/visit_durations", {**person, **week}
    yield "/api/pass/entrances/v1/status", person
    yield f"{WEB}/visits", {"contract_id": child["contract_id"], **week}
    events = {"person_ids": person["personId"], "expand": EXPAND}
    yield EVENTS, {**events, "begin_date": week["from"], "end_date": week["to"]}
    yield (
        "/core/api/marks",
        {**student, "created_at_from": week["from"], "created_at_to": week["to"]},
    )
    for path in ("/api/instantmessages/v1/feed", "/api/news/v2/news/main/users"):
        yield path, {}


@pytest.mark.parametrize("today", DAYS, ids=str)
async def test_every_read_is_answered_on_every_day(today: date) -> None:
    world: World = build_world(1, today)
    emulator = MosEmulator(
        DECLARATIONS[0],
        now=lambda: datetime.combine(today, time(9), UTC),
        rng=Random(7),
    )
    app = emulator.app(world, WorldState(world), origin=ORIGIN)
    accounts = {item.key: item for item in emulator.accounts(world)}
    for slug in ("account-parent-two", "account-student-two-schools"):
        headers = {
            "Authorization": f"Bearer {accounts[slug].token}",
            "X-Mes-Subsystem": "familyweb",
            "X-Mes-Role": "parent",
        }
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, headers=headers
        ) as client:
            profile = (await client.get(f"{WEB}/profile")).json()
            assert profile["children"]
            for child in profile["children"]:
                for path, params in reads(child, today):
                    answer = await client.get(path, params=params)  # type: ignore[arg-type]
                    assert answer.status_code == 200, (path, params, answer.text)
