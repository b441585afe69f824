from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gateway.core.errors import CircuitOpen
from gateway.core.pipeline.breaker import Breaker, BreakerChange, BreakerState, Verdict
from gateway.core.wire import RequestKind
from gateway.testing.clock import VirtualClock

READ, AUTH = RequestKind.READ, RequestKind.AUTH
CLOSED, OPEN, HALF_OPEN = BreakerState.CLOSED, BreakerState.OPEN, BreakerState.HALF_OPEN
SUCCESS, FAILURE = Verdict.SUCCESS, Verdict.FAILURE
CONNECT, NEUTRAL = Verdict.CONNECT_FAILURE, Verdict.NEUTRAL


class LongestPauses(Random):
    """Jitter that changes nothing."""

    def uniform(self, a: float, b: float) -> float:
        return b


def make(clock: VirtualClock, events: list[BreakerChange] | None = None) -> Breaker:
    return Breaker(
        "https://api.fictional.example",
        clock=clock,
        rng=LongestPauses(),
        on_change=None if events is None else events.append,
    )


def attempt(breaker: Breaker, verdict: Verdict, times: int = 1) -> None:
    for _ in range(times):
        breaker.record(breaker.admit(READ), verdict)


def test_it_opens_at_ninety_percent_of_twenty_attempts(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, SUCCESS, 2)
    attempt(breaker, FAILURE, 17)
    assert breaker.state is CLOSED
    attempt(breaker, FAILURE)
    assert breaker.state is OPEN


def test_nineteen_failures_are_too_few_and_half_failing_is_only_ill(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, FAILURE, 19)
    assert breaker.state is CLOSED
    breaker = make(clock)
    attempt(breaker, SUCCESS, 3)
    attempt(breaker, FAILURE, 17)
    assert breaker.state is CLOSED
    breaker = make(clock)
    for _ in range(500):
        attempt(breaker, FAILURE, 4)
        attempt(breaker, SUCCESS)
    assert breaker.state is CLOSED


async def test_only_the_last_ten_seconds_count(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, FAILURE, 19)
    await clock.advance(10)
    attempt(breaker, FAILURE, 19)
    assert breaker.state is CLOSED
    await clock.advance(9.9)
    attempt(breaker, FAILURE)
    assert breaker.state is OPEN


def test_five_connect_failures_in_a_row_open_it(clock: VirtualClock) -> None:
    breaker = make(clock)
    for other in (SUCCESS, FAILURE):
        attempt(breaker, CONNECT, 4)
        attempt(breaker, other)
    attempt(breaker, CONNECT, 4)
    attempt(breaker, NEUTRAL)
    assert breaker.state is CLOSED
    attempt(breaker, CONNECT)
    assert breaker.state is OPEN


def test_wrong_credentials_and_the_like_never_touch_it(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, NEUTRAL, 1_000)
    attempt(breaker, FAILURE, 19)
    attempt(breaker, NEUTRAL, 1_000)
    assert breaker.state is CLOSED


async def test_an_open_one_says_for_how_long(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, CONNECT, 5)
    await clock.advance(2)
    with pytest.raises(CircuitOpen) as caught:
        breaker.admit(READ)
    assert caught.value.retry_after == pytest.approx(3)


async def test_pauses_double_up_to_fifteen_seconds_and_begin_anew_after_recovery(
    clock: VirtualClock,
) -> None:
    events: list[BreakerChange] = []
    breaker = make(clock, events)
    attempt(breaker, CONNECT, 5)
    for pause in (5, 10, 15, 15):
        await clock.advance(pause - 0.001)
        with pytest.raises(CircuitOpen):
            breaker.admit(READ)
        await clock.advance(0.001)
        attempt(breaker, FAILURE)
    assert [event.pause for event in events if event.new is OPEN] == [5, 10, 15, 15, 15]
    await clock.advance(15)
    attempt(breaker, SUCCESS, 3)
    assert breaker.state is CLOSED
    attempt(breaker, CONNECT, 5)
    assert events[-1].pause == 5


def test_pauses_have_jitter_between_half_and_all(clock: VirtualClock) -> None:
    pauses: list[float] = []
    for seed in range(300):
        events: list[BreakerChange] = []
        breaker = Breaker("o", clock=clock, rng=Random(seed), on_change=events.append)
        attempt(breaker, CONNECT, 5)
        pauses.append(events[0].pause or 0)
    assert min(pauses) >= 2.5
    assert max(pauses) <= 5
    assert max(pauses) - min(pauses) > 2.3


