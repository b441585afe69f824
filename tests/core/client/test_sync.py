"""The synchronous twin has the same methods and answers the same."""

import inspect
import threading
from datetime import UTC, datetime

import pytest

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.client.sync import Diary, Gateway
from gateway.core.config import Settings
from gateway.core.contract.declaration import Renewal
from gateway.core.contract.steps import OneTimeCode, Step
from gateway.core.errors import InteractionRequired, WrongCredentials
from gateway.core.registry.plugins import Registry
from gateway.core.transport.client import Transport
from tests.core.scripted import ACCOUNT, DAY, SamplePlugin, ScriptedCarrier, marks

OWN_WAY = {"aclose", "close"}


def made(carrier: ScriptedCarrier) -> Gateway:
    return Gateway(
        settings=Settings(login_rate=1000.0),
        registry=Registry([], plugins={"sample": SamplePlugin(Renewal.NONE)}),
        transport=Transport(carrier),
    )


@pytest.mark.parametrize(
    "twin, original", [(Diary, AsyncDiary), (Gateway, AsyncGateway)], ids=["diary", "gateway"]
)
def test_the_twin_has_the_same_methods_with_the_same_arguments(twin: type, original: type) -> None:
    def public(kind: type) -> dict[str, object]:
        members = vars(kind).items()
        return {name: item for name, item in members if not name.startswith("_")}

    ours, theirs = public(twin), public(original)
    assert set(ours) - OWN_WAY == set(theirs) - OWN_WAY
    for name in set(ours) & set(theirs):
        if callable(theirs[name]):
            mine = inspect.signature(ours[name]).parameters  # type: ignore[arg-type]
            its = inspect.signature(theirs[name]).parameters  # type: ignore[arg-type]
            assert list(mine) == list(its), name
            assert [p.default for p in mine.values()] == [p.default for p in its.values()], name


def test_a_week_is_read_without_a_loop() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    carrier.on("/marks/7", (200, marks(1, 2)))
    with made(carrier) as gateway:
        gateway.login("sample", login="parent", password="right-password")
        diary = gateway.diary(gateway.students()[0])
        assert [mark.id for mark in diary.list_marks(DAY, DAY)] == [
            "sample:mark:1",
            "sample:mark:2",
        ]
        assert diary.account == ACCOUNT


async def test_it_works_inside_a_running_loop() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    with made(carrier) as gateway:
        accounts = gateway.login("sample", login="parent", password="right-password")
    assert [item.key for item in accounts] == [ACCOUNT]


def test_steps_are_asked_in_the_callers_own_way() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "half", "code_wanted": True}))
    carrier.on("/code", (200, {"access": "whole"}))
    asked: list[Step] = []

    def ask(step: Step) -> str:
        asked.append(step)
        return "123456"

    with made(carrier) as gateway:
        gateway.login("sample", ask=ask, login="parent", password="right-password")
        with pytest.raises(InteractionRequired):
            gateway.login("sample", login="other", password="right-password")
    assert [type(step) for step in asked] == [OneTimeCode]


def test_errors_come_through_as_they_are() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (401, {}))
    with made(carrier) as gateway, pytest.raises(WrongCredentials):
        gateway.login("sample", login="parent", password="wrong-password")


def test_closing_leaves_no_thread() -> None:
    before = {thread.name for thread in threading.enumerate()}
    with made(ScriptedCarrier()):
        assert "diary-gateway" in {thread.name for thread in threading.enumerate()}
    assert {thread.name for thread in threading.enumerate()} <= before


def test_calls_of_several_threads_meet_in_one_flight() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    carrier.on("/marks/7", (200, marks(1)))
    with made(carrier) as gateway:
        gateway.login("sample", login="parent", password="right-password")
        diary = gateway.diary("sample:student:7")
        results: list[object] = []
        threads = [
            threading.Thread(target=lambda: results.append(diary.list_marks(DAY, DAY)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(results) == 8
    assert carrier.paths().count("/marks/7") == 1


def test_a_feed_is_iterated() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    settings = Settings(providers={"sample": {"allow_unverified": True}}, login_rate=1000.0)
    with Gateway(
        settings=settings,
        registry=Registry([], plugins={"sample": SamplePlugin(Renewal.NONE)}),
        transport=Transport(carrier),
    ) as gateway:
        gateway.login("sample", login="parent", password="right-password")
        assert list(gateway.diary("sample:student:7").iter_messages()) == []


def test_todays_date_is_the_schools() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    with made(carrier) as gateway:
        gateway.login("sample", login="parent", password="right-password")
        assert abs((gateway.diary("sample:student:7").today() - datetime.now(UTC).date()).days) <= 1
