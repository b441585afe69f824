"""New tokens for old, by the family they are of (protocol notes 2.6, 2.9)."""

from dataclasses import replace
from urllib.parse import urlsplit

from pydantic import SecretStr

from gateway.core.contract.addresses import base_of
from gateway.core.contract.link import RenewalLink
from gateway.core.contract.session import Credential, Session
from gateway.core.errors import (
    AccessDenied,
    AccountMismatch,
    BadResponse,
    InteractionRequired,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import Cookie
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.login import wire
from gateway_mos_ru.login.activation import activated
from gateway_mos_ru.login.addresses import NODE_REFRESH, WEB_REFRESH
from gateway_mos_ru.login.claims import token_of
from gateway_mos_ru.login.cookies import REFRESH_COOKIE
from gateway_mos_ru.login.device import Device
from gateway_mos_ru.login.exchange import mesh_token, mos_tokens
from gateway_mos_ru.login.grants import (
    ACCESS_TOKEN,
    CLIENT_ID,
    CLIENT_SECRET,
    REFRESH_TOKEN,
    Family,
    access_credential,
)
from gateway_mos_ru.routes import API
from gateway_mos_ru.signing import WEB_SUBSYSTEM


async def renewed(link: RenewalLink, session: Session) -> Session:
    """The session with a new, activated token.

    A refresh token serves once, so its successor is stored before anything else is asked. The
    access token beside it stays the old one until the new one is activated: a session whose
    renewal broke off half-way is renewed anew, never used with a token that opens nothing.

    Raises:
        InteractionRequired: There is no refresh token, or the service no longer takes it.
        AccountMismatch: The new token is of another person.
    """
    token = session.secret(REFRESH_TOKEN)
    if token is None:
        raise InteractionRequired(method=session.method, reason="no_refresh")
    match Family(session.data["family"]):
        case Family.MOBILE:
            left, access = await _mobile(link, session, token)
        case Family.WEB:
            left, access = await _web(link, session, token)
        case Family.NODE | Family.PASTED:
            left, access = await _by_itself(link, session, token)
    await _activate(link, left, access)
    return left.with_credentials(**{ACCESS_TOKEN: access_credential(access)})


async def _mobile(link: RenewalLink, session: Session, token: str) -> tuple[Session, SecretStr]:
    secret = session.credentials.get(CLIENT_SECRET)
    if secret is None or CLIENT_ID not in session.data:
        raise InteractionRequired(method=session.method, reason="no_refresh")
    device = Device(session.data[CLIENT_ID], secret.value)
    fields = {"grant_type": "refresh_token", "refresh_token": token}
    found = await mos_tokens(link, device, fields, kind=RequestKind.REFRESH)
    if found.access_token is None:
        reason = "expired" if found.error == "invalid_grant" else "refused"
        raise InteractionRequired(method=session.method, reason=reason)
    left = await _kept(link, session, found.refresh_token or token)
    access = await mesh_token(link, found.access_token)
    if access is None:
        raise InteractionRequired(method=session.method, reason="refused")
    return left, SecretStr(access)


async def _web(link: RenewalLink, session: Session, token: str) -> tuple[Session, SecretStr]:
    site = base_of(link, API)
    parts = urlsplit(site)
    cookie = Cookie(
        name=REFRESH_COOKIE,
        value=token,
        domain=parts.hostname or "",
        secure=parts.scheme == "https",
    )
    link.jar = link.jar.updated([cookie], now=link.now().timestamp())
    response = await link.request(
        API,
        "POST",
        WEB_REFRESH,
        kind=RequestKind.REFRESH,
        headers={
            "Accept": "application/json",
            "Origin": site,
            "X-Mes-Subsystem": WEB_SUBSYSTEM,
        },
        body=Body.of_form({}),
        template=WEB_REFRESH,
    )
    found = decode(response, wire.WebTokens, link.note)
    if found.access_token or found.refresh_token:
        session = await _kept(link, session, found.refresh_token)
    if not found.access_token:
        raise BadResponse("the answer carries no token")
    return session, SecretStr(found.access_token)


async def _by_itself(link: RenewalLink, session: Session, token: str) -> tuple[Session, SecretStr]:
    """A token is given for a token.

    It may live no longer than the old one, as in Moscow: then renewals come ever closer until a
    dead token is refused.
    """
    response = await link.request(
        API,
        "GET",
        NODE_REFRESH,
        kind=RequestKind.REFRESH,
        headers={"Authorization": f"Bearer {token}", "X-Mes-Subsystem": WEB_SUBSYSTEM},
        template=NODE_REFRESH,
    )
    found = token_of(response.text)
    if found is None:
        raise BadResponse("the answer is no token")
    ends = access_credential(SecretStr(found)).expires_at
    if ends is not None and ends <= link.now():
        raise InteractionRequired(method=session.method, reason="expired")
    return await _kept(link, session, found), SecretStr(found)


async def _kept(link: RenewalLink, session: Session, token: str | None) -> Session:
    """The session with the refresh token that is left, stored before it is used."""
    credentials = {
        name: item for name, item in session.credentials.items() if name != REFRESH_TOKEN
    }
    if token is not None:
        credentials[REFRESH_TOKEN] = Credential(SecretStr(token))
    left = replace(session, credentials=credentials)
    await link.keep(left)
    return left


async def _activate(link: RenewalLink, session: Session, access: SecretStr) -> None:
    try:
        profiles = await activated(link, access)
    except AccessDenied as error:
        raise InteractionRequired(method=session.method, reason="refused") from error
    if session.data["profile_id"] not in {str(item.id) for item in profiles}:
        raise AccountMismatch("the new token is of another person")
