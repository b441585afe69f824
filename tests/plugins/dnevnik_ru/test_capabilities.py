"""Declared capabilities, the adapter's methods and what fixtures tell are held together."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

import gateway.core.model as diary_model
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability
from gateway.core.contract.operation import OPERATIONS
from gateway.core.model.base import NotLoaded
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.capabilities import CAPABILITIES, WEB_CAPABILITIES
from tests.plugins.dnevnik_ru.support import cases, make_adapter

BY_NATURE = {"Attachment.kind", "Remark.kind"}
OF_THE_CORE = {"Student.label", "Student.region", "School.region"}


def methods() -> dict[Capability, str]:
    found = {item.capability: name for name, item in OPERATIONS.items()}
    return {**found, Capability.ATTACHMENTS: "open_attachment"}


def test_every_capability_is_declared() -> None:
    assert set(CAPABILITIES) == set(Capability)


@pytest.mark.parametrize("capability", list(Capability))
def test_a_capability_and_its_method_stand_or_fall_together(capability: Capability) -> None:
    name = methods()[capability]
    overridden = getattr(DnevnikAdapter, name) is not getattr(Adapter, name)
    assert overridden is CAPABILITIES[capability].is_available


def test_what_a_browser_session_opens_is_available_at_all() -> None:
    assert all(CAPABILITIES[capability].is_available for capability in WEB_CAPABILITIES)


def test_absent_fields_exist() -> None:
    for info in CAPABILITIES.values():
        for field in info.absent_fields:
            model, _, name = field.partition(".")
            assert name in getattr(diary_model, model).model_fields


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


@pytest.mark.parametrize("operation", sorted({case.operation for case in cases()}))
async def test_a_field_is_told_by_some_fixture_or_declared_absent(operation: str) -> None:
    model = getattr(diary_model, OPERATIONS[operation].value)
    absent = CAPABILITIES[OPERATIONS[operation].capability].absent_fields
    told: set[str] = set()
    for case in cases():
        if case.operation == operation and "error" not in case.data:
            adapter = make_adapter()
            reading = await case.read(adapter, case.link(adapter))
            records = reading.records
            for record in records if isinstance(records, list) else [records]:
                told.update(told_in(model, dict(record)))
    assert told & absent == set()
    silent = {
        path
        for path, annotation in fields_of(model, absent)
        if path not in told | absent | BY_NATURE | OF_THE_CORE and not is_loadable(annotation)
    }
    assert {item for item in silent if not is_below_loadable(item, model, told)} == set()


def is_below_loadable(path: str, model: type[BaseModel], told: set[str]) -> bool:
    """Whether a field belongs to a part that only another operation loads."""
    part = path.partition(".")[0]
    return part != model.__name__ and not any(item.startswith(f"{part}.") for item in told)
