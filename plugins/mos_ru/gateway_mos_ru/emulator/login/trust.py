"""«Trust this browser?» after a second factor (protocol notes 2.2, step 7; 2.3, step 5)."""

from typing import Final

from starlette.responses import Response

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import page, with_cookies
from gateway_mos_ru.emulator.login.browser import (
    TRUST_PAGE,
    TRUSTED,
    address,
    go_on,
    next_of,
    sign_in_of,
    stale_page,
)
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.sessions import Next, SignIn

TITLE: Final = "Доверять этому браузеру?"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(TRUST_PAGE, show, dress=AT_MOS_RU)
    router.add(TRUST_PAGE, take, dress=AT_MOS_RU, methods=("POST",))


def trust_page(call: Call, sign_in: SignIn) -> Response:
    """The question."""
    return page(
        TITLE,
        f'<h1>{TITLE}</h1><form method="post" action="{address(call, TRUST_PAGE, sign_in)}">'
        '<button name="action" value="trust" id="agree">Доверять</button>'
        '<button name="action" value="do_not_trust">Не доверять</button></form>',
    )


def show(call: Call) -> object:
    """GET `/sps/login/ur/askToTrust?bo=`; without `bo` a headless client passes the question by."""
    sign_in = sign_in_of(call)
    account = None if sign_in is None else sign_in.account
    if sign_in is None or account is None or next_of(call, sign_in) is not Next.TRUST:
        return stale_page()
    if not call.text("bo"):
        sign_in.has_answered_trust = True
        return go_on(call, sign_in, account)
    return trust_page(call, sign_in)


def take(call: Call) -> object:
    """POST with `action=trust|do_not_trust`, or `trust=true|false` from headless clients."""
    sign_in = sign_in_of(call)
    account = None if sign_in is None else sign_in.account
    if sign_in is None or account is None or next_of(call, sign_in) is not Next.TRUST:
        return stale_page()
    answer = call.text("action") or call.text("trust")
    if answer not in ("trust", "true", "do_not_trust", "false"):
        return trust_page(call, sign_in)
    sign_in.has_answered_trust = True
    response = go_on(call, sign_in, account)
    if answer in ("trust", "true"):
        mark = call.service.login.trust(account)
        return with_cookies(call, response, ((TRUSTED, mark),))
    return response
