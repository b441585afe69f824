"""Signing in by a QR code, with the phone that approves it (protocol notes 2.3).

The phone is played so: whoever opens the link of the code may say whose phone it is, by a POST
with `account` (key or login) and `action=approve|decline`, as the form of the link's page does.
If nobody opens it, the phone of the world's first account that can approve does so by itself after
the page has asked three times. After an approval the page is told `askForConfirm`, then
`needComplete`.
"""

from html import escape
from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import ApiError
from gateway_mos_ru.emulator.login.answers import json, page
from gateway_mos_ru.emulator.login.browser import go_on, sign_in_of, stale_page
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.sessions import QrTicket

PULLS_ALONE: Final = 3
"""How often the page asks before the sandbox's own phone approves."""
_LINK: Final = "sps/qr"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("sps/login/methods/headless/qrCode/pull", pull, dress=AT_MOS_RU)
    router.add("sps/login/methods/qrCode/complete", complete, dress=AT_MOS_RU, methods=("POST",))
    router.add(f"{_LINK}/{{ticket}}", phone, dress=AT_MOS_RU)
    router.add(f"{_LINK}/{{ticket}}", approve, dress=AT_MOS_RU, methods=("POST",))


def pull(call: Call) -> object:
    """GET `…/headless/qrCode/pull`: what the page must do next."""
    if call.request.headers.get("x-requested-with", "").lower() != "xmlhttprequest":
        raise ApiError(400, {"error": "invalid_request"})
    sign_in, service = sign_in_of(call), call.service
    if sign_in is None:
        return _refresh("sessionNotFound")
    ticket = sign_in.qr or service.login.show_qr(sign_in)
    if ticket.is_declined or ticket.expires_at <= service.now():
        sign_in.qr = None
        return _refresh("declined" if ticket.is_declined else "expired")
    ticket.pulls += 1
    if ticket.phone is None and not ticket.is_open and ticket.pulls > PULLS_ALONE:
        ticket.phone = _own_phone(call)
    if ticket.phone is None:
        return json(
            {
                "command": "showQRCode",
                "link": f"{call.site.login}/{_LINK}/{ticket.id}",
                "expires": int(ticket.expires_at.timestamp()),
            }
        )
    if not ticket.is_confirmed:
        ticket.is_confirmed = True
        return json({"command": "askForConfirm"})
    ticket.is_ready = True
    return json({"command": "needComplete"})


def complete(call: Call) -> object:
    """POST `…/qrCode/complete`: goes on as after a password."""
    sign_in = sign_in_of(call)
    ticket = None if sign_in is None else sign_in.qr
    if sign_in is None or ticket is None or ticket.phone is None or not ticket.is_ready:
        return stale_page()
    sign_in.qr = None
    return go_on(call, sign_in, call.service.account(ticket.phone))


def phone(call: Call) -> object:
    """GET the link of a QR code: whose phone is it?"""
    ticket = call.service.login.ticket(call.params["ticket"])
    if ticket is None:
        return _gone()
    ticket.is_open = True
    options = "".join(
        f'<option value="{escape(item.key)}">{escape(item.label)}</option>' for item in _able(call)
    )
    return page(
        "Вход по QR-коду",
        f'<h1>Чей это телефон?</h1><form method="post"><select name="account">{options}</select>'
        '<button name="action" value="approve">Разрешить вход</button>'
        '<button name="action" value="decline">Отклонить</button></form>',
    )


def approve(call: Call) -> object:
    """POST to the link of a QR code: the phone of an account approves, or declines."""
    ticket = call.service.login.ticket(call.params["ticket"])
    if ticket is None or ticket.phone is not None:
        return _gone()
    if call.text("action") == "decline":
        return _declined(ticket)
    wanted = call.text("account")
    account = next((item for item in _able(call) if wanted in (item.key, item.login)), None)
    if account is None:
        return page("Вход по QR-коду", "<p>Этот телефон не подходит</p>", 403)
    ticket.phone = account.key
    return page("Вход по QR-коду", "<p>Вход разрешён</p>")


def _declined(ticket: QrTicket) -> Response:
    ticket.is_declined = True
    return page("Вход по QR-коду", "<p>Вход отклонён</p>")


def _able(call: Call) -> list[m.Account]:
    """Accounts whose persons are signed in on their phones."""
    return [account for account in call.service.world.accounts if doors.has_doors(account)]


def _own_phone(call: Call) -> str:
    return _able(call)[0].key


def _refresh(cause: str) -> Response:
    return json({"command": "needRefresh", "cause": cause})


def _gone() -> Response:
    return page("Вход по QR-коду", "<p>Код устарел</p>", 410)
