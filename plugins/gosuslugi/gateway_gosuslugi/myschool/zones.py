"""The region of a student, by the code that the diary tells."""

from typing import Final

from gateway.core.errors import UnknownRegion
from gateway.core.regions import Region, load_directory

_CODE: Final = 2


def region_of(told: str | None) -> Region | None:
    """The region of a code; of a longer one, such as of an address register, its first digits."""
    for code in (told or "", (told or "")[:_CODE]):
        if code:
            try:
                return load_directory().get(code)
            except UnknownRegion:
                continue
    return None


def zone_of(told: str | None, otherwise: str) -> str:
    """The zone of the capital of a region."""
    region = region_of(told)
    return otherwise if region is None else region.zone
