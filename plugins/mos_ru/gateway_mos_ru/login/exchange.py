"""From a one-time code to the diary's own token (protocol notes 2.2, steps 8 and 9)."""

from collections.abc import Mapping

from pydantic import SecretStr

from gateway.core.contract.link import Link
from gateway.core.errors import AccessDenied, AccountNotLinked, LoginError, Refused, SessionError
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.login import wire, words
from gateway_mos_ru.login.addresses import EXCHANGE, MOS_TO_MESH
from gateway_mos_ru.login.device import Device
from gateway_mos_ru.login.grants import Family, Grant
from gateway_mos_ru.login.refusals import oauth_refusal
from gateway_mos_ru.routes import API, LOGIN


async def granted(
    link: Link, device: Device, *, code: str, verifier: str, redirect_uri: str
) -> Grant:
    """The tokens for a code.

    Raises:
        ClientRejected: The device is not accepted.
        AccountNotLinked: The person has no diary.
        LoginError: The code was used, or is too old.
    """
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    found = await mos_tokens(link, device, fields, kind=RequestKind.AUTH)
    if found.access_token is None:
        raise oauth_refusal(found.error or "")
    try:
        token = await mesh_token(link, found.access_token)
    except (AccessDenied, Refused, SessionError) as error:
        raise LoginError("the diary does not take the sign-in of mos.ru") from error
    if token is None:
        raise AccountNotLinked("mos.ru gives no token of the diary", text=words.NOT_LINKED_MOSCOW)
    return Grant(
        family=Family.MOBILE,
        access_token=SecretStr(token),
        refresh_token=SecretStr(found.refresh_token) if found.refresh_token else None,
        device=device,
    )


async def mos_tokens(
    link: Link, device: Device, fields: Mapping[str, str], *, kind: RequestKind
) -> wire.MosTokens:
    """The sign-in system's own tokens, or its word for why there are none."""
    response = await link.request(
        LOGIN,
        "POST",
        EXCHANGE,
        kind=kind,
        headers={"Authorization": device.authorization()},
        body=Body.of_form(fields),
        template=EXCHANGE,
    )
    return decode(response, wire.MosTokens, link.note)


async def mesh_token(link: Link, mos_token: str) -> str | None:
    """The diary's token for one of mos.ru; None if the answer has none.

    That of mos.ru is no one-time code, so this may be repeated like any READ.
    """
    body = {"user_authentication_for_mobile_request": {"mos_access_token": mos_token}}
    response = await link.request(
        API, "POST", MOS_TO_MESH, body=Body.of_json(body), template=MOS_TO_MESH
    )
    answer = decode(response, wire.MeshAnswer, link.note)
    found = answer.user_authentication_for_mobile_response
    return None if found is None else found.mesh_access_token
