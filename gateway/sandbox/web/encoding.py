"""JSON in the order of the keys given."""

from typing import Final

import msgspec

JsonObject = dict[str, object]
"""An object whose key order reaches the client: some unpack answers by position."""

_encoder: Final = msgspec.json.Encoder()


def encode(value: object) -> bytes:
    """UTF-8 JSON of plain data."""
    return _encoder.encode(value)
