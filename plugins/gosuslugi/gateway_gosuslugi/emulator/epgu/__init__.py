"""Applications of the portal over the fictional world."""

from gateway_gosuslugi.emulator.rules import Router


def register(_router: Router) -> None:
    """Add the paths of this part."""
