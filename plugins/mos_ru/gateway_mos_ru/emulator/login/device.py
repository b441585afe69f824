"""Registering devices with login.mos.ru (protocol notes 2.2, step 1)."""

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import json, oauth_error
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.clients import APP_RETURNS, APP_SCOPE, SOFTWARE_ID


def register(router: Router) -> None:
    """Add the path of this part."""
    router.add("sps/oauth/register", register_device, dress=AT_MOS_RU, methods=("POST",))


def register_device(call: Call) -> object:
    """POST `/sps/oauth/register`: any bearer and any statement will do, neither may be empty."""
    scheme, _, bearer = call.request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not bearer.strip():
        raise oauth_error("invalid_token", 401)
    body = call.json
    statement, device = body.get("software_statement"), body.get("device_type")
    if body.get("software_id") != SOFTWARE_ID or not device or not isinstance(device, str):
        raise oauth_error("invalid_client_metadata")
    if not statement or not isinstance(statement, str):
        raise oauth_error("invalid_software_statement")
    client = call.service.login.clients.register(device)
    return json(
        {
            "client_id": client.id,
            "client_secret": client.secret,
            "client_secret_expires_at": 0,
            "device_type": client.device,
            "software_id": SOFTWARE_ID,
            "software_version": "1",
            "scope": APP_SCOPE,
            "grant_types": [
                *("authorization_code", "password", "client_credentials", "refresh_token"),
            ],
            "response_types": ["code", "token"],
            "redirect_uris": list(APP_RETURNS),
            "token_endpoint_auth_method": "client_secret_basic",
            "registration_access_token": call.service.draws.letters(64),
            "registration_client_uri": f"{call.site.login}/sps/oauth/register/{client.id}",
        },
        201,
    )
