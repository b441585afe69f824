"""Grants of the partner interface: password, code, refresh (protocol notes 2.3 and 2.6)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.login.credentials import check, guid
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.tokens import EXPIRES_IN, Grant, Scope


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(
        "v2/authorizations/bycredentials", by_credentials, dress=Dress.PARTNER, methods=("POST",)
    )
    router.add("v2/authorizations", exchange, dress=Dress.PARTNER, methods=("POST",))


def need_application(call: Call) -> None:
    """Refuse application keys that are no GUIDs; any pair of GUIDs is a known one here."""
    client = guid(call.text("client_id", "clientId"))
    secret = guid(call.text("client_secret", "clientSecret"))
    if client is None or secret is None:
        raise ApiError("authorizationFailed")


def grant_json(call: Call, grant: Grant) -> JsonObject:
    """A pair of tokens, 7 keys."""
    user = call.service.ids.of(ids.USER, grant.account_key)
    return {
        "accessToken": grant.token,
        "expiresIn": EXPIRES_IN,
        "expiresIn_str": str(EXPIRES_IN),
        "refreshToken": grant.refresh_token,
        "scope": grant.scope.text,
    } | big("user", user)


def by_credentials(call: Call) -> object:
    """POST `v2/authorizations/bycredentials`: JSON, or the same fields in the query."""
    need_application(call)
    found = check(call.service, call.text("username"), call.text("password"))
    if not isinstance(found, m.Account):
        raise ApiError("authorizationFailed")
    if call.service.state.state_of(found) is m.AccountState.TEMPORARY_PASSWORD:
        raise ApiError("authorizationFailed")
    scope = Scope.parse(call.text("scope"))
    return grant_json(call, call.service.tokens.issue(found.key, scope, refreshable=True))


def exchange(call: Call) -> object:
    """POST `v2/authorizations`: a code or a refresh token for a new pair."""
    need_application(call)
    kind = call.text("grant_type").lower()
    grant: Grant | None = None
    if kind == "refreshtoken":
        grant = call.service.tokens.rotate(call.text("refreshToken"))
    elif kind == "authorizationcode":
        code = call.service.sessions.redeem(call.text("code"))
        if code is not None:
            scope = Scope.parse(code.scope)
            grant = call.service.tokens.issue(code.account_key, scope, refreshable=True)
    else:
        raise ApiError("invalidRequest", "Unknown grant_type")
    if grant is None:
        raise ApiError("authorizationFailed")
    return grant_json(call, grant)
