"""What all wire types share."""

from msgspec import Struct


class Wire(Struct, frozen=True, gc=False):
    """A JSON object; a key that is missing means the same as null (notes 4.3)."""


Printed = str | int | float
"""Something printed, which may come as text or as a bare number."""
