"""Exchanging codes and refresh tokens at login.mos.ru (protocol notes 2.2, step 8; 2.6)."""

from base64 import b64decode
from binascii import Error as Base64Error
from datetime import timedelta
from urllib.parse import unquote

from starlette.responses import Response

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.ids import guid
from gateway_mos_ru.emulator.jwt import minted
from gateway_mos_ru.emulator.login.answers import json, oauth_error
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.clients import Client
from gateway_mos_ru.emulator.sign_ins.codes import EXPIRES_IN, MosTokens


def register(router: Router) -> None:
    """Add the path of this part."""
    router.add("sps/oauth/te", exchange, dress=AT_MOS_RU, methods=("POST",))


def exchange(call: Call) -> object:
    """POST `/sps/oauth/te`: Basic of the device; fields as a form or in the query."""
    client = _client(call)
    kind, codes = call.text("grant_type"), call.service.login.codes
    if kind == "client_credentials":
        raise oauth_error("unauthorized_client")
    if kind == "refresh_token":
        tokens = codes.rotate(call.text("refresh_token"), client.id)
    elif kind == "authorization_code":
        tokens = codes.redeem(
            call.text("code"),
            client_id=client.id,
            redirect_uri=call.text("redirect_uri"),
            verifier=call.text("code_verifier"),
        )
    else:
        raise oauth_error("unsupported_grant_type")
    if tokens is None:
        raise oauth_error("invalid_grant")
    return _answer(call, tokens, with_identity=kind == "authorization_code")


def _client(call: Call) -> Client:
    scheme, _, pair = call.request.headers.get("authorization", "").partition(" ")
    try:
        client_id, _, secret = b64decode(pair, validate=True).decode().partition(":")
    except (Base64Error, UnicodeDecodeError):
        client_id = secret = ""
    clients = call.service.login.clients
    client = clients.find(client_id, secret) or clients.find(unquote(client_id), unquote(secret))
    if scheme.lower() != "basic" or client is None:
        raise oauth_error("invalid_client", 401)
    return client


def _answer(call: Call, tokens: MosTokens, *, with_identity: bool) -> Response:
    body: dict[str, object] = {
        "access_token": tokens.access_token,
        "token_type": "Bearer",
        "expires_in": EXPIRES_IN,
        "refresh_token": tokens.refresh_token,
        "scope": tokens.scope,
    }
    if with_identity:
        service = call.service
        ends = service.now() + timedelta(seconds=EXPIRES_IN)
        body["id_token"] = minted(
            {
                "iss": service.node.login,
                "aud": tokens.client_id,
                "sub": guid("sso", tokens.account_key),
                "exp": int(ends.timestamp()),
            }
        )
    return json(body)
