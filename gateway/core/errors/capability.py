"""Errors about what a provider can do at all; raised before any request."""

from gateway.core.errors.base import Actor, GatewayError, Text


class NotSupported(GatewayError):
    """The provider, instance, account or student does not have this capability."""

    code = "capability.unsupported"
    actor = Actor.PROVIDER
    text = Text(
        "Этот дневник такого не умеет.",
        "This diary does not offer that.",
    )


class CapabilityUnverified(NotSupported):
    """The route is known but its shape has never been seen; `allow_unverified` opens it."""

    code = "capability.unverified"
    actor = Actor.OPERATOR
    text = Text(
        "Эта возможность ещё не проверена на настоящем дневнике и потому выключена.",
        "This has not been verified against the real diary and is therefore off.",
    )


class SubscriptionRequired(NotSupported):
    """The provider sells this value and the account has not bought it."""

    code = "capability.subscription_required"
    actor = Actor.PERSON
    text = Text(
        "Дневник показывает это только по платной подписке.",
        "The diary shows this only to paying subscribers.",
    )
