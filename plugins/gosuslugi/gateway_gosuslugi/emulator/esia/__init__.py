"""ЕСИА over the fictional world: pages that let a person sign in to the portal."""

from gateway_gosuslugi.emulator.esia import pages
from gateway_gosuslugi.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    pages.register(router)
