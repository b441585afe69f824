"""A controlled browser finishes a redirect; needs a Chromium and the extra `[browser]`."""

import re
from urllib.parse import urlsplit

import pytest

from gateway.cli.browser import complete, installed_browser
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.steps import Choice, CompletedBy, Redirect
from gateway.core.errors import SignInCancelled
from gateway.sandbox.connecting import settings_for
from gateway.sandbox.server import Sandbox

pytest.importorskip("playwright", reason="the extra [browser] is not installed")
pytestmark = pytest.mark.skipif(
    installed_browser() is None, reason="there is no Chromium on this machine"
)
OPTIONS = {"headless": True, "sandbox": False}


async def test_a_person_signs_in_at_gosuslugi_in_a_real_browser(origin: str) -> None:
    box = Sandbox()
    account = next(
        item for item in box.accounts("dnevnik_ru") if "esia" in item.methods and item.state == "ok"
    )

    async def person(page: object) -> None:
        await page.fill("input[name=login]", account.config["esia_login"])  # type: ignore[attr-defined]
        await page.fill("input[name=password]", account.config["esia_password"])  # type: ignore[attr-defined]
        await page.click("input[type=submit]")  # type: ignore[attr-defined]
        code = page.locator("input[name=code]")  # type: ignore[attr-defined]
        if account.code is not None and await code.count():
            await code.fill(account.code)
            await page.click("input[type=submit]")  # type: ignore[attr-defined]

    async with AsyncGateway(settings=settings_for("dnevnik_ru", origin)) as gateway:
        login = await gateway.begin_login("dnevnik_ru", method="esia")
        if isinstance(login.step, Choice):
            login = await gateway.submit(login.id, account.config["esia_region_id"])
        assert isinstance(login.step, Redirect)
        final = await complete(login.step, play=person, **OPTIONS)
        login = await gateway.submit(login.id, final)
        while isinstance(login.step, Choice):
            login = await gateway.submit(login.id, login.step.options[0].key)
        assert login.accounts


async def test_cookies_are_waited_for(origin: str) -> None:
    step = Redirect(
        url=f"{origin}/login",
        completes_by=CompletedBy.COOKIES,
        cookie_domain=urlsplit(origin).hostname,
        cookie_names=("wanted",),
    )

    async def person(page: object) -> None:
        await page.evaluate("document.cookie = 'wanted=yes; path=/'")  # type: ignore[attr-defined]

    assert await complete(step, play=person, **OPTIONS) == {"wanted": "yes"}


async def test_closing_the_window_cancels(origin: str) -> None:
    step = Redirect(
        url=f"{origin}/login",
        completes_by=CompletedBy.FINAL_URL,
        pattern=re.escape(f"{origin}/never"),
    )

    async def person(page: object) -> None:
        await page.context.close()  # type: ignore[attr-defined]

    with pytest.raises(SignInCancelled):
        await complete(step, play=person, **OPTIONS)
