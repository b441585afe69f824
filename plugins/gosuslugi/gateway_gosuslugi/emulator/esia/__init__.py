"""ЕСИА over the fictional world: sign-in of people, and the protocol of registered systems."""

from gateway_gosuslugi.emulator.esia import authorize, doors, pages, rest, token
from gateway_gosuslugi.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    for part in (authorize, pages, token, rest, doors):
        part.register(router)
