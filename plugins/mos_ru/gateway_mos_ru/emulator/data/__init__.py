"""What the platform tells a family, by the part of school life."""

from gateway_mos_ru.emulator.rules import Router


def register(router: Router) -> None:
    """Every route of the data services."""
