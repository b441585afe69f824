"""Declared capabilities, the adapter's methods and what fixtures tell are held together."""

import pytest

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.operation import OPERATIONS
from gateway_eljur.adapter import EljurAdapter
from gateway_eljur.capabilities import CAPABILITIES
from tests.plugins.capability_checks import methods, told_and_silent, unknown_fields
from tests.plugins.eljur.support import cases

BY_NATURE = {
    "Attachment.kind",
    "Remark.kind",
    "SchoolEvent.ends_at",  # of a task of a course, which is asked for with the operator's leave
    "SchoolEvent.url",
}
EMULATED = {
    Capability.SUBJECTS,
    Capability.TEACHERS,
    Capability.CLASSMATES,
    Capability.SCHOOL_YEARS,
    Capability.CALENDAR,
    Capability.BELLS,
}


def test_every_capability_is_declared() -> None:
    assert set(CAPABILITIES) == set(Capability)


@pytest.mark.parametrize("capability", list(Capability))
def test_a_capability_and_its_method_stand_or_fall_together(capability: Capability) -> None:
    name = methods()[capability]
    overridden = getattr(EljurAdapter, name) is not getattr(Adapter, name)
    assert overridden is (CAPABILITIES[capability].support is not Support.UNSUPPORTED)


@pytest.mark.parametrize("capability", list(Capability))
def test_absent_fields_exist(capability: Capability) -> None:
    assert unknown_fields(CAPABILITIES[capability]) == set()


@pytest.mark.parametrize("capability", sorted(EMULATED))
def test_what_no_method_tells_is_declared_as_made_of_others(capability: Capability) -> None:
    assert CAPABILITIES[capability].support is Support.EMULATED


def test_the_feed_whose_lines_nobody_described_is_not_sent_for_unasked() -> None:
    assert CAPABILITIES[Capability.NOTIFICATIONS].support is Support.UNKNOWN


def test_every_reason_is_told_in_both_languages() -> None:
    reasons = [info.reason for info in CAPABILITIES.values() if not info.is_available]
    assert all(reason is not None and reason.ru and reason.en for reason in reasons)
    assert all(reason is None or reason.ru.endswith(".") for reason in reasons)


@pytest.mark.parametrize("operation", sorted({case.operation for case in cases()}))
async def test_a_field_is_told_by_some_fixture_or_declared_absent(operation: str) -> None:
    info = CAPABILITIES[OPERATIONS[operation].capability]
    told, silent = await told_and_silent(operation, cases(), info, BY_NATURE)
    assert told == set()
    assert silent == set()
