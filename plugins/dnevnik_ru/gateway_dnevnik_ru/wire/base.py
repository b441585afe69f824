"""What all wire types share."""

from msgspec import Struct


class Wire(Struct, frozen=True, gc=False, rename="camel"):
    """A JSON object of the service; decoded trees have no cycles for the collector to find.

    Types that inherit repeat `frozen=True`, which type checkers want to see.
    """


class PascalWire(Struct, frozen=True, gc=False, rename="pascal"):
    """A JSON object whose keys begin with a capital letter."""


Printed = str | int | float
"""Something printed, which comes as text or as a bare number."""

Moment = str | int
"""A date or moment: ISO text, or unix seconds in older versions of the app's interface."""
