"""The time zone of a school, from its region or from a clock."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gateway.core.contract.declaration import Instance
from gateway.core.errors import UnknownRegion
from gateway.core.regions import load_directory

_OFFSET: Final = re.compile(r"([+-]?)([0-9]{1,2})(?::?([0-9]{2}))?(?::[0-9]{2})?")
_FARTHEST: Final = timedelta(hours=14)


def region_zone(code: str | None) -> str | None:
    """The zone of a region; None where none was named or no such region is known."""
    if code is None:
        return None
    try:
        return load_directory().get(code).zone
    except UnknownRegion:
        return None


def zone_at(
    instance: Instance, offset: timedelta | None, at: datetime, *, first: str | None = None
) -> str | None:
    """The zone that has an offset from UTC at a moment; None where no known region has it.

    An offset is less than a zone, so the likelier ones come first: the one that is known already,
    those of the instance and its regions, then all of Russia's.
    """
    if offset is None:
        return None
    directory = load_directory()
    zones = [] if first is None else [first]
    zones += [instance.zone, *(directory.get(code).zone for code in instance.regions)]
    zones += [region.zone for region in directory if not region.is_foreign]
    return next(
        (zone for zone in zones if at.astimezone(ZoneInfo(zone)).utcoffset() == offset), None
    )


def offset_of(text: str | None) -> timedelta | None:
    """An account's «+5:00» (notes 3); None for anything else."""
    found = _OFFSET.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > _FARTHEST:
        return None
    return -offset if sign == "-" else offset


def hours_of(hours: int | None) -> timedelta | None:
    """A school's number of hours (notes 3); None for what can be no such number."""
    if hours is None or abs(hours) > _FARTHEST // timedelta(hours=1):
        return None
    return timedelta(hours=hours)
