"""The app's interface, versions side by side (protocol notes 2.4–2.6 and the mobile rows of 4)."""

from gateway_dnevnik_ru.emulator.mobile import (
    account,
    chat,
    details,
    diary,
    important,
    lesson,
    marks,
    notifications,
    rating,
)
from gateway_dnevnik_ru.emulator.router import Router


def register(router: Router) -> None:
    """Add the paths of every part."""
    for part in (account, diary, lesson, marks, details, rating, important, notifications, chat):
        part.register(router)
