"""Fields of a payload that the wire types do not know."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast, get_args, get_origin

import msgspec

MOST_PATHS = 200
"""Paths reported of one payload."""


def unmapped(value: object, shape: object) -> tuple[str, ...]:
    """Paths such as `$.days[].lessons[].newField`, each once, in order of appearance."""
    found: dict[str, None] = {}
    for path in _walk(value, shape, "$"):
        found.setdefault(path)
        if len(found) >= MOST_PATHS:
            break
    return tuple(found)


def _walk(value: object, shape: object, path: str) -> Iterator[str]:
    if isinstance(value, list):
        inner = _item_of(shape)
        for item in value:
            yield from _walk(item, inner, f"{path}[]")
    elif isinstance(value, dict):
        struct = _struct_of(shape)
        if struct is None:
            inner = _value_of(shape)
            for key, item in value.items():
                yield from _walk(item, inner, f"{path}.{key}" if inner is None else f"{path}.*")
            return
        known = _fields(struct)
        for key, item in value.items():
            if key in known:
                yield from _walk(item, known[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}"


@lru_cache(maxsize=512)
def _fields(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Types of a struct's fields; those of a generic one with its argument put in."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(struct)}


def _options(shape: object) -> tuple[Any, ...]:
    """The members of a union, or the type itself, without annotations."""
    origin = get_origin(shape)
    if origin is None or origin in {list, tuple, dict, set, frozenset}:
        return (shape,)
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return (shape,)
    arguments = get_args(shape)
    if hasattr(shape, "__metadata__"):
        return _options(arguments[0])
    return tuple(option for item in arguments for option in _options(item))


def _struct_of(shape: object) -> type[msgspec.Struct] | None:
    for option in _options(shape):
        plain = get_origin(option) or option
        if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
            return cast("type[msgspec.Struct]", option)
    return None


def _item_of(shape: object) -> object:
    for option in _options(shape):
        if get_origin(option) in {list, tuple, set, frozenset}:
            return get_args(option)[0]
    return None


def _value_of(shape: object) -> object:
    for option in _options(shape):
        if get_origin(option) is dict:
            return get_args(option)[1]
    return None
