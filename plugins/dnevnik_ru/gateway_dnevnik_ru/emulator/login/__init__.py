"""Every way in: site, OAuth, grants, the app, the state sign-in (protocol notes 2)."""

from gateway_dnevnik_ru.emulator.login import (
    esia_grants,
    esia_pages,
    grants,
    mobile,
    oauth,
    password,
    site,
)
from gateway_dnevnik_ru.emulator.router import Router


def register(router: Router) -> None:
    """Add the paths of every way in."""
    for part in (site, password, oauth, grants, mobile, esia_grants, esia_pages):
        part.register(router)
