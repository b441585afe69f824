"""Every diary with a way through Gosuslugi, with this sign-in system installed."""

from collections.abc import Iterator
from datetime import date

import pytest

import gateway_dnevnik_ru.plugin
import gateway_eljur.plugin
import gateway_gosuslugi.plugin
import gateway_mos_ru.plugin
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Form, OneTimeCode, Redirect
from gateway.core.login.status import Login
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


@pytest.mark.parametrize("provider", ["mosreg_ru", "myschool_kaluga"])
async def test_an_account_opens_by_password_where_the_operator_lets_it(
    sandbox: Sandbox, served: dict[str, Served], provider: str
) -> None:
    steps, login, children = await by_password(sandbox, served[provider], provider)

    login.raise_if_failed()
    assert children
    assert "redirect" not in steps
    assert "form" in steps


async def test_pages_behind_gosuslugi_that_need_a_browser_are_left_to_it(
    sandbox: Sandbox, served: dict[str, Served]
) -> None:
    _, login, _ = await by_password(sandbox, served["eljur"], "eljur")

    assert login.error is not None
    assert "браузере" in login.error.text.ru


async def by_password(
    sandbox: Sandbox, place: Served, provider: str
) -> tuple[list[str], Login, bool]:
    """A login whose person gives the password of Gosuslugi; the types of its steps."""
    account = next(
        item
        for item in sandbox.accounts(provider)
        if {"esia_login"} <= item.config.keys() and item.students and item.state == "ok"
    )
    emulator = sandbox.emulator(provider)
    settings = sandbox.settings([place]).with_provider(
        provider, **emulator.settings(place.origin), headless_sign_in=True
    )
    form = {"login": account.config["esia_login"], "password": account.config["esia_password"]}
    steps: list[str] = []
    async with AsyncGateway(settings=settings, store=MemoryStore(), registry=REGISTRY) as gateway:
        login = await gateway.begin_login(provider, method="esia")
        while login.step is not None and len(steps) < 10:
            steps.append(login.step.type)
            answer: StepInput
            if "qr" in [item.key for item in getattr(login.step, "options", ())]:
                answer = "password"
            elif isinstance(login.step, Form) and login.step.fields[0].name == "login":
                answer = form
            elif isinstance(login.step, OneTimeCode):
                answer = account.code or "123456"
            else:
                answer = emulator.answer(login.step, account, origin=place.origin)
            login = await gateway.submit(login.id, answer)
        return steps, login, bool(await gateway.students())
