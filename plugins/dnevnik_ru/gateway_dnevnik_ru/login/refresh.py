"""New tokens for old: single-use refresh tokens of both interfaces (protocol notes 2.6)."""

from dataclasses import replace
from typing import Final

from gateway.core.config import required
from gateway.core.contract.link import Link
from gateway.core.contract.session import Session
from gateway.core.errors import AccountMismatch, InteractionRequired, SessionError
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import wire
from gateway_dnevnik_ru.login.grants import (
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    Family,
    grant_of,
    plain,
)
from gateway_dnevnik_ru.settings import DnevnikSettings

_DEAD_TOKEN: Final = frozenset({"Error", "authorizationFailed", "invalidToken", "tokenRequired"})


async def renewed(link: Link, settings: DnevnikSettings, session: Session) -> Session:
    """The session with a new pair of tokens; the old pair is dead from then on.

    Raises:
        InteractionRequired: There is no refresh token, or the service no longer takes it.
        MissingSetting: The operator no longer has the application's keys.
        AccountMismatch: The service answers for another account.
    """
    token = session.secret(REFRESH_TOKEN)
    if token is None:
        raise InteractionRequired(method=session.method, reason="no_refresh")
    family = Family(session.data["family"])
    prefix = "mobile_" if family is Family.MOBILE else ""
    required(settings, session.provider, f"{prefix}client_id", f"{prefix}client_secret")
    if family is Family.MOBILE:
        version = session.data.get("mobile_version", settings.mobile_version)
        path = f"/mobile/{version}/authorizations/byrefreshtoken"
        client_id, secret = settings.mobile_client_id, settings.mobile_client_secret
    else:
        path = "/v2/authorizations"
        client_id, secret = settings.client_id, settings.client_secret
    body = {
        "grant_type": "RefreshToken",
        "refreshToken": token,
        "client_id": client_id,
        "client_secret": plain(secret),
    }
    try:
        response = await link.request(
            "api", "POST", path, kind=RequestKind.REFRESH, body=Body.of_json(body), template=path
        )
    except SessionError as error:
        raise InteractionRequired(method=session.method, reason="expired") from error
    found = decode(response, wire.Grant, link.note)
    grant = grant_of(found, family, link.now())
    if grant is None:
        reason = "expired" if found.type in _DEAD_TOKEN else "refused"
        raise InteractionRequired(method=session.method, reason=reason)
    if grant.user_id is not None and str(grant.user_id) != session.data.get("user_id"):
        raise AccountMismatch("the refresh answered for another account")
    kept = {
        name: value
        for name, value in session.credentials.items()
        if name not in {ACCESS_TOKEN, REFRESH_TOKEN}
    }
    return replace(session, credentials={**kept, **grant.credentials()})
