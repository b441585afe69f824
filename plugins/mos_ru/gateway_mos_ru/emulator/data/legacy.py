"""The old interfaces of dnevnik.mos.ru."""

from gateway_mos_ru.emulator.rules import Router


def register(router: Router) -> None:
    """Routes of the old interfaces."""
