"""Spoils fixtures: whatever comes over the wire has to end in models or in the error tree."""

import asyncio
import copy
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from gateway.core.errors import GatewayError
from tests.plugins.support import Case, as_json

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [
            "2025-09-01T10:11:12.1234567",
            "9999-12-31T23:59:59",
            "0001-01-01T00:00:00",
            "<b>x",
            "&amp;",
            "08:00 - 07:00",
            "5-",
            2**63,
            -(2**70),
            10**30,
            [],
            {},
            [{}],
            {"id": None},
        ]
    ),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of everything inside a JSON value, itself included."""
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places_in(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += places_in(inner, (*path, index))
    return found


def spoiled(value: Any, path: tuple[Any, ...], junk: Any, *, drop: bool) -> Any:
    """`value` with one place replaced or removed."""
    if not path:
        return junk
    copied = copy.copy(value)
    if len(path) == 1 and drop:
        del copied[path[0]]
    else:
        copied[path[0]] = spoiled(value[path[0]], path[1:], junk, drop=drop)
    return copied


@st.composite
def spoiled_cases(draw: st.DrawFn, cases: Sequence[Case]) -> Case:
    """A fixture with some places of one answer spoiled."""
    case = draw(st.sampled_from([item for item in cases if item.data["exchanges"]]))
    data = copy.deepcopy(dict(case.data))
    exchange = draw(st.sampled_from(data["exchanges"]))
    body = exchange["response"].get("body")
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places_in(body)))
        body = spoiled(body, path, draw(JUNK), drop=draw(st.booleans()) and bool(path))
    exchange["response"] = {"status": exchange["response"].get("status", 200), "body": body}
    return replace(case, data=data)


def with_answer(case: Case, answer: Any) -> Case:
    """A fixture all of whose answers are one value."""
    data = copy.deepcopy(dict(case.data))
    for exchange in data["exchanges"]:
        exchange["response"] = {"status": 200, "body": answer}
    return replace(case, data=data)


def read(case: Case) -> None:
    """Reads a fixture down to its models; only an error of the tree may stop it."""
    adapter = case.sample.make_adapter()
    link = case.link(adapter)
    link.lenient = True  # a spoiled number may lead to a request that the fixture lacks
    with suppress(GatewayError):
        value, _ = as_json(case.operation, asyncio.run(case.read(adapter, link)))
        assert isinstance(value, list | dict)
