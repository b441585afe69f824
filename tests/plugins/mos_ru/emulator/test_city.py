import itertools
import json
from collections.abc import Callable

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import MEALS, MOBILE, WEB, WEEK, YEAR, Diary

VISITS = "/api/pass/entrances/v1"
PORTFOLIO = "/portfolio/app/persons"


def client(diary: Diary) -> str:
    return json.dumps({"personId": diary.person})


async def contract(diary: Diary) -> int:
    children = (await diary.get(f"{WEB}/profile"))["children"]
    return next(int(item["contract_id"]) for item in children if item["id"] == diary.number)


async def test_the_balance_is_in_kopecks(parent: Diary, world: World) -> None:
    (row,) = await parent.get(f"{MEALS}/clients/balance", clientIds=f"[{client(parent)}]")
    account = world.meal_account_of("student-1")
    assert account is not None
    assert row["balance"] == account.balance * 100
    assert row["contractId"] == await contract(parent)
    assert row["clientId"] == {"personId": parent.person, "staffId": None}
    assert row["expenseConstraints"]["expenseDayLimit"] == 30000


async def test_set_meals_have_dishes_and_prices(parent: Diary, world: World) -> None:
    days = await parent.get(
        f"{MEALS}/menu/complexes", clientId=client(parent), withPreorder="in", **WEEK
    )
    assert len(days) == 5
    meal = days[0]["items"][0]
    assert (meal["kind"], meal["startDate"]) == (0, days[0]["onDate"])
    assert sum(item["dish"]["price"] for item in meal["complexItems"]) == meal["price"]
    only = {"clientId": client(parent), "withPreorder": "only", **WEEK}
    assert await parent.get(f"{MEALS}/menu/complexes", **only) == []
    buffet = await parent.get(f"{MEALS}/menu/buffet", clientId=client(parent), **WEEK)
    assert {day["onDate"] for day in buffet} == {day["onDate"] for day in days}


async def test_negative_sums_are_unsigned(parent: Diary) -> None:
    told = await parent.get(
        f"{MEALS}/transactions", clientId=client(parent), limit=500, offset=0, **YEAR
    )
    rows = told["transactions"]
    assert told["hasNext"] is False
    for newer, older in itertools.pairwise(rows):
        assert (older["prevBalance"] + older["sum"]) % 2**32 == newer["prevBalance"]
    bought = [row for row in rows if row["type"] == 1]
    assert bought
    assert all(row["sum"] > 2**31 for row in bought)
    assert {row["type"] for row in rows} <= {0, 1, 4}


async def test_orders_are_paged(parent: Diary) -> None:
    asked = {"clientId": client(parent), **YEAR}
    first = await parent.get(f"{MEALS}/orders", limit=3, offset=0, **asked)
    rest = await parent.get(f"{MEALS}/orders", limit=3, offset=3, **asked)
    assert first["hasNext"] is True
    numbers = [order["orderId"] for order in (*first["orders"], *rest["orders"])]
    assert len(set(numbers)) == 6
    assert first["orders"][0]["totalPrice"] > 0
    assert (await parent.ask(f"{MEALS}/orders", offset="x", **asked)).status_code == 400


async def test_a_client_must_be_an_own_child(parent: Diary, service: Service) -> None:
    other = Diary.of(service, "parent-one", "student-4")
    path = f"{MEALS}/clients/balance"
    assert (await other.ask(path, clientIds=f"[{client(parent)}]")).status_code == 403
    for wrong in ("", "[", "[1]", "[]", "{}"):
        assert (await other.ask(path, clientIds=wrong)).status_code == 400, wrong


async def test_old_interfaces_of_meals_agree_with_the_new_one(parent: Diary) -> None:
    (row,) = await parent.get(f"{MEALS}/clients/balance", clientIds=f"[{client(parent)}]")
    number = await contract(parent)
    old = await parent.get("/api/meals/v2/clients", personId=parent.person)
    assert old["balance"] == row["balance"]
    assert old == await parent.get("/api/meals/v1/clients", contract_id=number)
    info = await parent.get(f"{MOBILE}/day_balance_info", contract_id=number, first=3)
    assert (info["balance"], len(info["days"]), info["hasNextPage"]) == (row["balance"], 3, True)
    bill = await parent.get("/mobile/api/billing", contract_id=number, **WEEK)
    assert all(
        day["delta"]
        == sum(d["amount"] * (-1 if d["type"] == "PURCHASE" else 1) for d in day["details"])
        for day in bill["payload"]
    )
    set_meals = await parent.get(
        "/api/meals/v2/menu/complexes", personId=parent.person, onDate="2026-02-10"
    )
    assert [item["kind"] for item in set_meals["items"]] == [0, 1]
    menu = await parent.get(f"{MOBILE}/menu/buffet/", date="2026-02-10")
    assert menu["menu"]


