"""A browser that we open and control, for redirects that end where no other program listens.

The person signs in themselves; we only watch for the final address or for the cookies.
"""

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import CompletedBy, Redirect
from gateway.core.errors import MissingExtra, SignInCancelled

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_COOKIE_LOOK: Final = 0.5

Play = Callable[["Page"], Awaitable[None]]
"""Does what a person would do in the page; for tests."""


def installed_browser() -> str | None:
    """Path of a Chromium that is installed on this machine, if there is one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


async def complete(
    step: Redirect, *, headless: bool = False, play: Play | None = None, sandbox: bool = True
) -> StepInput:
    """Opens the step's address and waits until the sign-in has ended.

    Args:
        step: What to open, and what ends it.
        headless: Without a window; for tests.
        play: Plays the person; for tests.
        sandbox: Whether Chromium's own sandbox is used; root cannot have it.

    Returns:
        The final address, or the wanted cookies.

    Raises:
        MissingExtra: The extra `[browser]` is not installed.
        SignInCancelled: The window was closed before the end.
    """
    try:
        from playwright.async_api import async_playwright  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise MissingExtra(extra="browser") from None
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(
            headless=headless, executable_path=installed_browser(), chromium_sandbox=sandbox
        )
        context = await browser.new_context()
        page = await context.new_page()
        ended: asyncio.Future[StepInput] = asyncio.get_running_loop().create_future()
        page.on("close", lambda _: _fail(ended))
        watching = _watch(step, context, ended)
        try:
            await page.goto(step.url, wait_until="commit")
            if play is not None:
                await play(page)
            return await ended
        finally:
            if watching is not None:
                watching.cancel()
            await browser.close()


def _watch(
    step: Redirect, context: "BrowserContext", ended: "asyncio.Future[StepInput]"
) -> "asyncio.Task[None] | None":
    if step.completes_by is CompletedBy.COOKIES:
        return asyncio.create_task(_cookies(step, context, ended))
    pattern = re.compile(step.pattern or re.escape(step.url))

    def look(request: "Request") -> None:
        if request.is_navigation_request() and pattern.match(request.url) and not ended.done():
            ended.set_result(request.url)

    context.on("request", look)
    return None


async def _cookies(
    step: Redirect, context: "BrowserContext", ended: "asyncio.Future[StepInput]"
) -> None:
    """Looks for the wanted cookies; a browser tells nobody when it gets one."""
    domain = step.cookie_domain or ""
    while not ended.done():
        found = {
            item["name"]: item["value"]
            for item in await context.cookies()
            if item["domain"].lstrip(".").endswith(domain)
        }
        if all(name in found for name in step.cookie_names):
            ended.set_result({name: found[name] for name in step.cookie_names})
            return
        await asyncio.sleep(_COOKIE_LOOK)


def _fail(ended: "asyncio.Future[StepInput]") -> None:
    if not ended.done():
        ended.set_exception(SignInCancelled("the window was closed"))
