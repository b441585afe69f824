"""Steps that wait for a one-time code."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from gateway.core.contract.flow import StepInput, text_of
from gateway.core.contract.steps import CodeMedium, OneTimeCode, StepAction, StepError
from gateway.core.errors import LoginError, WrongCode
from gateway_mos_ru.login import words

LENGTH: Final = 6
"""Digits of a code by SMS or e-mail."""

CALL_LENGTH: Final = 4
"""Digits of the caller's number."""

_LONGEST_LIFE: Final = 3600

MEDIA: Final[Mapping[str, CodeMedium]] = {
    "sms": CodeMedium.SMS,
    "email": CodeMedium.EMAIL,
    "flashCall": CodeMedium.CALL,
    "totp": CodeMedium.APP,
}
"""How a code travels, by the service's name of the way."""


def step(
    medium: CodeMedium,
    now: datetime,
    *,
    sent_to: str | None = None,
    ttl: int | None = None,
    attempts_left: int | None = None,
    error: LoginError | None = None,
    can_switch: bool = False,
) -> OneTimeCode:
    """A step that asks for a code.

    Args:
        medium: How the code travels; one of the application cannot be sent again.
        now: The present, aware UTC.
        sent_to: Where to, masked.
        ttl: Seconds until it ends.
        attempts_left: Tries left.
        error: Why the last one did not do.
        can_switch: Whether it may come another way.
    """
    actions = [StepAction.SUBMIT]
    if medium is not CodeMedium.APP:
        actions.append(StepAction.RESEND)
    if can_switch:
        actions.append(StepAction.SWITCH)
    return OneTimeCode(
        title=words.CODES[medium],
        medium=medium,
        sent_to=sent_to,
        length=length_of(medium),
        actions=(*actions, StepAction.CANCEL),
        expires_at=now + timedelta(seconds=ttl) if ttl and 0 < ttl <= _LONGEST_LIFE else None,
        attempts_left=attempts_left,
        error=None if error is None else StepError.of(error),
    )


def again(asked: OneTimeCode, error: LoginError) -> OneTimeCode:
    """The same step after an answer that did not do."""
    left = asked.attempts_left
    if isinstance(error, WrongCode) and left is not None:
        left = max(left - 1, 0)
    return asked.model_copy(update={"error": StepError.of(error), "attempts_left": left})


def length_of(medium: CodeMedium) -> int:
    """How many digits a code has."""
    return CALL_LENGTH if medium is CodeMedium.CALL else LENGTH


def code_of(answer: StepInput, medium: CodeMedium) -> str:
    """The digits of an answer.

    Raises:
        WrongCode: They are no code, which is not worth one of the few tries.
    """
    text = re.sub(r"[\s-]", "", text_of(answer))
    if len(text) != length_of(medium) or not (text.isascii() and text.isdigit()):
        raise WrongCode(f"a code has {length_of(medium)} digits")
    return text
