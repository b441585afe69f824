"""What `failed` means; pure. Decided by the word alone, never by the status."""

import re
from collections.abc import Mapping
from typing import Final

from gateway.core.errors import (
    AccountLocked,
    AccountUnknown,
    CaptchaRequired,
    CodeAttemptsExhausted,
    CodeExpired,
    LoginError,
    WrongCode,
    WrongCredentials,
)
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.headless import wire

_AT_PASSWORD: Final[Mapping[str, type[LoginError]]] = {
    "INVALID_PASSWORD": WrongCredentials,
    "INVALID_LOGIN": AccountUnknown,
    "ACCOUNT_NOT_FOUND": AccountUnknown,
    "ACCOUNT_LOCKED": AccountLocked,
}
_SHOWN: Final = re.compile(r"[A-Z0-9_-]{1,60}")


def password_refusal(word: str) -> LoginError:
    """Why login and password did not do."""
    known = _AT_PASSWORD.get(word)
    if known is not None:
        return known(f"ЕСИА says {word}", text=words.PASSWORD_REFUSED.get(known))
    if word == "CAPTCHA_REQUIRED":
        return CaptchaRequired("ЕСИА asks for a captcha", text=words.USE_BROWSER)
    return LoginError(f"ЕСИА refuses with {_named(word)}", text=words.USE_BROWSER)


def code_refusal(word: str, left: int | None) -> LoginError:
    """Why a one-time code did not do."""
    if word in _AT_PASSWORD or "SESSION" in word:
        return LoginError(f"ЕСИА ends the sign-in with {_named(word)}", text=words.START_AGAIN)
    if "EXPIRED" in word:
        return CodeExpired(f"ЕСИА says {_named(word)}")
    if left == 0:
        return CodeAttemptsExhausted(f"ЕСИА says {_named(word)}")
    return WrongCode(f"ЕСИА says {_named(word)}")


def attempts_left(details: wire.MfaDetails | None) -> int | None:
    """Tries left, wherever they are told."""
    if details is None:
        return None
    parts = (details.otp_details, details.ttp_details, details.otp_max_details)
    told = [details.verify_attempts_left]
    told += [part.verify_attempts_left for part in parts if part is not None]
    return next((item for item in told if item is not None), None)


def _named(word: str) -> str:
    return word if _SHOWN.fullmatch(word) else "an unknown word"
