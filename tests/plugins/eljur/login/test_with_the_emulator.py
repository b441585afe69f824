"""Every way in against the emulator, in one process; requests go to the service's own hosts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from random import Random
from typing import Any

import httpx
import pytest

from gateway.core.contract.emulator import SandboxAccount
from gateway.core.errors import (
    AccountNotLinked,
    AlreadyRegistered,
    ClientRejected,
    CodeExpired,
    EmailRejected,
    InviteCodeExpired,
    InviteCodeUnknown,
    InviteCodeUsed,
    LoginError,
    LoginTaken,
    NoMembership,
    NoStudents,
    PasswordRejected,
    RoleNotServed,
    SchoolUnknown,
    TokenRejected,
    WrongCode,
    WrongCredentials,
)
from gateway.core.model.people import Role
from gateway.core.transport.exchange import Exchange, RawAnswer, RawStream, Sent
from gateway.sandbox.world import World, WorldState, build_world
from gateway_eljur.declaration import ELJUR
from gateway_eljur.emulator import EljurEmulator
from gateway_eljur.emulator.doors import BAD_DEVKEY
from gateway_eljur.emulator.quirks import Quirks
from tests.plugins.eljur.login.play import NOW, Play, code_of

ORIGIN = "http://127.0.0.1:8774"
TODAY = date(2026, 10, 5)


@cache
def world() -> World:
    return build_world(1, TODAY)


class InProcess:
    """Carries exchanges to an application, under the names of the real hosts."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.targets: list[tuple[str, str]] = []

    async def send(self, exchange: Exchange) -> RawAnswer:
        base = str(exchange.origin)
        self.targets.append((base, exchange.target.partition("?")[0]))
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            answer = await client.request(
                exchange.method,
                exchange.target,
                headers=list(exchange.headers),
                content=exchange.content,
            )
        headers = tuple(
            (name, value)
            for name, value in answer.headers.multi_items()
            if name != "content-encoding"
        )
        sent = Sent(started=True, received=len(answer.content))
        return RawAnswer(answer.status_code, headers, answer.content, sent)

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        raise AssertionError(f"{exchange.target} is not streamed here")
        yield  # type: ignore[unreachable]  # makes it a generator

    async def aclose(self) -> None:
        return None


class Town:
    """A running emulator and its people."""

    def __init__(self, **quirks: Any) -> None:
        self.emulator = EljurEmulator(
            ELJUR, now=lambda: NOW, rng=Random(7), quirks=Quirks(**quirks)
        )
        self.state = WorldState(world())
        self.app = self.emulator.app(world(), self.state, origin=ORIGIN)

    def account(self, key: str) -> SandboxAccount:
        return {item.key: item for item in self.emulator.accounts(world())}[key]

    def play(self, **own: Any) -> Play:
        return Play(InProcess(self.app), **own)

    async def enter(self, account: SandboxAccount, method: str, **own: Any) -> Play:
        """Plays the person until the end, or to the first refusal."""
        play = self.play(**own)
        step = await play.begin(method, region=account.region)
        while step is not None and step.error is None:
            step = await play.submit(self.answer(step, account))
        return play

    def answer(self, step: Any, account: SandboxAccount) -> Any:
        base = f"https://{account.config['host']}"
        return self.emulator.answer(step, account, origin=base)


DOORS = [
    pytest.param(account.key, method, id=f"{account.key}-{method}")
    for account in EljurEmulator(ELJUR, now=lambda: NOW).accounts(world())
    for method in account.methods
    if account.students and account.state != "esia_only" and method != "recovery"
    if not account.state.startswith("invite_")
]


@pytest.mark.parametrize(("key", "method"), DOORS)
async def test_everybody_enters_and_sees_their_children(key: str, method: str) -> None:
    town = Town()
    account = town.account(key)

    play = await town.enter(account, method)

    if account.state == "unlinked":
        return
    sessions = await play.sessions()
    seen = {student.id for session in sessions for student in session.students}
    assert {student.gateway_id for student in account.students} <= seen
    for session in sessions:
        assert session.instance.endswith(f".{session.data['vendor']}")
        ends = session.credentials["auth_token"].expires_at
        assert (ends is None) == (method == "token")
        assert ends is None or (ends - NOW).days == 90


@pytest.mark.parametrize(
    "quirks",
    [
        {"students_as_list": True},
        {"int_ids": True},
        {"state_as_text": True},
        {"empty_maps_as_lists": True},
    ],
)
async def test_the_habits_of_hosts_change_nothing(quirks: dict[str, bool]) -> None:
    plain, odd = Town(), Town(**quirks)
    for key in ("account-parent-two-edu", "account-student", "account-parent-one"):
        method = "token" if key.endswith("edu") else "password"
        first = await (await plain.enter(plain.account(key), method)).session()
        second = await (await odd.enter(odd.account(key), method)).session()
        assert first.students == second.students
        assert first.account == second.account


@pytest.mark.parametrize(
    ("key", "method", "error"),
    [
        ("account-teacher", "password", RoleNotServed),
        ("account-no-children", "password", NoStudents),
        ("account-no-children", "esia", NoStudents),
        ("account-no-longer-student", "password", NoMembership),
        ("account-unlinked", "esia", AccountNotLinked),
    ],
)
async def test_the_others_hear_why_not(key: str, method: str, error: type[LoginError]) -> None:
    town = Town()
    play = await town.enter(town.account(key), method)
    assert type(play.login.error) is error


async def test_two_children_in_one_region_open_at_once() -> None:
    town = Town()
    account = town.account("account-two-identities-1-edu")
    play = await town.enter(account, "esia")
    sessions = await play.sessions()
    assert {session.instance for session in sessions} == {"nizhny.edu"}
    assert len({session.account for session in sessions}) == 2
    assert all(session.role is Role.GUARDIAN for session in sessions)


