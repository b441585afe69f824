"""Declared capabilities, the adapter's methods and what fixtures tell are held together."""

import pytest

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability
from gateway.core.contract.operation import OPERATIONS
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.capabilities import CAPABILITIES, WEB_CAPABILITIES
from tests.plugins.capability_checks import methods, told_and_silent, unknown_fields
from tests.plugins.dnevnik_ru.support import cases

BY_NATURE = {"Attachment.kind", "Remark.kind"}


def test_every_capability_is_declared() -> None:
    assert set(CAPABILITIES) == set(Capability)


@pytest.mark.parametrize("capability", list(Capability))
def test_a_capability_and_its_method_stand_or_fall_together(capability: Capability) -> None:
    name = methods()[capability]
    overridden = getattr(DnevnikAdapter, name) is not getattr(Adapter, name)
    assert overridden is CAPABILITIES[capability].is_available


def test_what_a_browser_session_opens_is_available_at_all() -> None:
    assert all(CAPABILITIES[capability].is_available for capability in WEB_CAPABILITIES)


@pytest.mark.parametrize("capability", list(Capability))
def test_absent_fields_exist(capability: Capability) -> None:
    assert unknown_fields(CAPABILITIES[capability]) == set()


@pytest.mark.parametrize("operation", sorted({case.operation for case in cases()}))
async def test_a_field_is_told_by_some_fixture_or_declared_absent(operation: str) -> None:
    info = CAPABILITIES[OPERATIONS[operation].capability]
    told, silent = await told_and_silent(operation, cases(), info, BY_NATURE)
    assert told == set()
    assert silent == set()
