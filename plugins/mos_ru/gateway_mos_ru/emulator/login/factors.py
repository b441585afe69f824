"""Second factors on the pages of login.mos.ru (protocol notes 2.3, step 4)."""

from typing import Final

import msgspec
from starlette.responses import Response

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import page
from gateway_mos_ru.emulator.login.browser import (
    FACTOR_PAGE,
    address,
    go_on,
    next_of,
    sign_in_of,
    stale_page,
)
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.sessions import Method, Next, SentCode, SignIn, Verdict

_TAKES: Final = {
    Method.SMS: ("sps/login/methods/sms", "sms-code"),
    Method.EMAIL: ("sps/login/methods/email", "email-code"),
    Method.FLASH_CALL: ("sps/login/method/flashCall/code", "code"),
    Method.TOTP: ("sps/login/methods/totp", "otp"),
}
_CALL: Final = "sps/login/method/flashCall"
_WORDS: Final = {
    Verdict.WRONG: "Неверный код",
    Verdict.EXPIRED: "Срок действия кода истёк",
    Verdict.NO_ATTEMPTS: "Попытки ввода кода исчерпаны",
}


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(f"{FACTOR_PAGE}/{{method}}", show, dress=AT_MOS_RU)
    router.add(_CALL, call_up, dress=AT_MOS_RU, methods=("POST",))
    router.add(_TAKES[Method.SMS][0], take_sms, dress=AT_MOS_RU, methods=("POST",))
    router.add(_TAKES[Method.EMAIL][0], take_email, dress=AT_MOS_RU, methods=("POST",))
    router.add(_TAKES[Method.FLASH_CALL][0], take_call, dress=AT_MOS_RU, methods=("POST",))
    router.add(_TAKES[Method.TOTP][0], take_totp, dress=AT_MOS_RU, methods=("POST",))


def show(call: Call) -> object:
    """GET `/sps/login/methods2/{method}?bo=`: switches to it; SMS and e-mail go out at once."""
    sign_in = _waiting(call)
    if sign_in is None:
        return stale_page()
    try:
        method = Method(call.params["method"])
    except ValueError:
        return page("Вход", "<p>Такого способа нет</p>", 404)
    if method is not Method.FLASH_CALL:  # nobody calls before the button is pressed
        _send(call, sign_in, method)
    return _page(call, sign_in, method)


def call_up(call: Call) -> object:
    """POST `/sps/login/method/flashCall?bo=`: the phone rings."""
    sign_in = _waiting(call)
    if sign_in is None:
        return stale_page()
    _send(call, sign_in, Method.FLASH_CALL)
    return _page(call, sign_in, Method.FLASH_CALL)


def take_sms(call: Call) -> object:
    """POST `/sps/login/methods/sms?bo=` with `sms-code`."""
    return _take(call, Method.SMS)


def take_email(call: Call) -> object:
    """POST `/sps/login/methods/email?bo=` with `email-code`."""
    return _take(call, Method.EMAIL)


def take_call(call: Call) -> object:
    """POST `/sps/login/method/flashCall/code?bo=` with `code`: the caller's last four digits."""
    return _take(call, Method.FLASH_CALL)


def take_totp(call: Call) -> object:
    """POST `/sps/login/methods/totp?bo=` with `otp`."""
    return _take(call, Method.TOTP)


def _waiting(call: Call) -> SignIn | None:
    """The sign-in, if it waits for a second factor and `bo` is its own."""
    sign_in = sign_in_of(call)
    if sign_in is None or call.text("bo") != sign_in.back:
        return None
    return sign_in if next_of(call, sign_in) is Next.FACTOR else None


def _send(call: Call, sign_in: SignIn, method: Method) -> None:
    sign_in.code = SentCode(method, call.service.now())


def _take(call: Call, method: Method) -> Response:
    sign_in = _waiting(call)
    account = None if sign_in is None else sign_in.account
    if sign_in is None or account is None:
        return stale_page()
    if sign_in.code is None or sign_in.code.method is not method:
        return stale_page()
    verdict = sign_in.answer(account, call.text(_TAKES[method][1]), call.service.now())
    if verdict is not Verdict.RIGHT:
        return _page(call, sign_in, method, verdict)
    return go_on(call, sign_in, account)


def _page(call: Call, sign_in: SignIn, method: Method, verdict: Verdict | None = None) -> Response:
    path, name = _TAKES[method]
    others = "".join(
        f'<a href="{address(call, f"{FACTOR_PAGE}/{other}", sign_in)}">{other}</a> '
        for other in Method
        if other is not method
    )
    ring = (
        f'<form method="post" action="{address(call, _CALL, sign_in)}"><button>Позвонить</button>'
        "</form>"
        if method is Method.FLASH_CALL
        else ""
    )
    return page(
        "Подтверждение входа",
        f"<script>var vrfCodeConf = {_config(call, sign_in, verdict)};</script>{ring}"
        f'<form method="post" action="{address(call, path, sign_in)}">'
        f'<input id="{name}" name="{name}" inputmode="numeric"><button>Подтвердить</button></form>'
        f"{others}",
    )


def _config(call: Call, sign_in: SignIn, verdict: Verdict | None) -> str:
    code = sign_in.code
    ttl = 0 if code is None or verdict is Verdict.EXPIRED else code.ttl(call.service.now())
    error = None if verdict is None else _WORDS[verdict]
    left = None if code is None else code.tries_left
    return msgspec.json.encode({"error": error, "ttl": ttl, "attemptsLeft": left}).decode()
