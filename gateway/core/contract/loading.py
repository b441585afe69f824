"""Importing the parts that a declaration only names."""

from importlib import import_module
from typing import TypeVar

from gateway.core.errors import PluginBroken

T = TypeVar("T")


def load(target: str, base: type[T]) -> type[T]:
    """The class that `module:Class` names, checked to be a `base`.

    Raises:
        PluginBroken: It cannot be imported or is something else.
    """
    module, _, name = target.partition(":")
    try:
        found = getattr(import_module(module), name)
    except Exception as error:
        raise PluginBroken(f"cannot import {target}: {type(error).__name__}") from error
    if not (isinstance(found, type) and issubclass(found, base)):
        raise PluginBroken(f"{target} is no {base.__name__}")
    return found
