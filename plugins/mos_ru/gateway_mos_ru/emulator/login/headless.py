"""Signing in at login.mos.ru without a browser: password, SMS (protocol notes 2.2, steps 5-7)."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import json, login_errors
from gateway_mos_ru.emulator.login.browser import finished, next_of, sign_in_of
from gateway_mos_ru.emulator.login.credentials import check
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.login.trust import trust_page
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.sessions import (
    CODE_TTL,
    Method,
    Next,
    SentCode,
    SignIn,
    Verdict,
)

_BASE: Final = "sps/login/methods/headless"
_NO_SIGN_IN: Final = "no_login_process"
_BAD_PROOF: Final = "invalid_proof_of_work"
_IN_BROWSER: Final = {
    m.AccountState.CAPTCHA: "captcha",
    m.AccountState.CONSENT: "go_to_web",
    m.AccountState.TEMPORARY_PASSWORD: "change_password",
}


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(f"{_BASE}/password", take_password, dress=AT_MOS_RU, methods=("POST",))
    router.add(f"{_BASE}/sms/bind", bind_sms, dress=AT_MOS_RU, methods=("POST",))


def take_password(call: Call) -> object:
    """POST `headless/password` `{login, password, proofOfWork}`: a code, a question or errors."""
    sign_in = sign_in_of(call)
    if sign_in is None:
        raise login_errors(_NO_SIGN_IN)
    service, body = call.service, call.json
    login, password, stamp = (
        str(body.get(name) or "") for name in ("login", "password", "proofOfWork")
    )
    if sign_in.proof is not None and not service.login.proofs.take(sign_in.proof, stamp):
        raise login_errors(_BAD_PROOF)
    found = check(service, login, password)
    if not isinstance(found, m.Account):
        raise login_errors(found.value)
    inquiry = _IN_BROWSER.get(service.state.state_of(found))
    if inquiry is not None:
        return _choice(inquiry)
    sign_in.account = found
    if next_of(call, sign_in) is Next.FACTOR:
        return _choice("ask_to_send_sms")
    return finished(call, sign_in, found)


def bind_sms(call: Call) -> object:
    """POST `headless/sms/bind`: an empty form sends the SMS, `sms-code` answers it."""
    sign_in = sign_in_of(call)
    account = None if sign_in is None else sign_in.account
    if sign_in is None or account is None or next_of(call, sign_in) is not Next.FACTOR:
        raise login_errors(_NO_SIGN_IN)
    entered = call.text("sms-code")
    if entered:
        return _answered(call, sign_in, account, entered)
    return _send(call, sign_in, account)


def _send(call: Call, sign_in: SignIn, account: m.Account) -> Response:
    """Send a code; asking again sends a fresh one, but gives no tries back."""
    tries = sign_in.code.tries_left if sign_in.code is not None else None
    if tries == 0:
        raise login_errors(Verdict.NO_ATTEMPTS.value)
    code = SentCode(Method.SMS, call.service.now())
    if tries is not None:
        code.tries_left = tries
    sign_in.code = code
    return json(
        {
            "inquire": "enter_sms_code",
            "contact": masked_phone(call.service.world.person(account.person_key).phone),
            "ttl": CODE_TTL,
            "remain_attempts": code.tries_left,
        }
    )


def _answered(call: Call, sign_in: SignIn, account: m.Account, entered: str) -> Response:
    verdict = sign_in.answer(account, entered, call.service.now())
    if verdict is not Verdict.RIGHT:
        raise login_errors(verdict.value)
    if next_of(call, sign_in) is Next.TRUST:
        return trust_page(call, sign_in)
    return finished(call, sign_in, account)


def _choice(*inquiries: str) -> Response:
    return json({"inquire": "choose_one", "items": [{"inquire": item} for item in inquiries]})


def masked_phone(phone: str | None) -> str:
    """A phone as sign-ins show it: four digits at the beginning, two at the end."""
    digits = "".join(sign for sign in phone or "" if sign.isdigit())
    return f"{digits[:4]}*****{digits[-2:]}"
