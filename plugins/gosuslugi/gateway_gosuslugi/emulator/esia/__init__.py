"""ЕСИА over the fictional world: sign-in of people, and the protocol of registered systems."""

from gateway_gosuslugi.emulator.esia import (
    authorize,
    doors,
    headless,
    pages,
    pictures,
    qr,
    rest,
    token,
)
from gateway_gosuslugi.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    for part in (authorize, pages, headless, pictures, qr, token, rest, doors):
        part.register(router)
