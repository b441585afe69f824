"""Reading the packaged directory and an operator's overlay."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from gateway.core.errors import ConfigurationError, Text
from gateway.core.regions.directory import RegionDirectory
from gateway.core.regions.model import Region

_PACKAGED = Path(__file__).with_name("regions.json")
_UNREADABLE = (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.MsgspecError)


class _DirectoryFile(msgspec.Struct, forbid_unknown_fields=True):
    """The packaged file."""

    platforms: dict[str, Text]
    regions: list[Region]


class _OverlayFile(msgspec.Struct, forbid_unknown_fields=True):
    """An operator's file: the same layout, any part of it."""

    platforms: dict[str, Text] = {}
    regions: list[dict[str, object]] = []


def load_directory(path: Path | None = None) -> RegionDirectory:
    """The region directory.

    Args:
        path: An operator's file (JSON, or TOML by the suffix `.toml`) with the layout of the
            packaged one. It is laid over the packaged data by region code as a JSON merge
            patch: only the fields given change, lists are replaced whole, `null` restores
            the default. A new code is a new region and needs every required field. The file
            is read anew at every call; the packaged data once.

    Raises:
        ConfigurationError: The file cannot be read or is wrong; names the file and the field.
    """
    base = _packaged()
    return base if path is None else _overlaid(base, _read(path), path)


@cache
def _packaged() -> RegionDirectory:
    try:
        file = msgspec.json.decode(_PACKAGED.read_bytes(), type=_DirectoryFile)
    except _UNREADABLE as error:
        raise _invalid(_PACKAGED, error) from error
    return RegionDirectory(file.regions, file.platforms)


def _read(path: Path) -> _OverlayFile:
    decode = msgspec.toml.decode if path.suffix.lower() == ".toml" else msgspec.json.decode
    try:
        return decode(path.read_bytes(), type=_OverlayFile)
    except _UNREADABLE as error:
        raise _invalid(path, error) from error


def _overlaid(base: RegionDirectory, overlay: _OverlayFile, path: Path) -> RegionDirectory:
    platforms = {**base.platforms, **overlay.platforms}
    regions = {region.code: region for region in base}
    changed: set[str] = set()
    for position, patch in enumerate(overlay.regions):
        code = patch.get("code")
        if not isinstance(code, str):
            raise _wrong(path, f"regions[{position}].code", "every region needs its code, as text")
        if code in changed:
            raise _wrong(path, f"regions[{code}]", "the region stands twice in the file")
        changed.add(code)
        current = msgspec.to_builtins(regions[code]) if code in regions else {}
        try:
            regions[code] = msgspec.convert(_merged(current, patch), Region)
        except msgspec.ValidationError as error:
            raise _invalid(path, error, f"regions[{code}]") from error
    for code in sorted(changed):
        _check_zones(regions[code], path)
        _check_platforms(regions[code], platforms, path)
        _check_iso(regions[code], regions, path)
    return RegionDirectory(regions.values(), platforms)


def _merged(current: object, patch: object) -> object:
    """JSON merge patch (RFC 7396)."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(current) if isinstance(current, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merged(result.get(key), value)
    return result


def _check_zones(region: Region, path: Path) -> None:
    for position, zone in enumerate(region.zones):
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            field = f"regions[{region.code}].zones[{position}]"
            raise _wrong(path, field, f"no such time zone: {zone!r}") from error


def _check_platforms(region: Region, platforms: Mapping[str, Text], path: Path) -> None:
    for field, key in region.platforms_named():
        if key not in platforms:
            reason = f"platform {key!r} has no title under `platforms`"
            raise _wrong(path, f"regions[{region.code}].{field}", reason)


def _check_iso(region: Region, regions: Mapping[str, Region], path: Path) -> None:
    for other in regions.values():
        if region.iso and other.iso == region.iso and other.code != region.code:
            field = f"regions[{region.code}].iso"
            raise _wrong(path, field, f"{region.iso} is the code of region {other.code}")


def _invalid(path: Path, error: Exception, prefix: str = "") -> ConfigurationError:
    """The error for a file that could not be read or does not have the right shape."""
    # msgspec ends its messages with the place: "... - at `$.hosts[0].url`".
    reason, _, place = str(error).partition(" - at `")
    field = re.sub(r"^(?:key in )?\$\.?|`$", "", place)
    return _wrong(path, ".".join(part for part in (prefix, field) if part), reason)


def _wrong(path: Path, field: str, reason: str) -> ConfigurationError:
    where = f"{path}: {field}" if field else str(path)
    return ConfigurationError(
        f"region directory: {where}: {reason}",
        context={"file": str(path), "field": field},
    )
