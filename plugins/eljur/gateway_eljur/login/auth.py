"""A password for a token, and which error each refusal is (notes 2.2)."""

from typing import Final

from pydantic import SecretStr

from gateway.core.contract.link import LoginLink
from gateway.core.errors import (
    AccessDenied,
    ClientRejected,
    EsiaOnly,
    LoginError,
    WrongCredentials,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_eljur.login import wire, words
from gateway_eljur.login.absent import asking_school, check_stayed
from gateway_eljur.login.session import Grant
from gateway_eljur.routes import API, AUTH
from gateway_eljur.signing import VENDOR

_FORBIDDEN: Final = 403
_WRONG: Final = "login"


async def authorized(
    link: LoginLink, vendor: str, login: str, password: str, *, is_named: bool
) -> Grant:
    """The token for a login and a password, which are sent once.

    Args:
        link: At the school's own instance.
        vendor: The school.
        login: Login.
        password: Password.
        is_named: Whether the person has just named the school.

    Raises:
        WrongCredentials: The diary says so.
        ClientRejected: It refuses the application's key.
        SchoolUnknown: It does not know the school that was named.
        DiaryMoved: The school's diary is in the archive.
        EsiaOnly: It says to go through Gosuslugi.
    """
    try:
        with asking_school(is_named=is_named):
            response = await link.request(
                API,
                "POST",
                AUTH,
                kind=RequestKind.AUTH,
                params={VENDOR: vendor},
                body=Body.of_form({"login": login, "password": password}),
                template=AUTH,
            )
            check_stayed(response)
            found = decode(response, wire.Envelope[wire.Grant], link.note).response
    except AccessDenied as error:
        raise ClientRejected(
            "the diary is closed to the application", text=words.CLIENT_BLOCKED
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
