"""Where a sign-in through ЕСИА stands; remembered in the flow's state beside the diary's own."""

from enum import StrEnum
from typing import Final

from gateway.core.contract.link import LoginLink

KEY: Final = "esia:"
"""Begins every key of ours in a flow's state: the diary has its own there."""

_STAGE: Final = f"{KEY}stage"


class Stage(StrEnum):
    """What is asked now."""

    WAY = "way"
    BROWSER = "browser"
    PASSWORD = "password"  # noqa: S105 - a stage, not a secret
    CODE = "code"
    PUSH = "push"
    CAPTCHA = "captcha"
    QUESTION = "question"
    RISK_CODE = "risk_code"
    CONSENT = "consent"
    QR = "qr"


def enter(link: LoginLink, stage: Stage) -> None:
    """The sign-in stands here now."""
    link.state[_STAGE] = stage.value


def stage_of(link: LoginLink) -> Stage | None:
    """Where it stands; None before it has begun."""
    found = link.state.get(_STAGE)
    return None if found is None else Stage(found)
