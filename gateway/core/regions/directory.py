"""The directory itself: look up, search, list."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from gateway.core.errors import Text, UnknownRegion
from gateway.core.regions.explain import explain_platform
from gateway.core.regions.model import Region
from gateway.core.regions.search import SearchIndex


class RegionDirectory:
    """All known regions, in the order of their codes (digits first, then letters)."""

    def __init__(self, regions: Iterable[Region], platforms: Mapping[str, Text]) -> None:
        self._regions = tuple(sorted(regions, key=lambda region: region.code))
        self._platforms = MappingProxyType(dict(platforms))
        self._by_key = {region.code: region for region in self._regions}
        self._by_key |= {region.iso.lower(): region for region in self._regions if region.iso}

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions)

    def __len__(self) -> int:
        return len(self._regions)

    @property
    def platforms(self) -> Mapping[str, Text]:
        """Human title of every platform key."""
        return self._platforms

    def get(self, code: str | int) -> Region:
        """The region with this code.

        Args:
            code: Two digits (`"77"`, `77`; the number 1 means `"01"`, the text `"1"` nothing),
                ISO code (`"RU-MOW"`) or country code (`"kz"`), in any case.

        Raises:
            UnknownRegion: No region has this code.
        """
        region = self._lookup(f"{code:02d}" if isinstance(code, int) else code)
        if region is None:
            raise UnknownRegion(region=str(code))
        return region

    def find(self, text: str) -> tuple[Region, ...]:
        """Regions that a person may mean by `text`, the likeliest first.

        Takes a code, or parts of names, abbreviations and cities in Russian or English;
        forgives case, «ё», endings and small slips. Nothing alike: an empty tuple.
        """
        region = self._lookup(text)
        return (region,) if region is not None else self._index.search(text)

    def by_platform(self, key: str) -> tuple[Region, ...]:
        """Regions whose diary is kept on this platform now, in code order."""
        return tuple(region for region in self._regions if region.platform == key)

    def explain(self, code: str | int) -> Text:
        """`explain_platform` for the region with this code.

        Raises:
            UnknownRegion: No region has this code.
        """
        return explain_platform(self.get(code), self._platforms)

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self._regions)

    def _lookup(self, code: str) -> Region | None:
        return self._by_key.get(code.strip().lower())
