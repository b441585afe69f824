"""From the school's door to ЕСИА, and back again: code, task, link, token (notes 2.3)."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from gateway_eljur.emulator import doors
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.errors import BAD_REQUEST, no_page
from gateway_eljur.emulator.rules import Router, page

DOOR: Final = "journal-esia-region-action"
BACK: Final = "journal-esia-action"
_STALE: Final = "Вход устарел, начните снова"
_AUTHORIZE: Final = "aas/oauth2/v2/ac"


def register(router: Router) -> None:
    """Add the paths of this part."""
    page(router, DOOR, door)
    page(router, BACK, arrived)
    page(router, f"{BACK}/action.login", leave)
    page(router, f"{BACK}/action.validate", validate, ("POST",))
    page(router, f"{BACK}/action.check", check)
    page(router, f"{DOOR}/redirect", enter)


def redirect(address: str) -> Response:
    """302."""
    return RedirectResponse(address, 302)


def simple_page(text: str, status: int = 200) -> Response:
    """A page with one sentence."""
    return HTMLResponse(f"<html><body><p>{escape(text)}</p></body></html>", status)


def door(call: Call) -> Response:
    """GET the link «Войти через Госуслуги»."""
    return redirect(f"/{BACK}/action.login") if call.host_vendors else no_page()


def leave(call: Call) -> Response:
    """GET the next hop, which leads to ЕСИА."""
    found = call.service.esia.begin(call.site.host)
    asked = f"client_id=SANDBOX&response_type=code&state={found.id}"
    return redirect(f"{call.site.esia}/{_AUTHORIZE}?{asked}")


def arrived(call: Call) -> Response:
    """GET the address that ЕСИА leads back to; its form carries the code on.

    Without a code this is the older link of the sign-in.
    """
    code = call.text("code")
    if not code:
        return leave(call)
    action = f"{call.site.here}/{BACK}/action.validate"
    return HTMLResponse(
        f'<html><body><form action="{escape(action)}" method="POST">'
        f'<input type="hidden" name="code" value="{escape(code)}">'
        "</form></body></html>"
    )


def validate(call: Call) -> Response:
    """POST the code: a page that watches a task."""
    task = call.service.tasks.begin(call.text("code"))
    if task is None:
        return simple_page(_STALE, BAD_REQUEST)
    return HTMLResponse(
        f'<html><body><script>var esiaTaskId = "{task}";</script><p>Подождите…</p></body></html>'
    )


def check(call: Call) -> Response:
    """GET how a task stands: `link` when it is done."""
    try:
        word = call.service.tasks.link(call.text("taskId"))
    except KeyError:
        return json({"error": _STALE}, BAD_REQUEST)
    if word is None:
        return json({"status": "process"})
    region = doors.token(call.site.host, "region")[:32]
    return json({"status": "done", "link": f"/{DOOR}/redirect?region={region}&token={word}"})


def enter(call: Call) -> Response:
    """GET the link: the last address, which holds the token of the sign-in."""
    found = call.service.tasks.follow(call.text("token"))
    if found is None:
        return simple_page(_STALE, BAD_REQUEST)
    host, identity_key = found
    word = doors.v_token(host, identity_key, call.service.now())
    return redirect(f"/journal-app?v_token={word}")
