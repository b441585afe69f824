"""How a sign-in ends: with a code, or with the reason why not."""

from urllib.parse import urlencode

from gateway.sandbox.esia.sign_ins import SignIn
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.esia.book import Purpose, book_of, is_childs, years_of
from gateway_gosuslugi.emulator.esia.grants import Grant
from gateway_gosuslugi.emulator.esia.markers import access_claims, minted
from gateway_gosuslugi.emulator.esia.refusals import RefusedError
from gateway_gosuslugi.emulator.esia.systems import PORTAL
from gateway_gosuslugi.esia.levels import CONSENTS_FROM


def arrived(call: Call, sign_in: SignIn[Purpose]) -> str:
    """Where the one who has signed in goes on.

    Raises:
        RefusedError: The system wants another kind of account.
    """
    book = book_of(call)
    identity = book.stand_in.identity(sign_in)
    book.sign_ins.end(sign_in)
    purpose = sign_in.purpose
    if identity is None:
        raise RefusedError("007004")
    if purpose.mnemonic == PORTAL:
        if identity.level is m.EsiaLevel.SIMPLIFIED:
            raise RefusedError("007055")
        code = call.service.arrivals.issue(identity.key)
    else:
        _check_person(call, purpose, identity)
        code = _code(call, purpose, identity)
    joint = "&" if "?" in purpose.redirect_uri else "?"
    query = urlencode({"code": code, "state": purpose.state})
    return f"{purpose.redirect_uri}{joint}{query}"


def _check_person(call: Call, purpose: Purpose, identity: m.EsiaIdentity) -> None:
    if purpose.only_confirmed and identity.level is not m.EsiaLevel.CONFIRMED:
        raise RefusedError("007055")
    if "otp" in purpose.scope.split() and identity.second_factor is None:
        raise RefusedError("007046")
    if purpose.consents and (
        is_childs(call, identity) or years_of(call, identity.person_key) < CONSENTS_FROM
    ):
        raise RefusedError("036746")


def _code(call: Call, purpose: Purpose, identity: m.EsiaIdentity) -> str:
    grant = Grant(
        mnemonic=purpose.mnemonic,
        identity_key=identity.key,
        scope=purpose.scope,
        redirect_uri=purpose.redirect_uri,
        offline=purpose.offline,
        challenge=purpose.challenge,
        consents=purpose.consents,
    )
    serial = call.service.draws.letters(24)
    now = int(call.service.now().timestamp())
    claims = access_claims(purpose.mnemonic, purpose.scope, identity, now, serial)
    code = minted("authorization_code", claims)
    book = book_of(call)
    book.grants.keep_code(code, grant)
    book.grants.keep_consents(grant)
    return code
