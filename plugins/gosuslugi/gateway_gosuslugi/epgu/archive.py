"""The archive of an application: flat, and cut into parts where it is large (notes 4.6)."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

LEAST_PART: Final = 5_000_000
"""Bytes of every part but the last, at least."""
LARGEST_PART: Final = 50_000_000
"""Bytes of any part, and of an archive that goes in one request."""
_BEGINNING: Final = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an archive.

    Attributes:
        index: Its place, from 0.
        count: How many there are.
        name: File name.
        content: Bytes.
    """

    index: int
    count: int
    name: str
    content: bytes = field(repr=False)


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP without folders; the same files give the same bytes.

    Raises:
        ValueError: A name has a folder, or stands twice.
    """
    names = [name for name, _ in files]
    if len(set(names)) != len(names) or any("/" in name or "\\" in name for name in names):
        raise ValueError("names in the archive are flat and different")
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return content.getvalue()


def parts_of(name: str, content: bytes, *, size: int = LEAST_PART) -> tuple[Part, ...]:
    """An archive cut into parts, all but the last of `size` bytes.

    Args:
        name: Name without its ending: one part is `name.zip`, several `name.z001` and so on.
        content: The archive; not empty.
        size: Bytes of a part, within the portal's limits.

    Raises:
        ValueError: There is nothing to cut, or `size` is outside the limits.
    """
    if not content or not LEAST_PART <= size <= LARGEST_PART:
        raise ValueError("a part has 5 to 50 MB")
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    return tuple(
        Part(
            index, len(pieces), f"{name}.z{index + 1:03d}" if len(pieces) > 1 else f"{name}.zip", it
        )
        for index, it in enumerate(pieces)
    )
