"""Codes that work once and recovery of access are neither failed nor spared by the kit."""

import asyncio

import pytest

from gateway.testing.factory import run_scenario
from gateway.testing.findings import NotApplicable
from gateway.testing.scenario import SCENARIOS, login_methods, opening_methods
from gateway.testing.scenarios import load
from gateway.testing.sweep import sweep_of
from tests.testing.rare_ways import (
    NamesTheCode,
    RareWays,
    RecoversFromAnything,
    RecoversIntoTheAccount,
    rare_bench,
)

load()
_OF_METHODS = [
    name for name, item in SCENARIOS.items() if item.cases in {login_methods, opening_methods}
]
_LACKING = {
    ("wrong_secret_is_sent_once", "invite_code"),
    ("wrong_secret_is_sent_once", "recovery"),
    ("state_cannot_be_forged", "invite_code"),
    ("state_cannot_be_forged", "recovery"),
    ("awkward_accounts_end_in_their_own_error", "invite_code"),
}
"""They begin with no secret and send nobody to another site; only good accounts hold a code."""


@pytest.mark.parametrize("name", _OF_METHODS)
@pytest.mark.parametrize("method", ["invite_code", "recovery"])
def test_both_ways_pass_every_scenario_of_login_methods(name: str, method: str) -> None:
    with rare_bench() as bench:
        if method not in (SCENARIOS[name].cases_of(bench.declaration) or ()):
            assert method == "recovery"
            return
        if (name, method) in _LACKING:
            with pytest.raises(NotApplicable):
                run_scenario(bench, name, method)
        else:
            run_scenario(bench, name, method)


def test_recovery_is_asked_for_no_session() -> None:
    with rare_bench() as bench:
        asked = {
            name
            for name in _OF_METHODS
            if "recovery" not in (SCENARIOS[name].cases_of(bench.declaration) or ())
        }
    assert asked == {
        "reauthentication_stays_with_the_account",
        "lost_sessions_are_renewed_once",
        "revoked_sessions_ask_for_their_person",
    }


def test_only_accounts_that_open_are_read() -> None:
    with rare_bench() as bench:
        household = asyncio.run(sweep_of(bench)).household
    assert set(household.opened) == {"password", "token", "invite_code"}


@pytest.mark.parametrize(
    ("adapter", "scenario", "case", "says"),
    [
        (NamesTheCode, "login_opens_the_account", "invite_code", "its method is invite_code"),
        (
            NamesTheCode,
            "reauthentication_stays_with_the_account",
            "invite_code",
            "the sign-in failed",
        ),
        (RecoversIntoTheAccount, "login_opens_the_account", "recovery", "it opened an account"),
        (RecoversIntoTheAccount, "login_goes_on_elsewhere", "recovery", "it opened an account"),
        (
            RecoversFromAnything,
            "hostile_sign_ins_become_errors",
            "recovery",
            "is taken for a good end",
        ),
    ],
)
def test_what_goes_wrong_with_them_is_caught(
    adapter: type[RareWays], scenario: str, case: str, says: str
) -> None:
    with rare_bench(adapter) as bench, pytest.raises(AssertionError) as caught:
        run_scenario(bench, scenario, case)
    assert says in str(caught.value)
