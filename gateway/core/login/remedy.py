"""Which errors leave the person at the same step, and which end the login."""

from typing import Final

from gateway.core.errors import (
    CodeExpired,
    EmailNotConfirmed,
    EmailRejected,
    GatewayError,
    InviteCodeExpired,
    InviteCodeUnknown,
    InviteCodeUsed,
    LoginError,
    LoginOutcomeUnknown,
    LoginTaken,
    PasswordRejected,
    SchoolUnknown,
    TokenRejected,
    TooManyAttempts,
    WrongCaptcha,
    WrongCode,
    WrongCredentials,
)

SAME_STEP: Final[tuple[type[LoginError], ...]] = (
    WrongCredentials,
    WrongCode,
    CodeExpired,
    WrongCaptcha,
    PasswordRejected,
    SchoolUnknown,
    TokenRejected,
    TooManyAttempts,
    LoginOutcomeUnknown,
    InviteCodeUnknown,
    InviteCodeUsed,
    InviteCodeExpired,
    LoginTaken,
    EmailRejected,
    EmailNotConfirmed,
)
"""Another answer to the same step may do."""


def stays(error: GatewayError) -> bool:
    """Whether the same step is shown again with this error."""
    return isinstance(error, SAME_STEP)
