"""Declared capabilities, the adapter's methods and what fixtures tell are held together."""

import pytest

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.operation import OPERATIONS
from gateway_mos_ru.capabilities import capabilities_of
from gateway_mos_ru.nodes import MOSCOW, MOSCOW_OBLAST, NODES, Node
from tests.plugins.capability_checks import methods, told_and_silent, unknown_fields
from tests.plugins.mos_ru.support import cases, make_adapter

IN_MOSCOW = capabilities_of(MOSCOW)
BY_NATURE = {"Attachment.kind", "Remark.kind"}

each = pytest.mark.parametrize("node", NODES, ids=lambda item: item.provider)


@each
def test_every_capability_is_declared(node: Node) -> None:
    assert set(capabilities_of(node)) == set(Capability)


@each
@pytest.mark.parametrize("capability", list(Capability))
def test_a_capability_and_its_method_stand_or_fall_together(
    node: Node, capability: Capability
) -> None:
    name = methods()[capability]
    overridden = getattr(type(make_adapter(node.provider)), name) is not getattr(Adapter, name)
    declared = capabilities_of(node)[capability].support is not Support.UNSUPPORTED
    assert overridden is declared


@pytest.mark.parametrize("capability", list(Capability))
def test_absent_fields_exist(capability: Capability) -> None:
    assert unknown_fields(IN_MOSCOW[capability]) == set()


def test_turnstiles_and_meals_are_moscows_own() -> None:
    others = capabilities_of(MOSCOW_OBLAST)
    for capability in (Capability.ENTRIES, Capability.MEALS, Capability.MEAL_ACCOUNT):
        assert IN_MOSCOW[capability].is_available
        assert others[capability].support is Support.UNSUPPORTED


def test_what_left_the_diary_says_where_it_went() -> None:
    for capability in (Capability.MESSAGES, Capability.SEND_MESSAGE, Capability.RECIPIENTS):
        reason = IN_MOSCOW[capability].reason
        assert reason is not None
        assert "Сферум" in reason.ru
        assert "Sferum" in reason.en


def test_bells_are_made_of_lessons() -> None:
    assert IN_MOSCOW[Capability.BELLS].support is Support.EMULATED


@pytest.mark.parametrize("operation", sorted({case.operation for case in cases()}))
async def test_a_field_is_told_by_some_fixture_or_declared_absent(operation: str) -> None:
    info = IN_MOSCOW[OPERATIONS[operation].capability]
    told, silent = await told_and_silent(operation, cases(), info, BY_NATURE)
    assert told == set()
    assert silent == set()
