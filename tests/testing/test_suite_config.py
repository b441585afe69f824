"""Exemptions are public: a known scenario, a reason in words."""

import pytest

import gateway_lighthouse.plugin
from gateway.core.errors import ConfigurationError, UnknownProvider
from gateway.core.registry.plugins import Registry
from gateway.testing import SuiteConfig, get_provider_test_class
from gateway.testing.factory import run_scenario
from tests.testing.mutants import bench_of

REASON = "the service answers so in every version that was seen"


def config(**exemptions: str) -> SuiteConfig:
    registry = Registry((), plugins={"lighthouse": gateway_lighthouse.plugin})
    return SuiteConfig(exemptions=exemptions, registry=registry)


def test_an_unknown_scenario_cannot_be_exempt() -> None:
    with pytest.raises(ConfigurationError, match="no scenario 'reads_sing'"):
        get_provider_test_class("lighthouse", suite=config(reads_sing=REASON))


def test_an_unknown_case_cannot_be_exempt() -> None:
    suite = config(**{"reads_answer[list_meals]": REASON})
    with pytest.raises(ConfigurationError, match="list_meals"):
        get_provider_test_class("lighthouse", suite=suite)


@pytest.mark.parametrize("reason", ["", "  ", "TODO"])
def test_an_exemption_needs_its_reason(reason: str) -> None:
    with pytest.raises(ConfigurationError, match="needs its reason"):
        get_provider_test_class("lighthouse", suite=config(reads_answer=reason))


def test_an_exempt_case_is_skipped_with_its_reason_and_others_are_not() -> None:
    suite = config(**{"login_can_be_cancelled[token]": REASON})
    made = get_provider_test_class("lighthouse", suite=suite)
    test = made().test_login_can_be_cancelled
    with bench_of() as bench:
        with pytest.raises(pytest.skip.Exception, match=REASON):
            test(bench, "token")
        test(bench, "password")


def test_a_tier_is_not_kept_by_exemptions() -> None:
    with bench_of() as bench:
        run_scenario(bench, "quality_is_earned")
        bench.config = config(reads_answer=REASON)
        with pytest.raises(AssertionError, match="reads_answer belongs to bronze"):
            run_scenario(bench, "quality_is_earned")


def test_exemptions_above_the_tier_cost_nothing() -> None:
    with bench_of() as bench:
        bench.config = config(recordings_normalize_to_the_same=REASON)
        run_scenario(bench, "quality_is_earned")


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(UnknownProvider, match="moonlight"):
        get_provider_test_class("moonlight", suite=config())
