"""Every way in, and how tokens are activated, renewed and ended (protocol notes 2)."""

from gateway_mos_ru.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of every way in."""
