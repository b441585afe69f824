"""Methods of the interface, each module a part of school life."""

from gateway_eljur.emulator.api import (
    account,
    application,
    calendar,
    diary,
    finals,
    homework,
    letters,
    marks,
    notices,
    receivers,
    sending,
    sign_in,
    timetable,
)
from gateway_eljur.emulator.rules import Router


def register(router: Router) -> None:
    """Add every method."""
    for part in (
        sign_in,
        account,
        application,
        calendar,
        diary,
        timetable,
        homework,
        marks,
        finals,
        letters,
        receivers,
        sending,
        notices,
    ):
        part.register(router)
