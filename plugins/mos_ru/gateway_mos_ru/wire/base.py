"""What all wire types share."""

from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Wire(Struct, frozen=True, gc=False):
    """A JSON object with keys_like_this; decoded trees have no cycles for the collector to find.

    Types that inherit repeat `frozen=True`, which type checkers want to see. A key that is missing
    means the same as null: answers of 2022 left such keys out.
    """


class CamelWire(Struct, frozen=True, gc=False, rename="camel"):
    """A JSON object with keysLikeThis: rating, meals, turnstile, portfolio."""


class Payload(Struct, Generic[T], frozen=True, gc=False):
    """Lists under `payload`; an object without it is no such answer."""

    payload: list[T] | None


Printed = str | int | float
"""Something printed, which comes as text or as a bare number."""
