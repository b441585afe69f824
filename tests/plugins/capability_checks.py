"""Declared capabilities, the adapter's methods and what fixtures tell are held together."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel

import gateway.core.model as diary_model
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.contract.operation import OPERATIONS
from gateway.core.model.base import NotLoaded
from tests.plugins.support import Case

OF_THE_CORE = {"Student.label", "Student.region", "School.region"}


def methods() -> dict[Capability, str]:
    """The adapter's method of each capability."""
    found = {item.capability: name for name, item in OPERATIONS.items()}
    return {**found, Capability.ATTACHMENTS: "open_attachment"}


def unknown_fields(info: SupportInfo) -> set[str]:
    """Absent fields that no model has."""
    return {
        field
        for field in info.absent_fields
        if field.partition(".")[2] not in getattr(diary_model, field.partition(".")[0]).model_fields
    }


async def told_and_silent(
    operation: str, cases: Iterable[Case], info: SupportInfo, by_nature: set[str]
) -> tuple[set[str], set[str]]:
    """Absent fields that some fixture tells all the same, and others that none tells.

    Args:
        operation: The operation.
        cases: Fixtures.
        info: What is declared of it.
        by_nature: Fields that are plain by nature and need no fixture.
    """
    model = getattr(diary_model, OPERATIONS[operation].value)
    told: set[str] = set()
    for case in cases:
        if case.operation == operation and "error" not in case.data:
            adapter = case.sample.make_adapter()
            records = (await case.read(adapter, case.link(adapter))).records
            for record in records if isinstance(records, list) else [records]:
                told.update(told_in(model, dict(record)))
    silent = {
        path
        for path, annotation in fields_of(model, info.absent_fields)
        if path not in told | info.absent_fields | by_nature | OF_THE_CORE
        and not is_loadable(annotation)
    }
    wrong = told & info.absent_fields
    return wrong, {item for item in silent if not is_below_loadable(item, model, told)}


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in models_in(part)]


def is_loadable(annotation: Any) -> bool:
    return NotLoaded in get_args(annotation)


def fields_of(model: type[BaseModel], absent: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Every field that a model and its parts have, but for parts of absent fields."""
    for name, field in model.model_fields.items():
        path = f"{model.__name__}.{name}"
        yield path, field.annotation
        if path not in absent:
            for part in models_in(field.annotation):
                if part is not diary_model.Reference:
                    yield from fields_of(part, absent)


def told_in(model: type[BaseModel], record: dict[str, Any]) -> Iterator[str]:
    for name, value in record.items():
        yield f"{model.__name__}.{name}"
        for part in models_in(model.model_fields[name].annotation):
            for item in value if isinstance(value, list | tuple) else [value]:
                if isinstance(item, dict):
                    yield from told_in(part, item)


def is_below_loadable(path: str, model: type[BaseModel], told: set[str]) -> bool:
    """Whether a field belongs to a part that only another operation loads."""
    part = path.partition(".")[0]
    return part != model.__name__ and not any(item.startswith(f"{part}.") for item in told)
