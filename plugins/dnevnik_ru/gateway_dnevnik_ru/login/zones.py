"""The time zone of an account's schools."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gateway.core.contract.declaration import Instance
from gateway.core.errors import UnknownRegion
from gateway.core.regions import Region, load_directory

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


def has_one_zone(instance: Instance, at: datetime) -> bool:
    """Whether all regions of an instance have the same time at a moment."""
    offsets = {_offset(region.zone, at) for region in _regions(instance)}
    return offsets <= {_offset(instance.zone, at)}


def offset_zone(instance: Instance, offset: str | None, at: datetime) -> str | None:
    """The zone of an account's «+5:00» (notes 3); None where no known region has that time.

    Regions of the instance come first: a zone is more than its present offset.
    """
    wanted = _parsed(offset)
    if wanted is None:
        return None
    zones = [instance.zone, *(region.zone for region in _regions(instance))]
    zones += [region.zone for region in load_directory() if not region.is_foreign]
    return next((zone for zone in zones if _offset(zone, at) == wanted), None)


def _regions(instance: Instance) -> list[Region]:
    directory = load_directory()
    return [directory.get(code) for code in instance.regions]


def _offset(zone: str, at: datetime) -> timedelta | None:
    return at.astimezone(ZoneInfo(zone)).utcoffset()


def _parsed(text: str | None) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > _FARTHEST:
        return None
    return -offset if sign == "-" else offset
