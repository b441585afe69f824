"""Every diary with a way through Gosuslugi, with this sign-in system installed."""

from collections.abc import Iterator
from datetime import date

import gateway_gosuslugi.plugin
import pytest

import gateway_dnevnik_ru.plugin
import gateway_eljur.plugin
import gateway_mos_ru.plugin
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.steps import Redirect
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.sandbox.server import Sandbox, Served

DIARIES = {
    "dnevnik_ru": gateway_dnevnik_ru.plugin,
    "mos_ru": gateway_mos_ru.plugin,
    "eljur": gateway_eljur.plugin,
}
REGISTRY = Registry((), plugins={**DIARIES, "gosuslugi": gateway_gosuslugi.plugin})
THROUGH_ESIA = [
    (name, method.name)
    for name, declaration in REGISTRY.providers.items()
    for method in declaration.login_methods
    if method.identity_provider == "esia" and name != "gosuslugi"
]


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(REGISTRY, today=date(2026, 11, 20))


@pytest.fixture(scope="module")
def served(sandbox: Sandbox) -> Iterator[dict[str, Served]]:
    with sandbox.serving(dict.fromkeys({name for name, _ in THROUGH_ESIA}, 0)) as places:
        yield {place.provider: place for place in places}


def test_all_diaries_are_here() -> None:
    names = {name for name, _ in THROUGH_ESIA}
    assert {"dnevnik_ru", "eljur", "mosreg_ru"} <= names


@pytest.mark.parametrize(("provider", "method"), THROUGH_ESIA)
async def test_an_account_opens_in_the_persons_browser(
    sandbox: Sandbox, served: dict[str, Served], provider: str, method: str
) -> None:
    place = served[provider]
    accounts = [
        item
        for item in sandbox.accounts(provider)
        if method in item.methods and item.students and item.state == "ok"
    ]
    assert accounts
    account = accounts[0]
    emulator = sandbox.emulator(provider)
    redirects = []
    async with AsyncGateway(
        settings=sandbox.settings([place]), store=MemoryStore(), registry=REGISTRY
    ) as gateway:
        login = await gateway.begin_login(provider, method=method)
        while login.step is not None:
            assert login.step.error is None
            if isinstance(login.step, Redirect):
                redirects.append(login.step)
            answer = emulator.answer(login.step, account, origin=place.origin)
            login = await gateway.submit(login.id, answer)
        login.raise_if_failed()
        children = await gateway.students()

    assert len(redirects) == 1
    assert redirects[0].title is not None
    assert redirects[0].title.ru.startswith("Войдите на Госуслугах")
    assert children
