"""`auth` and `getusersvendors` (notes 2.2, 2.3)."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator import doors
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import good, json
from gateway_eljur.emulator.errors import BAD_REQUEST, wrong_login
from gateway_eljur.emulator.members import User
from gateway_eljur.emulator.rules import Access, Router, method
from gateway_eljur.emulator.vendors import API_HOST, is_school, keys_at

_NO_V_TOKEN: Final = "Не удалось проверить токен"  # noqa: S105 - a sentence
_NOBODY: Final = "Учетная запись Госуслуг не связана с пользователем ЭлЖура"


def register(router: Router) -> None:
    """Add the methods of this part."""
    method(router, "auth", auth, Access.APPLICATION)
    method(router, "getusersvendors", users_vendors, Access.BARE)


def auth(call: Call) -> object:
    """Login and password for a token; also sets the school's cookie, which some clients need.

    Hosts whose families sign in through ЕСИА alone take passwords too: a client has the host of
    such a region (`edu.gounn.ru`) written into it, and could not sign in at all otherwise.
    """
    vendor = call.vendor
    service = call.service
    account = service.members[vendor.key].by_login(call.text("login"))
    password = None if account is None else service.state.password_of(account)
    if account is None or password is None or call.text("password") != password:
        raise wrong_login()
    grant = service.tokens.issue(vendor.key, account.key)
    expires = service.local(grant.expires_at, vendor)
    response = good(call, {"token": grant.token, "expires": expires})
    set_school(call, response, vendor.key)
    return response


def set_school(call: Call, response: Response, vendor: str) -> None:
    """The cookie that names the school."""
    response.headers.append("set-cookie", f"school_domain={vendor}{call.site.cookie_tail}")


def users_vendors(call: Call) -> object:
    """Everybody whom an ЕСИА identity is, in every school of the host; without the envelope."""
    claims = doors.v_token_claims(call.text("v_token").strip(), call.service.now())
    if claims is None:
        return json({"error": _NO_V_TOKEN, "result": False}, BAD_REQUEST)
    identity = call.service.world.esia_identity(str(claims.get("sub")))
    issuer = str(claims.get("iss"))
    places = keys_at(API_HOST if is_school(issuer) else issuer, call.service.vendors)
    if identity.level is m.EsiaLevel.SIMPLIFIED:
        return json({"error": _NOBODY, "result": False}, BAD_REQUEST)
    users = users_of(call, identity, tuple(key for key in places if key in call.host_vendors))
    if not users:
        return json({"error": _NOBODY, "result": False}, BAD_REQUEST)
    with_tokens = call.has("auth_token")  # a client sends it empty and takes the token
    return json({"result": [_item(call, user, with_tokens) for user in users]})


def users_of(call: Call, identity: m.EsiaIdentity, places: tuple[str, ...]) -> list[User]:
    """The users of an identity whom the school has linked with it."""
    found = []
    for account in map(call.service.account, identity.account_keys):
        if account.state is m.AccountState.UNLINKED:
            continue
        users = (call.service.user(key, account.key) for key in places)
        found += [user for user in users if user is not None]
    return found


def _item(call: Call, user: User, with_tokens: bool) -> JsonObject:
    grant = call.service.tokens.issue(user.vendor.key, user.account.key)
    token = {"token": grant.token} if with_tokens else {}
    return {
        "vendor_id": str(user.vendor.number),
        "vendor": user.vendor.key,
        "vendor_title": user.vendor.title,
        **token,
        "user_title": f"{user.person.surname} {user.person.given_name}",
        "expires": call.service.local(grant.expires_at, user.vendor),
        "login": user.login,
    }