async def test_stays_are_told_for_seven_days_at_most(parent: Diary) -> None:
    told = await parent.get(f"{VISITS}/visit_durations", personId=parent.person, **WEEK)
    visit = told["payload"][0]["visits"][0]
    assert set(visit) == {
        *("in", "out", "duration", "isIncomplete", "kindId", "kindName", "personIn", "personOut"),
        *("organizationId", "organizationName", "organizationShortName", "organizationAddress"),
    }
    longer = {"from": "2026-02-08", "to": "2026-02-15"}
    answer = await parent.ask(f"{VISITS}/visit_durations", personId=parent.person, **longer)
    assert answer.status_code == 400


async def test_what_the_turnstile_missed_is_a_dash(parent: Diary, world: World) -> None:
    half = next(item for item in world.entries_of("student-1") if item.left_at is None)
    day = {"from": half.date.isoformat(), "to": half.date.isoformat()}
    told = await parent.get(f"{VISITS}/visit_durations", personId=parent.person, **day)
    missed = [visit for visit in told["payload"][0]["visits"] if visit["out"] == "-"]
    assert missed[0]["isIncomplete"] is True
    assert missed[0]["duration"] == ""


async def test_old_stays_come_by_contract_and_in_no_order(parent: Diary) -> None:
    number = await contract(parent)
    told = await parent.get(f"{WEB}/visits", contract_id=number, **YEAR)
    days = [day["date"] for day in told["payload"]]
    assert days != sorted(days)
    assert len(days) == len(set(days))
    visit = told["payload"][0]["visits"][0]
    assert set(visit) == {"in", "out", "duration", "address", "type", "is_warning", "short_name"}
    assert await parent.get("/api/family/ispp/v1/visits", contract_id=number, **YEAR) == told
    assert (await parent.ask(f"{WEB}/visits", contract_id=1, **YEAR)).status_code == 404


async def test_who_is_inside(parent: Diary) -> None:
    told = await parent.get(f"{VISITS}/status", personId=parent.person)
    (row,) = told["students"]
    number = await contract(parent)
    (old,) = (await parent.get(f"{MOBILE}/status", contract_ids=number))["students"]
    assert row["isAtSchool"] is old["at_school"]
    assert old["contract_id"] == number


async def test_regional_nodes_lack_what_the_city_has(running: Callable[..., Service]) -> None:
    diary = Diary.of(running("mosreg_ru"), "parent-two", "student-1")
    for path in (f"{MEALS}/clients/balance", f"{VISITS}/visit_durations", f"{WEB}/visits"):
        answer = await diary.ask(path)
        assert answer.status_code == 404
        assert answer.json()["message"] == "method does not exist"


async def test_the_portfolio_pairs_rewards_with_events(service: Service) -> None:
    diary = Diary.of(
        service, "parent-two", "student-1", **{"X-Mes-Subsystem": "studentportfolioweb"}
    )
    events = (await diary.get(f"{PORTFOLIO}/{diary.person}/events/list", size=100))["data"]
    rewards = (await diary.get(f"{PORTFOLIO}/{diary.person}/rewards/list", size=100))["data"]
    assert {reward["entityId"] for reward in rewards} == {str(event["id"]) for event in events}
    diagnostics = f"/api{PORTFOLIO}/{diary.person}/diagnostic/independent-rating"
    assert await diary.get(diagnostics) == {"data": []}
    assert len((await diary.get(f"{PORTFOLIO}/{diary.person}/events/list", size=1))["data"]) == 1


async def test_state_exams_are_told_with_their_marks(service: Service, world: World) -> None:
    headers = {"X-Mes-Subsystem": "studentportfolioweb"}
    diary = Diary.of(service, "parent-two", "student-3", **headers)
    rows = (await diary.get(f"{PORTFOLIO}/{diary.person}/govexams/list"))["data"]
    grades = [item for item in world.finals_of("student-3") if item.kind is m.GradeKind.EXAM]
    assert [row["normalizedMarkValue"] for row in rows] == [item.text for item in grades]
    assert rows


async def test_the_portfolio_asks_for_its_subsystem_or_the_roles_cookie(parent: Diary) -> None:
    path = f"{PORTFOLIO}/{parent.person}/events/list"
    assert (await parent.ask(path)).status_code == 401
    parent.client.cookies.set("aupd_current_role", "4:2")
    assert (await parent.ask(path)).status_code == 200


async def test_trusted_persons_are_told_to_parents(parent: Diary, pupil: Diary) -> None:
    (link,) = await parent.get("/api/passport/agents/v1/links")
    assert link["child_person_id"] == parent.person
    assert link["status"] == "accepted"
    assert await parent.get("/api/passport/agents/v1/invites/trusted") == []
    assert (await pupil.ask("/api/passport/agents/v1/links")).status_code == 401
