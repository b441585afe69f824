import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from pydantic import SecretStr

from gateway.core.errors import (
    AccountLocked,
    GatewayError,
    KnownWrongSecret,
    LoginOutcomeUnknown,
    StoreUnreadable,
    TooManyAttempts,
)
from gateway.core.pipeline.tombstones import Tombstones
from gateway.testing.clock import VirtualClock

KEY = SecretStr("synthetic-key-of-32-bytes-or-more")
WRONG = SecretStr("not-the-password")
OTHER = SecretStr("another-password")
HOUR = 3_600


def make(clock: VirtualClock, state: dict[str, Any] | None = None) -> Tombstones:
    return Tombstones(key=KEY, clock=clock, state=state)


def restarted(tombstones: Tombstones, clock: VirtualClock) -> Tombstones:
    """What another process knows from the stored JSON."""
    return make(clock, json.loads(json.dumps(tombstones.dump())))


def person(tombstones: Tombstones, secret: SecretStr, account: str = "a1") -> str:
    return tombstones.admit(account, secret, by_person=True)


async def test_a_wrong_secret_is_sent_once_also_after_a_restart(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.refused("a1", person(tombstones, WRONG))
    for known in (tombstones, restarted(tombstones, clock)):
        for by_person in (True, False):
            with pytest.raises(KnownWrongSecret):
                known.admit("a1", WRONG, by_person=by_person)
        person(known, OTHER)
        person(known, WRONG, "a2")


async def test_a_tombstone_lasts_a_day(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.refused("a1", person(tombstones, WRONG))
    await clock.advance(24 * HOUR - 1)
    with pytest.raises(KnownWrongSecret):
        person(tombstones, WRONG)
    await clock.advance(1)
    person(tombstones, WRONG)


def test_the_success_of_another_secret_clears_it(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.refused("a1", person(tombstones, WRONG))
    tombstones.succeeded("a1", person(tombstones, OTHER))
    person(tombstones, WRONG)


def test_another_secret_alone_does_not_clear_it(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.refused("a1", person(tombstones, WRONG))
    tombstones.refused("a1", person(tombstones, OTHER))
    for secret in (WRONG, OTHER):
        with pytest.raises(KnownWrongSecret):
            person(tombstones, secret)


def test_the_person_may_insist(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.refused("a1", person(tombstones, WRONG))
    tombstones.try_again("a1")
    tombstones.try_again("never seen")
    tombstones.refused("a1", person(tombstones, WRONG))
    with pytest.raises(KnownWrongSecret):
        person(tombstones, WRONG)


async def test_a_lock_is_a_time_and_not_a_tombstone(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.locked("a1", person(tombstones, WRONG), 1_800)
    tombstones.try_again("a1")
    await clock.advance(600)
    with pytest.raises(AccountLocked) as caught:
        person(restarted(tombstones, clock), OTHER)
    assert caught.value.retry_after == pytest.approx(1_200)
    await clock.advance(1_200)
    person(tombstones, WRONG)


async def test_an_unknown_outcome_is_repeated_by_the_person_only_and_after_a_minute(
    clock: VirtualClock,
) -> None:
    tombstones = make(clock)
    attempt = person(tombstones, WRONG)
    await clock.advance(15)
    tombstones.outcome_unknown("a1", attempt)
    with pytest.raises(LoginOutcomeUnknown) as caught:
        person(tombstones, WRONG)
    assert caught.value.retry_after == pytest.approx(60)
    await clock.advance(60)
    with pytest.raises(LoginOutcomeUnknown) as caught:
        tombstones.admit("a1", WRONG, by_person=False)
    assert caught.value.retry_after is None
    tombstones.succeeded("a1", person(tombstones, WRONG))
    tombstones.admit("a1", WRONG, by_person=False)


def test_a_login_that_the_process_did_not_survive_is_of_unknown_outcome(
    clock: VirtualClock,
) -> None:
    tombstones = make(clock)
    tombstones.admit("a1", WRONG, by_person=False)
    with pytest.raises(LoginOutcomeUnknown):
        restarted(tombstones, clock).admit("a1", WRONG, by_person=False)


async def test_a_person_has_three_different_secrets_in_a_quarter_of_an_hour(
    clock: VirtualClock,
) -> None:
    tombstones = make(clock)
    for number in range(3):
        tombstones.refused("a1", person(tombstones, SecretStr(f"guess-{number}")))
        await clock.advance(60)
    with pytest.raises(TooManyAttempts) as caught:
        person(restarted(tombstones, clock), OTHER)
    assert caught.value.retry_after == pytest.approx(720)
    person(tombstones, OTHER, "a2")
    await clock.advance(720)
    person(tombstones, OTHER)


def test_the_same_secret_again_is_no_further_secret(clock: VirtualClock) -> None:
    tombstones = make(clock)
    for _ in range(10):
        tombstones.ended("a1", person(tombstones, OTHER))
    tombstones.succeeded("a1", person(tombstones, OTHER))


def test_a_success_lets_the_person_begin_anew(clock: VirtualClock) -> None:
    tombstones = make(clock)
    for number in range(2):
        tombstones.refused("a1", person(tombstones, SecretStr(f"guess-{number}")))
    tombstones.succeeded("a1", person(tombstones, OTHER))
    for number in range(2, 4):
        tombstones.refused("a1", person(tombstones, SecretStr(f"guess-{number}")))
    with pytest.raises(TooManyAttempts):
        person(tombstones, SecretStr("guess-4"))
    tombstones.succeeded("a1", person(tombstones, OTHER))


def test_what_has_ended_is_no_longer_pending(clock: VirtualClock) -> None:
    tombstones = make(clock)
    mark = person(tombstones, OTHER)
    assert "pending" in str(tombstones.dump())
    tombstones.ended("a1", mark)
    assert "pending" not in str(tombstones.dump())
    assert "unknown" not in str(tombstones.dump())
    tombstones.ended("a1", mark, sent=False)  # too late to take it back
    assert "tried" in str(tombstones.dump())


async def test_background_work_sends_once_in_five_minutes(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.succeeded("a1", tombstones.admit("a1", OTHER, by_person=False))
    await clock.advance(299)
    with pytest.raises(TooManyAttempts) as caught:
        restarted(tombstones, clock).admit("a1", OTHER, by_person=False)
    assert caught.value.retry_after == pytest.approx(1)
    person(tombstones, OTHER)
    tombstones.succeeded("a1", person(tombstones, SecretStr("third")))
    await clock.advance(1)
    tombstones.admit("a1", OTHER, by_person=False)


async def test_what_never_left_costs_nothing(clock: VirtualClock) -> None:
    tombstones = make(clock)
    for number in range(10):
        tombstones.ended("a1", person(tombstones, SecretStr(f"guess-{number}")), sent=False)
        tombstones.ended("a1", tombstones.admit("a1", OTHER, by_person=False), sent=False)
    assert tombstones.dump() == {"version": 1, "accounts": {}}
    tombstones.ended("a1", person(tombstones, OTHER))
    await clock.advance(600)
    tombstones.ended("a1", person(tombstones, OTHER), sent=False)
    for number in range(2):
        tombstones.ended("a1", person(tombstones, SecretStr(f"guess-{number}")))
    await clock.advance(300)  # a quarter of an hour after the sending that took place
    person(tombstones, SecretStr("guess-2"))


def test_the_state_shows_neither_secrets_nor_that_two_are_equal(clock: VirtualClock) -> None:
    tombstones = make(clock)
    for account in ("a1", "a2"):
        tombstones.refused(account, person(tombstones, WRONG, account))
    text = json.dumps(tombstones.dump())
    assert WRONG.get_secret_value() not in text
    marks = [mark for kept in json.loads(text)["accounts"].values() for mark in kept["refused"]]
    assert len(set(marks)) == 2
    assert WRONG.get_secret_value() not in repr(person(tombstones, OTHER))
    other_key = Tombstones(key=SecretStr("another key"), clock=clock)
    assert person(other_key, WRONG) not in marks


@pytest.mark.parametrize(
    "state", [{}, {"version": 2, "accounts": {}}, {"version": 1, "accounts": 5}]
)
def test_a_damaged_state_is_refused(clock: VirtualClock, state: dict[str, Any]) -> None:
    with pytest.raises(StoreUnreadable):
        make(clock, state)


async def test_nothing_is_kept_longer_than_it_matters(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.refused("a2", person(tombstones, WRONG))
    tombstones.locked("a1", person(tombstones, WRONG, "a2"), 10)
    tombstones.admit("a3", WRONG, by_person=False)
    tombstones.erase("a3")
    assert set(tombstones.dump()["accounts"]) == {"a1", "a2"}  # type: ignore[call-overload] # JSON
    await clock.advance(24 * HOUR)
    assert tombstones.dump() == {"version": 1, "accounts": {}}


async def test_a_clock_set_back_holds_nobody_up_for_longer(clock: VirtualClock) -> None:
    tombstones = make(clock)
    tombstones.succeeded("a1", tombstones.admit("a1", OTHER, by_person=False))
    tombstones.locked("a2", person(tombstones, WRONG, "a2"), 600)
    clock.jump_wall(-HOUR)
    for account, by_person, pause in (("a1", False, 300), ("a2", True, 600)):
        with pytest.raises(GatewayError) as caught:
            tombstones.admit(account, OTHER, by_person=by_person)
        assert caught.value.retry_after == pytest.approx(pause)
    await clock.advance(600)
    tombstones.admit("a1", OTHER, by_person=False)
    person(tombstones, OTHER, "a2")


class WrongSecretsAreSentOnce(RuleBasedStateMachine):
    """Whatever people, background work, restarts and time do, within a day and unasked."""

    secrets = st.sampled_from([f"guess-{number}" for number in range(5)])

    def __init__(self) -> None:
        super().__init__()
        self.clock = VirtualClock()
        self.tombstones = make(self.clock)
        self.sent: list[tuple[float, str, bool]] = []
        self.refused_at: dict[str, float] = {}
        self.unknown_at: dict[str, float] = {}

    @rule(
        secret=secrets,
        by_person=st.booleans(),
        outcome=st.sampled_from(["refused", "outcome_unknown", "ended"]),
    )
    def log_in(self, secret: str, by_person: bool, outcome: str) -> None:
        now = self.clock.monotonic()
        known = now - self.refused_at.get(secret, -1e9) < 24 * HOUR
        unknown_for = now - self.unknown_at.get(secret, -1e9)
        recent = {item for at, item, people in self.sent if people and now - at < 900}
        busy = any(not people and now - at < 300 for at, _, people in self.sent)
        held = unknown_for < 60 or (not by_person and unknown_for < 24 * HOUR)
        rate = (secret not in recent and len(recent) >= 3) if by_person else busy
        try:
            attempt = self.tombstones.admit("a1", SecretStr(secret), by_person=by_person)
        except KnownWrongSecret:
            assert known
        except LoginOutcomeUnknown:
            assert held
        except TooManyAttempts:
            assert rate
        else:
            assert not known
            assert not held
            assert not rate
            self.sent.append((now, secret, by_person))
            self.unknown_at.pop(secret, None)
            getattr(self.tombstones, outcome)("a1", attempt)
            if outcome == "refused":
                self.refused_at[secret] = now
            elif outcome == "outcome_unknown":
                self.unknown_at[secret] = now

    @rule(seconds=st.sampled_from([30.0, 60.0, 301.0, 901.0, 90_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock._time += seconds  # outside a loop nobody sleeps

    @rule()
    def restart(self) -> None:
        self.tombstones = restarted(self.tombstones, self.clock)

    @rule()
    def insist(self) -> None:
        self.tombstones.try_again("a1")
        self.refused_at.clear()


TestTombstones = WrongSecretsAreSentOnce.TestCase
TestTombstones.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)
