"""Where applications begin: `/sps/oauth/ae` (protocol notes 2.2, step 3; 2.3)."""

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import ApiError
from gateway_mos_ru.emulator.login.answers import json, page, redirect
from gateway_mos_ru.emulator.login.browser import PASSWORD_PAGE, address, session_cookies
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.clients import BadRequestError


def register(router: Router) -> None:
    """Add the path of this part."""
    router.add("sps/oauth/ae", authorize, dress=AT_MOS_RU)


def authorize(call: Call) -> object:
    """GET `/sps/oauth/ae`: JSON with `display=script`, else the page of the sign-in."""
    book, is_script = call.service.login, call.text("display") == "script"
    try:
        asked = book.clients.asked({name: values[0] for name, values in call.fields.items()})
    except BadRequestError as error:
        if is_script:
            raise ApiError(400, error.body) from error
        return page("Ошибка", f"<h1>{error.error}</h1><p>{error.description}</p>", 400)
    sign_in = book.begin(asked)
    if not is_script:
        return session_cookies(call, sign_in, redirect(address(call, PASSWORD_PAGE, sign_in)))
    sign_in.proof = book.proofs.ask()
    item = {"inquire": "login_with_password", "proofOfWork": sign_in.proof}
    return session_cookies(call, sign_in, json({"inquire": "choose_one", "items": [item]}))
