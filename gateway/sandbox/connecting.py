"""Settings for a sandbox that is already running."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from gateway.core.config import Settings
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import Emulator
from gateway.core.contract.loading import load
from gateway.core.errors import ConfigurationError
from gateway.core.registry.plugins import Registry

SANDBOX_LOGIN_RATE = 1000.0
"""Logins per second: nobody's account can be locked there."""


def is_loopback(url: str) -> bool:
    """Whether a URL points to this very machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def emulator_of(declaration: Declaration) -> Emulator:
    """A provider's emulator.

    Raises:
        PluginBroken: It cannot be imported.
    """
    base: type[Emulator] = Emulator  # type: ignore[type-abstract]  # checked against, not made
    return load(declaration.emulator, base)(declaration)


def provider_settings(declaration: Declaration, origin: str) -> Mapping[str, object]:
    """A provider's settings for its sandbox.

    Raises:
        ConfigurationError: The origin is not on this very machine.
    """
    if not is_loopback(origin):
        raise ConfigurationError("a sandbox is on this very machine")
    return emulator_of(declaration).settings(origin)


def settings_for(provider: str, origin: str) -> Settings:
    """Settings with which a gateway speaks to one running sandbox."""
    declaration = Registry().provider(provider)
    given = dict(provider_settings(declaration, origin))
    return Settings(
        providers={provider: given}, login_rate=SANDBOX_LOGIN_RATE, allow_assumed_logins=True
    )
