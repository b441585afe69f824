"""Which error each refusal of the sign-in systems is (protocol notes 2.8)."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from gateway.core.errors import (
    AccountLocked,
    AccountUnknown,
    ClientRejected,
    CodeAttemptsExhausted,
    CodeExpired,
    LoginError,
    SignInCancelled,
    Text,
    WrongCode,
    WrongCredentials,
)
from gateway_mos_ru.login import words
from gateway_mos_ru.login.wire import Refusal

_CODES: Final[Mapping[str, tuple[type[LoginError], Text | None]]] = {
    "invalid_credentials": (WrongCredentials, words.WRONG_PASSWORD),
    "no_subject_found": (AccountUnknown, words.UNKNOWN_LOGIN),
    "pswd_method_temp_locked": (AccountLocked, words.LOCKED),
    "invalid_otp": (WrongCode, None),
    "expired": (CodeExpired, None),
    "no_attempts": (CodeAttemptsExhausted, None),
}
_CLIENT: Final = frozenset(
    {
        "invalid_client",
        "invalid_client_metadata",
        "invalid_redirect_uri",
        "invalid_request",
        "invalid_scope",
        "invalid_software_statement",
        "invalid_token",
        "unapproved_software_statement",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
    }
)
_WORD: Final = re.compile(r"[A-Za-z_]{1,40}")


def refusal_of(refusals: Iterable[Refusal]) -> LoginError | None:
    """The error of a refusal's first reason; None if it names none."""
    code = next((item.code for item in refusals), None)
    if code is None:
        return None
    known = _CODES.get(code)
    if known is None:
        return LoginError(f"the sign-in is refused ({shown(code)})", text=words.USE_BROWSER)
    error, text = known
    return error(f"the sign-in system says {code}", text=text)


def oauth_refusal(word: str) -> LoginError:
    """The error of an OAuth word."""
    if word == "access_denied":
        return SignInCancelled("the person refused at the sign-in page")
    if word in _CLIENT:
        return ClientRejected(f"the sign-in system refuses the application ({word})")
    if word == "invalid_grant":
        return LoginError("the one-time code was not taken", text=words.CODE_SPENT)
    return LoginError(f"the sign-in ends with {shown(word)}")


def shown(word: str | None) -> str:
    """A service's word, if it is one that may stand in a message."""
    return word if word is not None and _WORD.fullmatch(word) else "an unknown word"
