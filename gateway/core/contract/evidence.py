"""How sure each field of a wire type is: marks that stand in its annotation.

A field is written `Annotated[int, Seen(10)]`; msgspec passes such marks over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Final, get_args, get_origin, get_type_hints

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class Seen:
    """Read by so many independent clients."""

    clients: int


@dataclass(frozen=True, slots=True)
class Documented:
    """Described by the operator, seen in no client."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """Neither seen nor described.

    Attributes:
        why: What makes us expect it.
    """

    why: str


Evidence = Seen | Documented | Assumed

_MARKS: Final = (Seen, Documented, Assumed)


def evidence_of(struct: type[Struct]) -> Mapping[str, Evidence]:
    """The mark of every field of a wire type, by the field's name in Python.

    A field without a mark is left out.
    """
    hints = get_type_hints(struct, include_extras=True)
    found: dict[str, Evidence] = {}
    for name in struct.__struct_fields__:
        mark = _mark(hints[name])
        if mark is not None:
            found[name] = mark
    return found


def wire_structs(modules: tuple[str, ...]) -> tuple[type[Struct], ...]:
    """Every wire type that the named modules define, in order."""
    found: list[type[Struct]] = []
    for name in modules:
        values = vars(import_module(name)).values()
        found += [
            value
            for value in values
            if isinstance(value, type) and issubclass(value, Struct) and value.__module__ == name
        ]
    return tuple(found)


def _mark(hint: object) -> Evidence | None:
    if get_origin(hint) is not Annotated:
        return None
    return next((extra for extra in get_args(hint)[1:] if isinstance(extra, _MARKS)), None)
