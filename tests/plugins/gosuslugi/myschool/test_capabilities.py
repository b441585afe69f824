"""Declared capabilities, the adapter's methods and what fixtures tell are held together."""

import pytest

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.operation import OPERATIONS
from gateway_gosuslugi.adapter import GosuslugiAdapter
from gateway_gosuslugi.capabilities import CAPABILITIES
from tests.plugins.capability_checks import methods, told_and_silent, unknown_fields
from tests.plugins.gosuslugi.support import cases

BY_NATURE = {"Attachment.kind", "Homework.html", "Lesson.kind", "School.kind"}
AVAILABLE = sorted(
    {case.operation for case in cases()}
    & {name for name, item in OPERATIONS.items() if CAPABILITIES[item.capability].is_available}
)


def test_every_capability_is_declared():
    assert set(CAPABILITIES) == set(Capability)


@pytest.mark.parametrize("capability", list(Capability))
def test_a_capability_and_its_method_stand_or_fall_together(capability):
    name = methods()[capability]
    overridden = getattr(GosuslugiAdapter, name) is not getattr(Adapter, name)
    assert overridden is (CAPABILITIES[capability].support is not Support.UNSUPPORTED)


@pytest.mark.parametrize("capability", list(Capability))
def test_absent_fields_exist(capability):
    assert unknown_fields(CAPABILITIES[capability]) == set()


@pytest.mark.parametrize("operation", AVAILABLE)
async def test_a_field_is_told_by_some_fixture_or_declared_absent(operation):
    info = CAPABILITIES[OPERATIONS[operation].capability]
    told, silent = await told_and_silent(operation, cases(), info, BY_NATURE)
    assert told == set()
    assert silent == set()


@pytest.mark.parametrize(
    "capability",
    [
        Capability.FINAL_GRADES,
        Capability.EVENTS,
        Capability.MEALS,
        Capability.CURRICULUM,
        Capability.PORTFOLIO,
        Capability.NOTIFICATIONS,
        Capability.SET_HOMEWORK_DONE,
    ],
)
def test_what_is_known_by_name_only_is_not_sent_without_leave(capability):
    info = CAPABILITIES[capability]
    assert info.support is Support.UNKNOWN
    assert not info.is_available


def test_averages_and_counts_are_said_to_be_ours():
    for capability in (Capability.SUBJECT_RESULTS, Capability.ATTENDANCE, Capability.TEACHERS):
        assert CAPABILITIES[capability].support is Support.EMULATED


def test_messages_are_said_to_be_in_sferum():
    for capability in (Capability.MESSAGES, Capability.SEND_MESSAGE, Capability.RECIPIENTS):
        assert "Сферум" in CAPABILITIES[capability].reason.ru
        assert "Sferum" in CAPABILITIES[capability].reason.en
