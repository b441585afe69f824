"""A password for a token, and which error each refusal is (notes 2.2)."""

from typing import Final

from pydantic import SecretStr

from gateway.core.contract.link import LoginLink
from gateway.core.errors import (
    AccessDenied,
    ClientRejected,
    EsiaOnly,
    LoginError,
    NotFound,
    SchoolUnknown,
    ServerFailure,
    UnexpectedHtml,
    WrongCredentials,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import WireResponse
from gateway_eljur.login import wire, words
from gateway_eljur.login.schools import school_of
from gateway_eljur.login.session import Grant
from gateway_eljur.routes import API, AUTH
from gateway_eljur.signing import VENDOR

_FORBIDDEN: Final = 403
_SERVER_FAULT: Final = 500
_WRONG: Final = "login"
_REDIRECTS: Final = range(300, 400)


async def authorized(
    link: LoginLink, vendor: str, login: str, password: str, *, is_named: bool
) -> Grant:
    """The token for a login and a password, which are sent once.

    Args:
        link: At the school's own instance.
        vendor: The school.
        login: Login.
        password: Password.
        is_named: Whether the person has just named the school: then an answer that speaks of no
            school in particular most likely means that there is no such one.

    Raises:
        WrongCredentials: The diary says so.
        ClientRejected: It refuses the application's key.
        SchoolUnknown: It does not know the school that was named.
        DiaryMoved: The school's diary is in the archive.
        EsiaOnly: It says to go through Gosuslugi.
    """
    try:
        response = await link.request(
            API,
            "POST",
            AUTH,
            kind=RequestKind.AUTH,
            params={VENDOR: vendor},
            body=Body.of_form({"login": login, "password": password}),
            template=AUTH,
        )
        if response.status in _REDIRECTS:
            raise _led_away(response)
        found = decode(response, wire.Envelope[wire.Grant], link.note).response
    except AccessDenied as error:
        raise ClientRejected(
            "the diary is closed to the application", text=words.CLIENT_BLOCKED
        ) from error
    except (NotFound, UnexpectedHtml, ServerFailure) as error:
        is_fault = isinstance(error, ServerFailure) and error.http_status != _SERVER_FAULT
        if not is_named or is_fault:
            raise
        raise SchoolUnknown(
            "the diary does not know the school", text=words.NO_SUCH_SCHOOL
        ) from error
    result = found.result if isinstance(found.result, wire.Grant) else wire.Grant()
    if result.token and not found.error:
        return Grant(vendor, SecretStr(result.token), result.expires)
    raise refusal(response.status, found.error, result)


def refusal(status: int, error: str | None, result: wire.Grant) -> LoginError:
    """The error of a refusal.

    Args:
        status: HTTP status.
        error: The service's sentence.
        result: What stands beside it.
    """
    sentence = f"{error or ''} {result.error_text or ''}".casefold()
    if status == _FORBIDDEN:
        return ClientRejected("the diary is closed to the application", text=words.CLIENT_BLOCKED)
    if "разработчик" in sentence:
        return ClientRejected("the diary does not know the application's key")
    if "госуслуг" in sentence or "есиа" in sentence:
        return EsiaOnly("the diary says to sign in through Gosuslugi")
    if result.error_code == _WRONG:
        return WrongCredentials(
            "the diary did not accept login and password", text=words.WRONG_PASSWORD
        )
    return LoginError(
        "the diary refuses the sign-in without a reason", text=words.REFUSED, http_status=status
    )


def _led_away(response: WireResponse) -> LoginError:
    """Where the answer is a redirect: the archive has one for its schools (notes 1)."""
    try:
        school_of(response.location or "")
    except LoginError as error:
        return error
    return LoginError("the diary leads the sign-in away", text=words.REFUSED)