async def test_a_school_far_away_has_its_own_clock() -> None:
    town = Town()
    session = await (await town.enter(town.account("account-parent-one"), "password")).session()
    assert {student.zone for student in session.students} == {"Asia/Irkutsk"}


async def test_a_wrong_password_is_asked_for_again() -> None:
    town = Town()
    account = town.account("account-student")
    play = town.play()
    step = await play.begin("password")
    right = town.answer(step, account)
    assert code_of(await play.submit({**right, "password": "wrong"})) == WrongCredentials.code
    assert await play.submit(right) is None


async def test_a_pasted_address_of_the_school_does() -> None:
    town = Town()
    account = town.account("account-student")
    play = town.play()
    step = await play.begin("password")
    school = f"https://{account.school}.eljur.ru/journal-app/week.0"
    assert await play.submit({**town.answer(step, account), "school": school}) is None


@pytest.mark.parametrize("school", ["sch99", "https://edu.schools48.ru/?vendor=nobody"])
async def test_a_school_that_is_not_there_is_told(school: str) -> None:
    town = Town()
    play = town.play()
    step = await play.begin("password")
    answer = {**town.answer(step, town.account("account-student")), "school": school}
    assert code_of(await play.submit(answer)) == SchoolUnknown.code


@pytest.mark.parametrize("method", ["password", "token"])
async def test_a_bad_key_of_the_application_is_told(method: str) -> None:
    town = Town()
    play = await town.enter(town.account("account-student"), method, devkey=BAD_DEVKEY)
    assert type(play.login.error) is ClientRejected


async def test_a_token_of_nobody_is_told() -> None:
    town = Town()
    play = town.play()
    await play.begin("token")
    step = await play.submit({"school": "sch1", "token": "0123456789abcdef"})
    assert code_of(step) == TokenRejected.code


async def test_a_school_is_found_by_its_city() -> None:
    town = Town()
    account = town.account("account-parent-two-sch3")
    play = town.play(allow_unverified=True)
    step = await play.begin("password")
    step = await play.submit({**town.answer(step, account), "school": "Образцовск"})
    (option,) = step.options
    assert (option.key, option.note) == ("sch3", "Образцовск")
    assert await play.submit(option.key) is None
    assert (await play.session()).instance == "cloud.sch3"


async def test_a_letter_is_sent_for_a_forgotten_password() -> None:
    town = Town()
    account = town.account("account-student")
    play = await town.enter(account, "recovery")
    assert play.login.is_over
    assert play.login.error is None

    await play.begin("recovery")
    step = await play.submit({"school": "sch1", "email": "nobody@example.org"})
    assert code_of(step) == EmailRejected.code


class TestInvitation:
    @pytest.mark.parametrize("key", ["invite-parent", "invite-pupil"])
    async def test_a_code_makes_an_account_that_opens_by_its_password(self, key: str) -> None:
        town = Town()
        account = town.account(key)
        first = await (await town.enter(account, "invite_code")).session()
        second = await (await town.enter(account, "password")).session()
        assert first.account == second.account
        assert first.students == second.students

    @pytest.mark.parametrize(
        ("key", "error"),
        [("invite-used", InviteCodeUsed), ("invite-expired", InviteCodeExpired)],
    )
    async def test_a_code_that_does_not_do_is_told(self, key: str, error: type[LoginError]) -> None:
        town = Town()
        play = await town.enter(town.account(key), "invite_code")
        assert code_of(play.login.step) == error.code

    async def test_so_are_all_mistakes_on_the_way(self) -> None:
        town = Town()
        account = town.account("invite-pupil")
        play = town.play()
        step = await play.begin("invite_code")
        right = town.answer(step, account)
        step = await play.submit({**right, "invite_code": "DEMO-9999"})
        assert code_of(step) == InviteCodeUnknown.code
        step = await play.submit({**right, "invite_code": "demo 00000002"})
        right = town.answer(step, account)
        for wrong, error in (
            ({"new_login": "demo.student"}, LoginTaken),
            ({"password": "weak", "password2": "weak"}, PasswordRejected),
            ({"email": "nowhere"}, EmailRejected),
        ):
            assert code_of(await play.submit({**right, **wrong})) == error.code
        await play.submit(right)
        assert code_of(await play.submit("000000")) == WrongCode.code
        assert account.expired_code is not None
        assert code_of(await play.submit(account.expired_code)) == CodeExpired.code
        link = f"https://sch4.eljur.ru/register?code={account.code}"
        assert await play.submit(link) is None
        assert (await play.session()).method == "password"

    async def test_a_parent_adds_the_child_to_their_account(self) -> None:
        town = Town()
        invited, mine = town.account("invite-parent"), town.account("account-parent-one-eljur")
        before = await (await town.enter(mine, "password")).session()
        play = town.play()
        step = await play.begin("invite_code", region="pmr")
        await play.submit(town.answer(step, invited))
        step = await play.submit("mine")
        assert await play.submit(town.answer(step, mine)) is None

        session = await play.session()
        assert session.account == before.account
        assert session.instance == "pmr.eljur"
        assert len(before.students) == 1
        assert len(session.students) == 2

    async def test_a_child_who_is_there_already_is_told(self) -> None:
        town = Town()
        invited, mine = town.account("invite-parent"), town.account("account-second-factor")
        play = town.play()
        step = await play.begin("invite_code")
        await play.submit(town.answer(step, invited))
        step = await play.submit("mine")
        assert await play.submit(town.answer(step, mine)) is None
        assert type(play.login.error) is AlreadyRegistered
