"""JSON as the service writes it: keys in the order given, no bare apostrophe."""

from gateway.sandbox.web import encoding
from gateway.sandbox.web.encoding import JsonObject

__all__ = ["JsonObject", "big", "encode"]


def encode(value: object) -> bytes:
    """UTF-8 JSON of plain data.

    Apostrophes are escaped: a client in use turns every bare one into a quotation mark before it
    parses (and in JSON one can only stand inside a text).
    """
    data = encoding.encode(value)
    return data.replace(b"'", b"\\u0027") if b"'" in data else data


def big(name: str, number: int | None) -> JsonObject:
    """A number beyond 2^53 with its twin: `name` and `name_str`."""
    return {name: number, f"{name}_str": None if number is None else str(number)}
