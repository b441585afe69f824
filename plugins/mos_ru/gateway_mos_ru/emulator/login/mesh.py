"""From login.mos.ru to the diary's own tokens (protocol notes 2.2, step 9; 2.3)."""

from collections.abc import Mapping
from typing import Final

from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import ApiError
from gateway_mos_ru.emulator.login.answers import json, meta_refresh, page, redirect, with_cookies
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.people import ACCESS_COOKIE, REFRESH_COOKIE
from gateway_mos_ru.emulator.rules import OPEN, Router
from gateway_mos_ru.emulator.sign_ins.clients import WEB_CLIENT, WEB_RETURN
from gateway_mos_ru.emulator.tokens import Pair

HOME: Final = "diary"
_WEB_SCOPE: Final = "openid+profile+birthday+contacts+snils+blitz_user_rights+blitz_change_password"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("v3/auth/sudir/login", to_mos_ru, dress=AT_MOS_RU)
    router.add("v3/auth/sudir/callback", callback, dress=AT_MOS_RU)
    router.add("v3/auth/sudir/auth", exchange, dress=AT_MOS_RU, methods=("POST",))
    router.add("", home, dress=OPEN)
    router.add(HOME, home, dress=OPEN)


def to_mos_ru(call: Call) -> object:
    """GET `/v3/auth/sudir/login`: a page that sends the browser to login.mos.ru."""
    return meta_refresh(
        f"{call.site.login}/sps/oauth/ae?response_type=code&access_type=offline"
        f"&client_id={WEB_CLIENT}&scope={_WEB_SCOPE}&redirect_uri={WEB_RETURN}"
    )


def callback(call: Call) -> object:
    """GET `/v3/auth/sudir/callback?code=`: sets both cookies; the site activates by itself."""
    account_key = call.service.login.codes.redeem_web(call.text("code"))
    if account_key is None:
        return page("Вход", "<p>Вход не выполнен</p>", 401)
    pair = call.service.tokens.issue_pair(account_key, activated=True)
    return with_cookies(call, redirect(f"{call.site.api}/{HOME}"), cookies_of(pair))


def cookies_of(pair: Pair) -> tuple[tuple[str, str], ...]:
    """The cookies of a signed-in browser."""
    return (ACCESS_COOKIE, pair.grant.token), (REFRESH_COOKIE, pair.refresh_token)


def exchange(call: Call) -> object:
    """POST `/v3/auth/sudir/auth`: an access token of mos.ru for the diary's own."""
    service, asked = call.service, call.json.get("user_authentication_for_mobile_request")
    mos_token = asked.get("mos_access_token") if isinstance(asked, Mapping) else None
    account_key = service.login.codes.account_of(str(mos_token or ""))
    if account_key is None:
        raise ApiError(401, {"code": 401, "message": "mos_access_token is invalid"})
    account = service.account(account_key)
    pair = service.tokens.issue_pair(account_key)
    return json(
        {
            "user_authentication_for_mobile_response": {
                "mesh_access_token": pair.grant.token,
                "mesh_refresh_token": pair.refresh_token,
                "mesh_id": str(service.ids.of(ids.USER, account_key)),
                "obr_id": service.ids.of(ids.USER, account_key),
                "sso_id": ids.guid("sso", account.key),
                "user_authentication_result": "SUCCESS",
                "request_parameters": {"mos_access_token": mos_token, "mos_id_token": None},
            }
        }
    )


def home(_: Call) -> object:
    """The page that a browser ends at."""
    return page("Дневник: учебная копия", "<h1>Не настоящий дневник</h1>")
