"""Errors of a session that already exists."""

from gateway.core.errors.base import Actor, GatewayError, Text


class SessionError(GatewayError):
    """The stored sign-in cannot be used as it is."""

    code = "session.error"
    actor = Actor.PERSON
    text = Text("Войдите в дневник ещё раз.", "Sign in to the diary again.")


class SessionLost(SessionError):
    """The provider no longer accepts the session."""

    code = "session.lost"


class SessionDisplaced(SessionError):
    """The family signed in elsewhere and the provider allows one session only."""

    code = "session.displaced"
    text = Text(
        "Вы вошли в дневник в другом месте, и этот вход закрыт.",
        "You signed in elsewhere and this sign-in was closed.",
    )


class InteractionRequired(SessionError):
    """A person has to sign in; background work sends nothing to find out more.

    Attributes:
        method: Login method that the person should use.
        reason: Stable word: `expired`, `revoked`, `second_factor`, `refused`, `no_refresh`,
            `refresh_unknown`.
    """

    code = "session.interaction_required"
    text = Text(
        "Нужно войти в дневник ещё раз: без вас это сделать нельзя.",
        "You have to sign in to the diary again: it cannot be done without you.",
    )

    def __init__(
        self,
        message: str = "",
        *,
        method: str = "",
        reason: str = "expired",
        provider: str | None = None,
        http_status: int | None = None,
    ) -> None:
        super().__init__(
            message or f"sign in again ({reason})",
            provider=provider,
            http_status=http_status,
            context={"method": method, "reason": reason},
        )
        self.method = method
        self.reason = reason


class AccountMismatch(SessionError):
    """Re-authentication ended in another account than the one to renew."""

    code = "session.other_account"
    text = Text(
        "Вы вошли под другой учётной записью. Войдите под прежней.",
        "You signed in with another account. Sign in with the previous one.",
    )
