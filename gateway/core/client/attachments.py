"""A file on its way from the provider."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:  # opening files is rare; httpx is not loaded for it
    from gateway.core.contract.link import ByteStream


@dataclass(frozen=True, slots=True)
class Download:
    """An open attachment; iterate it once, inside its block.

    Attributes:
        name: File name, cleaned of paths and control characters.
        stream: The bytes, within the provider's size limit.
    """

    name: str
    stream: "ByteStream" = field(repr=False)

    @property
    def media_type(self) -> str:
        """Media type; empty where the provider tells none."""
        return self.stream.media_type

    @property
    def size(self) -> int | None:
        """Size in bytes, where the provider tells."""
        return self.stream.size

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self.stream:
            yield piece

    async def read(self) -> bytes:
        """All bytes."""
        return b"".join([piece async for piece in self])

    async def save(self, directory: Path) -> Path:
        """Writes the file into a directory under its cleaned name; returns its path."""
        path = directory / self.name
        async with await anyio.open_file(path, "xb") as file:
            async for piece in self:
                await file.write(piece)
        return path
