"""Pages of the schools' sites, of the storage and of the state sign-in."""

from gateway_eljur.emulator.rules import Router
from gateway_eljur.emulator.site import (
    absences,
    control_works,
    esia,
    esia_return,
    front,
    registration,
    security,
    storage,
)


def register(router: Router) -> None:
    """Add every page."""
    for part in (
        front,
        security,
        registration,
        esia,
        esia_return,
        absences,
        control_works,
        storage,
    ):
        part.register(router)