async def test_half_open_lets_one_probe_at_a_time_through(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    ticket = breaker.admit(READ)
    assert breaker.state is HALF_OPEN
    with pytest.raises(CircuitOpen) as caught:
        breaker.admit(READ)
    assert caught.value.retry_after == 1
    breaker.record(ticket, NEUTRAL)  # cancelled: the next may try
    assert breaker.state is HALF_OPEN
    attempt(breaker, SUCCESS, 2)
    assert breaker.state is HALF_OPEN
    attempt(breaker, SUCCESS)
    assert breaker.state is CLOSED


@pytest.mark.parametrize(
    "kind, by_person, goes",
    [
        (RequestKind.READ, False, True),
        (RequestKind.AUTH, True, True),
        (RequestKind.AUTH, False, False),
        (RequestKind.REFRESH, True, False),
        (RequestKind.WRITE, True, False),
    ],
)
async def test_probes_are_reads_and_logins_of_people(
    clock: VirtualClock, kind: RequestKind, by_person: bool, goes: bool
) -> None:
    breaker = make(clock)
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    for _ in range(2):  # from open, then from half-open
        if goes:
            breaker.record(breaker.admit(kind, by_person=by_person), SUCCESS)
            assert breaker.state is HALF_OPEN
        else:
            with pytest.raises(CircuitOpen):
                breaker.admit(kind, by_person=by_person)
            assert breaker.state is OPEN


async def test_late_answers_of_earlier_attempts_change_nothing(clock: VirtualClock) -> None:
    breaker = make(clock)
    early = [breaker.admit(READ) for _ in range(10)]
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    probe = breaker.admit(READ)
    for ticket in early:
        breaker.record(ticket, SUCCESS)
    assert breaker.state is HALF_OPEN
    breaker.record(probe, FAILURE)
    breaker.record(probe, SUCCESS)
    assert breaker.state is OPEN


def test_it_can_be_forced_by_hand(clock: VirtualClock) -> None:
    events: list[BreakerChange] = []
    breaker = make(clock, events)
    breaker.force(OPEN)
    with pytest.raises(CircuitOpen) as caught:
        breaker.admit(AUTH, by_person=True)
    assert caught.value.retry_after == 15
    breaker.force(CLOSED)
    attempt(breaker, CONNECT, 100)
    held = (breaker.state, breaker.forced)
    breaker.force(None)
    attempt(breaker, CONNECT, 5)
    assert breaker.state is OPEN
    assert not breaker.forced
    assert held == (CLOSED, True)
    assert [(event.new, event.reason) for event in events] == [
        (OPEN, "forced"),
        (CLOSED, "forced"),
        (OPEN, "connect_failures"),
    ]
    with pytest.raises(ValueError, match="open or closed"):
        breaker.force(HALF_OPEN)


async def test_successes_of_a_probe_that_failed_in_the_end_count_no_more(
    clock: VirtualClock,
) -> None:
    breaker = make(clock)
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    attempt(breaker, SUCCESS, 2)
    attempt(breaker, FAILURE)
    assert breaker.state is OPEN
    await clock.advance(15)
    attempt(breaker, SUCCESS, 2)
    assert breaker.state is HALF_OPEN
    attempt(breaker, SUCCESS)
    assert breaker.state is CLOSED


async def test_failures_from_before_a_recovery_count_no_more(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, FAILURE, 20)
    await clock.advance(5)
    attempt(breaker, SUCCESS, 3)
    attempt(breaker, SUCCESS, 10)
    attempt(breaker, FAILURE, 10)
    assert breaker.state is CLOSED


async def test_a_probe_that_is_under_way_when_it_is_forced_blocks_no_later_one(
    clock: VirtualClock,
) -> None:
    breaker = make(clock)
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    breaker.admit(READ)  # and no answer so far
    breaker.force(CLOSED)
    breaker.force(None)
    attempt(breaker, CONNECT, 5)
    await clock.advance(15)
    attempt(breaker, SUCCESS, 3)
    assert breaker.state is CLOSED


async def test_every_change_is_told_with_its_reason(clock: VirtualClock) -> None:
    events: list[BreakerChange] = []
    breaker = make(clock, events)
    attempt(breaker, FAILURE, 20)
    await clock.advance(5)
    attempt(breaker, FAILURE)
    await clock.advance(10)
    attempt(breaker, SUCCESS, 3)
    breaker.force(OPEN)
    breaker.force(None)
    origin = "https://api.fictional.example"
    assert events == [
        BreakerChange(origin, CLOSED, OPEN, "failures", 5),
        BreakerChange(origin, OPEN, HALF_OPEN, "pause_over"),
        BreakerChange(origin, HALF_OPEN, OPEN, "probe_failed", 10),
        BreakerChange(origin, OPEN, HALF_OPEN, "pause_over"),
        BreakerChange(origin, HALF_OPEN, CLOSED, "recovered"),
        BreakerChange(origin, CLOSED, OPEN, "forced"),
        BreakerChange(origin, OPEN, CLOSED, "released"),
    ]


async def test_pauses_begin_anew_when_it_is_let_go(clock: VirtualClock) -> None:
    events: list[BreakerChange] = []
    breaker = make(clock, events)
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    attempt(breaker, FAILURE)
    breaker.force(None)
    attempt(breaker, CONNECT, 5)
    assert events[-1].pause == 5


async def test_an_auth_is_nobodys_unless_it_is_said_whose(clock: VirtualClock) -> None:
    breaker = make(clock)
    attempt(breaker, CONNECT, 5)
    await clock.advance(5)
    with pytest.raises(CircuitOpen):
        breaker.admit(AUTH)
    assert breaker.state is OPEN


def test_states_have_words_that_observers_see() -> None:
    assert [state.value for state in BreakerState] == ["closed", "open", "half_open"]


class BreakerAgainstModel(RuleBasedStateMachine):
    """The whole history since the last change of state, counted anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = VirtualClock()
        self.breaker = make(self.clock)
        self.state = CLOSED
        self.age = 0  # changes of state so far
        self.history: list[tuple[float, Verdict]] = []
        self.openings = 0
        self.probe_at = 0.0
        self.out: list[tuple[int, int]] = []  # tickets, and the age they are from

    def change(self, state: BreakerState) -> None:
        self.state = state
        self.age += 1
        self.history = []
        if state is OPEN:
            self.probe_at = self.clock.monotonic() + min(15, 5 * 2**self.openings)
            self.openings += 1
        if state is CLOSED:
            self.openings = 0

    def busy(self) -> bool:
        return any(age == self.age for _, age in self.out)

    @rule(kind=st.sampled_from(RequestKind), by_person=st.booleans())
    def begin(self, kind: RequestKind, by_person: bool) -> None:
        probe = kind is READ or (kind is AUTH and by_person)
        if self.state is CLOSED:
            goes = True
        elif self.state is OPEN:
            goes = probe and self.clock.monotonic() >= self.probe_at
            if goes:
                self.change(HALF_OPEN)
        else:
            goes = probe and not self.busy()
        try:
            ticket = self.breaker.admit(kind, by_person=by_person)
        except CircuitOpen:
            assert not goes
        else:
            assert goes
            self.out.append((ticket, self.age))

    @precondition(lambda self: self.out)
    @rule(data=st.data(), verdict=st.sampled_from(Verdict))
    def end(self, data: st.DataObject, verdict: Verdict) -> None:
        ticket, age = self.out.pop(data.draw(st.integers(0, len(self.out) - 1)))
        self.breaker.record(ticket, verdict)
        self.learn(age, verdict)

    @rule(verdict=st.sampled_from(Verdict), times=st.integers(1, 25))
    def burst(self, verdict: Verdict, times: int) -> None:
        for _ in range(times):
            if self.state is not CLOSED:
                return
            self.breaker.record(self.breaker.admit(READ), verdict)
            self.learn(self.age, verdict)

    def learn(self, age: int, verdict: Verdict) -> None:
        if age != self.age or verdict is NEUTRAL or self.state is OPEN:
            return
        now = self.clock.monotonic()
        self.history.append((now, verdict))
        verdicts = [item for _, item in self.history]
        if self.state is HALF_OPEN:
            if verdict is not SUCCESS:
                self.change(OPEN)
            elif len(verdicts) == 3:
                self.change(CLOSED)
            return
        recent = [item for at, item in self.history if at > now - 10]
        bad = sum(item is not SUCCESS for item in recent)
        many = len(recent) >= 20 and bad * 10 >= len(recent) * 9
        if verdicts[-5:] == [CONNECT] * 5 or (verdict is not SUCCESS and many):
            self.change(OPEN)

    @rule(seconds=st.sampled_from([0.5, 2.5, 5.0, 10.0, 15.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock._time += seconds  # outside a loop nobody sleeps

    @rule(state=st.sampled_from([OPEN, CLOSED]))
    def forced_and_let_go(self, state: BreakerState) -> None:
        self.breaker.force(state)
        self.breaker.force(None)
        self.change(CLOSED)

    @invariant()
    def states_agree(self) -> None:
        assert self.breaker.state is self.state


TestBreaker = BreakerAgainstModel.TestCase
TestBreaker.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
