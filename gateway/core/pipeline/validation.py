"""Plain records into models, at once; a record that does not fit costs that record only."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

import gateway.core.model as diary_model
from gateway.core.contract.operation import Operation
from gateway.core.contract.reading import Reading
from gateway.core.errors import ShapeChanged
from gateway.core.model.answer import Issue

Key = str | int

_NOT_LOADED: Final = "is-instance[NotLoaded]"
"""How the validator calls the branch of a field that may be unloaded."""


@lru_cache(maxsize=128)
def adapter_for(operation: Operation) -> TypeAdapter[Any]:
    """The validator of an operation's value; built once, on first use."""
    model: type[diary_model.Model] = getattr(diary_model, operation.value)
    many: Any = tuple[model, ...]  # type: ignore[valid-type]  # chosen by name at run time
    return TypeAdapter(many if operation.many else model)


def validate(
    operation: Operation, reading: Reading, *, strict: bool
) -> tuple[Any, tuple[Issue, ...]]:
    """The value of an operation and the records that had to be left out.

    Raises:
        ShapeChanged: The envelope, or more than half of a list, does not fit, or `strict`.
    """
    adapter = adapter_for(operation)
    data: object = reading.records
    issues: list[Issue] = []
    while True:
        try:
            return adapter.validate_python(data), tuple(issues)
        except ValidationError as error:
            problems = _problems(error, data)
            if strict:
                raise _drift(problems[0]["loc"], problems[0]["msg"]) from None
            data = _without(data, problems, issues)


def _problems(error: ValidationError, data: object) -> list[ErrorDetails]:
    """What does not fit, placed in the data; that it is not `NOT_LOADED` either is no news."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    told = [item for item in found if item["loc"][-1:] != (_NOT_LOADED,)]
    for item in told:
        item["loc"] = _in_data(data, item["loc"])
    return told


def _drift(location: Sequence[Key], message: str) -> ShapeChanged:
    path = _written(location)
    return ShapeChanged(f"does not fit the model: {message}", context={"path": path})


def _without(data: object, problems: Sequence[Any], issues: list[Issue]) -> object:
    """`data` without the innermost records that the problems name."""
    doomed: dict[tuple[Key, ...], dict[int, Issue]] = {}
    for problem in problems:
        place = _record_of(data, problem["loc"])
        if place is None:
            raise _drift(problem["loc"], problem["msg"]) from None
        *parent, index = place
        issue = Issue(_written(problem["loc"]), problem["msg"])
        doomed.setdefault(tuple(parent), {}).setdefault(int(index), issue)
    for parent_path in sorted(doomed, key=len, reverse=True):
        bad = doomed[parent_path]
        records = _at(data, parent_path)
        if len(bad) * 2 > len(records):
            first = next(iter(bad.values()))
            raise ShapeChanged(
                f"{len(bad)} of {len(records)} records do not fit: {first.reason}",
                context={"path": first.path},
            )
        issues.extend(bad.values())
        kept = [record for index, record in enumerate(records) if index not in bad]
        data = _replaced(data, parent_path, kept)
    return data


def _in_data(data: object, location: Sequence[Key]) -> tuple[Key, ...]:
    """A location without the names of a union's branches, which are no keys of the data."""
    found: list[Key] = []
    here = data
    for depth, key in enumerate(location):
        if _leads_on(here, key):
            here = here[key]  # type: ignore[index]  # as was just seen
            found.append(key)
        elif isinstance(here, dict) and depth == len(location) - 1:  # a field that is missing
            found.append(key)
    return tuple(found)


def _leads_on(here: object, key: Key) -> bool:
    if isinstance(key, int):
        return isinstance(here, list | tuple) and key < len(here)
    return isinstance(here, dict) and key in here


def _record_of(data: object, location: Sequence[Key]) -> tuple[Key, ...] | None:
    """Path of the innermost list element on the way to `location`."""
    found: tuple[Key, ...] | None = None
    here = data
    for depth, key in enumerate(location):
        if not _leads_on(here, key):
            break
        here = here[key]  # type: ignore[index]  # as was just seen
        if isinstance(key, int):
            found = tuple(location[: depth + 1])
    return found


def _at(data: Any, path: Sequence[Key]) -> Sequence[object]:
    for key in path:
        data = data[key]
    return list(data)


def _replaced(data: Any, path: Sequence[Key], value: object) -> object:
    if not path:
        return value
    head, *rest = path
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[head] = _replaced(data[head], rest, value)
    return copy


def _written(location: Sequence[Key]) -> str:
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in location)
    return "$" + "".join(parts)
