"""What all wire types share, and how the habits of the service's language are undone (notes 4, 5).

The service is written in PHP: what is a map here is a list there, an empty map is `[]`, numbers
come as texts and texts as numbers. Wire types take all of it; the functions below give one form.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Generic, Protocol, TypeAlias, TypeVar

from msgspec import Struct

from gateway.core.contract.evidence import Seen
from gateway.core.errors import BadResponse

T = TypeVar("T")
R = TypeVar("R", bound=Struct)

Key: TypeAlias = str | int
"""A number of a person, subject or file: a text of digits, or a bare number on some hosts."""

Printed: TypeAlias = str | int | float
"""Something printed, or a number that may stand in a text."""

Switch: TypeAlias = bool | int | float | str
"""A switch in any of its spellings."""

Several: TypeAlias = dict[str, T | list[T] | None] | list[T | None] | None
"""Records of one kind: under keys, in a list, or in a list inside an object of one key."""

_YES: Final = frozenset({"true", "yes", "__yes", "1", "on"})
_NO: Final = frozenset({"false", "no", "__no", "0", "off"})
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,18})?")
_ANY: Final = "0"
"""A student of a replay that does not tell which."""


class Wire(Struct, frozen=True, gc=False):
    """A JSON object; decoded trees have no cycles for the collector to find.

    Types that inherit repeat `frozen=True`, which type checkers want to see. A key that is missing
    means the same as null.
    """


class Response(Wire, Generic[R], frozen=True):
    """The inner envelope; an empty result is `{}`, `[]` or null."""

    result: Annotated[R | list[object] | None, Seen(12)]
    state: Annotated[Printed | None, Seen(12)] = None
    error: Annotated[object, Seen(12)] = None


class Envelope(Wire, Generic[R], frozen=True):
    """Every answer of the interface but that of `getusersvendors`."""

    response: Annotated[Response[R], Seen(12)]

    @property
    def result(self) -> R | None:
        """What was asked for; None where the service says nothing.

        Raises:
            BadResponse: It says something of another kind.
        """
        found = self.response.result
        if isinstance(found, list):
            if found:
                raise BadResponse("a list came where an object was due")
            return None
        if found is None or all(getattr(found, name) is None for name in found.__struct_fields__):
            return None
        return found


class Numbered(Protocol):
    """A record that repeats its own key as `name`."""

    @property
    def name(self) -> Key | None:
        """The key."""
        ...


N = TypeVar("N", bound=Numbered)


def keyed(records: Several[T]) -> Iterator[tuple[str, T]]:
    """Records with the keys that they stand under; "" in a list."""
    if records is None:
        return
    if isinstance(records, list):
        yield from (("", item) for item in records if item is not None)
        return
    for key, held in records.items():
        if isinstance(held, list):
            yield from (("", item) for item in held if item is not None)
        elif held is not None:
            yield key, held


def several(records: Several[T]) -> list[T]:
    """Records in their order, however they were wrapped."""
    return [record for _, record in keyed(records)]


def own(students: Several[N], number: str) -> N | None:
    """The record of one student, by the key that it stands under or repeats.

    A record that names nobody is the student's if it is the only one.
    """
    found = list(keyed(students))
    for key, record in found:
        if number in {key, key_text(record.name)}:
            return record
    if len(found) == 1:
        key, record = found[0]
        if number == _ANY or not (key or key_text(record.name)):
            return record
    return None


def key_text(value: Printed | None) -> str:
    """A key as text; empty for none."""
    return "" if value is None else str(value).strip()


def switch(value: Switch | None) -> bool | None:
    """A switch; None for none, and for a word that is neither yes nor no."""
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def number_text(value: Printed | None) -> str | None:
    """A number with a decimal point, as text for a `Decimal`; None for what is no number."""
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip()
    return text.replace(",", ".") if _NUMBER.fullmatch(text) else None


def whole(value: Printed | None) -> int | None:
    """A whole number; None for anything else."""
    text = number_text(value)
    if text is None:
        return None
    number = float(text)
    return int(number) if number.is_integer() else None
