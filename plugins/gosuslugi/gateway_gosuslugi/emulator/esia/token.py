"""`te` and `v3/te`: codes, refresh tokens and systems' own requests for markers."""

import hmac
from typing import Final

from starlette.responses import Response

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.esia.authorize import (
    MISSING,
    check_secret,
    check_time,
    texts_of,
)
from gateway_gosuslugi.emulator.esia.book import book_of, is_childs
from gateway_gosuslugi.emulator.esia.grants import Grant
from gateway_gosuslugi.emulator.esia.markers import LIFE, access_claims, id_claims, minted
from gateway_gosuslugi.emulator.esia.refusals import RefusedError, by_json
from gateway_gosuslugi.emulator.esia.systems import System
from gateway_gosuslugi.emulator.rules import OPEN, Router
from gateway_gosuslugi.esia.oauth.generations import Generation, signed_for_token
from gateway_gosuslugi.esia.oauth.pkce import challenge_of

_BY_CONSENT: Final = "prm_chg?oid="
_GRANTS: Final = {
    "authorization_code": "code",
    "refresh_token": "refresh_token",
    "client_credentials": "scope",
}


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("aas/oauth2/te", give_old, dress=OPEN, methods=("POST",))
    router.add("aas/oauth2/v3/te", give_new, dress=OPEN, methods=("POST",))


def give_old(call: Call) -> object:
    """POST `/aas/oauth2/te`."""
    return _give(call, Generation.OLD)


def give_new(call: Call) -> object:
    """POST `/aas/oauth2/v3/te`."""
    return _give(call, Generation.NEW)


def _give(call: Call, generation: Generation) -> object:
    state = call.text("state")
    system = book_of(call).systems.find(call.text("client_id"))
    if system is None:
        return by_json(RefusedError("008010"), state)
    try:
        _check(call, generation, system)
        return _markers(call, _grant(call, system), state)
    except RefusedError as refusal:
        return by_json(refusal, state)


def _check(call: Call, generation: Generation, system: System) -> None:
    kind = call.text("grant_type")
    if kind not in _GRANTS:
        raise RefusedError("007012" if kind else MISSING)
    needed = ["state", "scope", "timestamp", "client_secret", _GRANTS[kind]]
    if generation is Generation.NEW:
        needed.append("client_certificate_hash")
    if any(not call.text(name) for name in needed):
        raise RefusedError(MISSING)
    check_time(call)
    check_secret(call, generation, system, signed_for_token(generation, texts_of(call)))


def _grant(call: Call, system: System) -> Grant:
    grants = book_of(call).grants
    match call.text("grant_type"):
        case "authorization_code":
            found = grants.redeem(call.text("code"), system.mnemonic, call.text("redirect_uri"))
            _check_pkce(found, call.text("code_verifier"))
            return found
        case "refresh_token":
            return grants.use_refresh(call.text("refresh_token"), system.mnemonic)
        case _:
            return _by_consent(call, system)


def _check_pkce(grant: Grant, verifier: str) -> None:
    if grant.challenge is None:
        return
    sent = challenge_of(verifier) if verifier.isascii() else ""
    if not hmac.compare_digest(sent, grant.challenge):
        raise RefusedError("007040")


def _by_consent(call: Call, system: System) -> Grant:
    scope = call.text("scope")
    if not scope.startswith(_BY_CONSENT):
        return Grant(mnemonic=system.mnemonic, identity_key=None, scope=scope)
    number = scope.removeprefix(_BY_CONSENT)
    identity = book_of(call).identity(int(number)) if number.isdecimal() else None
    if identity is not None:
        found = book_of(call).grants.consent(system.mnemonic, identity.key)
        if found is not None:
            return found[0]
    raise RefusedError("007019")


def _markers(call: Call, grant: Grant, state: str) -> Response | dict[str, object]:
    book, serial = book_of(call), call.service.draws.letters(24)
    now = int(call.service.now().timestamp())
    identity = None
    if grant.identity_key is not None:
        identity = call.service.world.esia_identity(grant.identity_key)
    scope = grant.scope
    access = minted("access", access_claims(grant.mnemonic, scope, identity, now, serial))
    book.grants.keep_access(access, grant)
    told: dict[str, object] = {
        "access_token": access,
        "expires_in": LIFE,
        "state": state,
        "token_type": "Bearer",
    }
    by_code = call.text("grant_type") != "client_credentials"
    if identity is not None and by_code and "openid" in scope.split():
        child = is_childs(call, identity)
        told["id_token"] = minted(
            "id", id_claims(grant.mnemonic, identity, now, serial, is_child=child)
        )
    # With consents no refresh token comes back: the system asks by `prm_chg`.
    if grant.offline and not grant.consents:
        told["refresh_token"] = book.grants.new_refresh(grant)
    return told
