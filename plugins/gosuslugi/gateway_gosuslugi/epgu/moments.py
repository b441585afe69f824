"""Moments as the portal writes them, with an offset or in Moscow time without one (notes 4.6)."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

PORTAL_ZONE: Final = ZoneInfo("Europe/Moscow")


def moment_of(text: str | None) -> datetime | None:
    """An aware moment; None for anything that is none."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=PORTAL_ZONE)


def asked_after(moment: datetime) -> str:
    """A moment as the list of changes wants it: Moscow time, no offset."""
    local = moment.astimezone(PORTAL_ZONE)
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}"
