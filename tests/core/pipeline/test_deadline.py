import pytest

from gateway.core.errors import DeadlineExceeded
from gateway.core.pipeline.deadline import BULK, CALL, Deadline, Phases
from gateway.testing.clock import VirtualClock


async def test_remaining_time_shrinks_to_zero_and_not_below(clock: VirtualClock) -> None:
    deadline = Deadline.after(clock, 30)
    await clock.advance(12)
    assert deadline.remaining() == 18
    await clock.advance(100)
    assert deadline.remaining() == 0


async def test_check_raises_from_the_very_end_on(clock: VirtualClock) -> None:
    deadline = Deadline.after(clock, 2)
    deadline.check()
    await clock.advance(1.5)
    deadline.check()
    await clock.advance(0.5)
    with pytest.raises(DeadlineExceeded):
        deadline.check()


async def test_a_phase_gets_its_own_time_or_what_is_left(clock: VirtualClock) -> None:
    deadline = Deadline.after(clock, CALL)
    assert deadline.cap(Phases().read) == 15
    await clock.advance(27)
    assert deadline.cap(Phases().read) == 3
    assert deadline.cap(1.0) == 1
    await clock.advance(3)
    with pytest.raises(DeadlineExceeded):
        deadline.cap(1.0)


async def test_a_shorter_deadline_can_be_cut_from_a_longer_one(clock: VirtualClock) -> None:
    deadline = Deadline.after(clock, 30)
    assert deadline.within(60) is deadline
    assert deadline.within(5).remaining() == 5
    assert "30.000 s left" in repr(deadline)


def test_defaults_are_those_of_the_resilience_notes() -> None:
    phases = Phases()
    assert (phases.connect, phases.pool, phases.write, phases.read) == (5, 5, 10, 15)
    assert (CALL, BULK, phases.queue) == (30, 120, 30)
