"""Paths to handlers: letter case of fixed parts ignored, a trailing slash optional."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Handler = Callable[..., Any]
"""Takes the call and gives plain data or a ready response; its emulator decides on the dress."""

D = TypeVar("D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Generic[D]):
    """One path of a service.

    `dress` is whatever the emulator must know of its routes. `cached` marks answers that rest on
    nothing but the world, the account, its rights and the address, so that their bytes may be kept.
    """

    handler: Handler
    dress: D
    names: tuple[str, ...]
    cached: bool


@dataclass(slots=True)
class _Node(Generic[D]):
    fixed: "dict[str, _Node[D]]" = field(default_factory=dict)
    any: "_Node[D] | None" = None
    routes: dict[str, Route[D]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match(Generic[D]):
    """A route with the parts of the path that it leaves open."""

    route: Route[D]
    params: Mapping[str, str]


class WrongMethodError(Exception):
    """The path exists, the method does not."""


class Router(Generic[D]):
    """A tree of path segments; a fixed segment wins over an open one."""

    def __init__(self) -> None:
        self._root: _Node[D] = _Node()

    def add(
        self,
        pattern: str,
        handler: Handler,
        *,
        dress: D,
        methods: Iterable[str] = ("GET",),
        cached: bool = False,
    ) -> None:
        """Register a path such as `persons/{person}/marks/{date}`."""
        node, names = self._root, []
        for segment in split(pattern):
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node.any = node.any or _Node()
                node = node.any
            else:
                node = node.fixed.setdefault(segment.lower(), _Node())
        for method in methods:
            if method in node.routes:
                raise ValueError(f"{method} {pattern} is already there")
            node.routes[method] = Route(
                handler=handler, dress=dress, names=tuple(names), cached=cached
            )

    def find(self, method: str, segments: list[str]) -> Match[D] | None:
        """The route of a path.

        Raises:
            WrongMethodError: The path is known with other methods only.
        """
        found = self._descend(self._root, segments, 0, [])
        if found is None:
            return None
        node, values = found
        route = node.routes.get(method)
        if route is None:
            raise WrongMethodError
        return Match(route, dict(zip(route.names, values, strict=True)))

    def _descend(
        self, node: _Node[D], segments: list[str], index: int, values: list[str]
    ) -> tuple[_Node[D], list[str]] | None:
        if index == len(segments):
            return (node, values) if node.routes else None
        segment = segments[index]
        fixed = node.fixed.get(segment.lower())
        if fixed is not None:
            found = self._descend(fixed, segments, index + 1, values)
            if found is not None:
                return found
        if node.any is not None:
            return self._descend(node.any, segments, index + 1, [*values, segment])
        return None


def split(path: str) -> list[str]:
    """Segments of a path without empty ones."""
    return [part for part in path.split("/") if part]
