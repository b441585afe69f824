"""A fictional school world and the host that serves it in the wire formats of real providers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.core.config import Settings


def connect(provider: str, origin: str) -> "Settings":
    """Settings with which a gateway speaks to a sandbox that is already running.

    Args:
        provider: Provider that it serves.
        origin: Where, such as `http://127.0.0.1:8801`.

    Raises:
        UnknownProvider: No plugin brought the provider.
        ConfigurationError: The origin is not on this very machine.
    """
    from gateway.sandbox.connecting import settings_for  # noqa: PLC0415 - loads the emulator

    return settings_for(provider, origin)
