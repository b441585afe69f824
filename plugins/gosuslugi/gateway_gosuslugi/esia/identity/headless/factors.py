"""Second factors: which step each is, and the one path that verifies it; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gateway.core.contract.flow import StepInput, text_of
from gateway.core.contract.steps import CodeMedium, OneTimeCode, StepError
from gateway.core.errors import LoginError, WrongCode
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.headless import wire

_LONGEST_LIFE: Final = 3600
_CODE: Final = re.compile(r"[0-9A-Za-z]{3,12}")
PUSH: Final = "PUSH"


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor that is a code.

    Attributes:
        medium: How the code travels.
        path: Where it is verified: another path would cost one of the few tries.
    """

    medium: CodeMedium
    path: str


FACTORS: Final[Mapping[str, Factor]] = {
    "SMS": Factor(CodeMedium.SMS, "/login/otp/verify"),
    "TTP": Factor(CodeMedium.APP, "/login/totp/verify"),
    "TOTP": Factor(CodeMedium.APP, "/login/totp/verify"),
    "MAX": Factor(CodeMedium.MESSENGER, "/login/otp-max/verify"),
}


def details_of(found: wire.MfaDetails) -> wire.CodeDetails:
    """What is told of a code."""
    known = (found.otp_details, found.ttp_details, found.otp_max_details)
    return next((item for item in known if item is not None), wire.CodeDetails())


def code_step(
    medium: CodeMedium,
    details: wire.CodeDetails,
    now: datetime,
    *,
    error: LoginError | None = None,
) -> OneTimeCode:
    """The step that asks for a code."""
    life = details.verify_timeout_secs
    return OneTimeCode(
        title=words.CODE,
        medium=medium,
        sent_to=details.phone,
        length=details.code_length,
        expires_at=now + timedelta(seconds=life) if life and 0 < life <= _LONGEST_LIFE else None,
        attempts_left=details.verify_attempts_left,
        error=None if error is None else StepError.of(error),
    )


def again(asked: OneTimeCode, error: LoginError, left: int | None) -> OneTimeCode:
    """The same step after a code that did not do."""
    told = asked.attempts_left if left is None else left
    return asked.model_copy(update={"error": StepError.of(error), "attempts_left": told})


def code_of(answer: StepInput) -> str:
    """The code that the person has entered.

    Raises:
        WrongCode: It cannot be one, which is not worth one of the few tries.
    """
    text = re.sub(r"[\s-]", "", text_of(answer))
    if not _CODE.fullmatch(text):
        raise WrongCode("this is no code")
    return text
