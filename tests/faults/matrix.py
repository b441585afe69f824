"""One case of the fault matrix: played, and everything about it checked."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from gateway.core.errors import GatewayError
from gateway.core.sessions.store import RecordKind
from gateway.testing.canaries import Canaries, all_logs
from tests.faults import local
from tests.faults.calls import BYSTANDER, CALLS, Call, CallKind, Prepared
from tests.faults.catalogue import FAULTS, PATTERNS, Fault, Group
from tests.faults.door import Door, Report
from tests.faults.foretelling import Expected, Foretelling
from tests.faults.lanes import Plan
from tests.faults.stage import SCALE, Cast, Stage, open_sockets, staged

MINUTE: Final = 62.0
"""A person's pause between two calls: gates of pages and unknown sign-ins are over."""

DAY: Final = 90_000.0

SLOWLY: Final = 20.0
"""Scale of the second chance of a case: what only haste broke is no failure."""


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        fault: What goes wrong.
        call: For which call.
        pattern: How often.
    """

    fault: Fault
    call: Call
    pattern: str

    def __str__(self) -> str:
        return f"{self.fault}-{self.call}-{self.pattern}"


def full(provider: str) -> tuple[Case, ...]:
    """The whole matrix of a provider."""
    return tuple(
        Case(fault, call, pattern)
        for fault in FAULTS
        for call in CALLS[provider]
        for pattern in PATTERNS
    )


def seeded(provider: str, seed: int) -> tuple[Case, ...]:
    """Every fault with every class of calls once: call and pattern as the seed has it."""
    rng = Random(seed)
    cases = []
    for fault in FAULTS:
        for kind in CallKind:
            calls = [call for call in CALLS[provider] if call.kind is kind]
            if calls:
                cases.append(Case(fault, rng.choice(calls), rng.choice(PATTERNS)))
    return tuple(cases)


@dataclass
class Verdict:
    """What came of a case.

    Attributes:
        wrong: What is wrong, in words; empty if nothing.
        sent: Struck requests on the wire.
        rerun: Whether it only passed at the slower pace.
    """

    wrong: list[str] = field(default_factory=list)
    sent: int = 0
    rerun: bool = False


async def play(case: Case, cast: Cast, door: Door) -> Verdict:
    """Plays a case; once more, slowly, where it fails in a hurry."""
    verdict = await _play(case, cast, door, SCALE)
    if verdict.wrong:
        verdict = await _play(case, cast, door, SLOWLY)
        verdict.rerun = True
    return verdict


async def _play(case: Case, cast: Cast, door: Door, scale: float) -> Verdict:
    verdict = Verdict()
    try:
        await good_answer(case.call, cast, door)
    except (AssertionError, GatewayError) as error:
        verdict.wrong.append(f"there is no good answer: {error}")
        return verdict
    tasks, sockets = asyncio.all_tasks(), open_sockets()
    with all_logs() as logs:
        async with staged(cast, door, scale=scale) as stage:
            player = _Player(case, stage, verdict)
            try:
                await player.play()
            except AssertionError as error:
                verdict.wrong.append(str(error) or "an assertion failed")
            except GatewayError as error:
                verdict.wrong.append(f"nothing was struck yet: {error}")
            canaries = (cast.canaries, await _issued(stage))
            await stage.gateway.aclose()
            if not await stage.lane.until_quiet():
                verdict.wrong.append("a connection stays open")
    for name, count in (
        ("tasks", len(asyncio.all_tasks() - tasks)),
        ("sockets", open_sockets() - sockets),
    ):
        if count > 0:
            verdict.wrong.append(f"{count} {name} stay")
    for secrets in canaries:
        if told := secrets.found_in("\n".join((*logs.lines, *stage.shown))):
            verdict.wrong.append(f"a log or text shows {told}")
        for seen in stage.errors:
            if told := secrets.found_in_error(seen):
                verdict.wrong.append(f"{type(seen).__name__} shows {told}")
    return verdict


async def good_answer(call: Call, cast: Cast, door: Door) -> object:
    """What the call gives where nothing goes wrong; asked for once in a process."""
    if call.name not in cast.good:
        async with staged(cast, door, scale=1.0) as stage:
            cast.good[call.name] = await (await call.prepare(stage)).make()
    return cast.good[call.name]


class _Player:
    """The course of one case."""

    def __init__(self, case: Case, stage: Stage, verdict: Verdict) -> None:
        self.case = case
        self.stage = stage
        self.verdict = verdict
        self.plan = Plan(case.fault.name, case.call.method, case.call.route, case.pattern)
        self.foretelling = Foretelling(case.call, case.fault, self.plan)

    async def play(self) -> None:
        stage, case = self.stage, self.case
        with stage.clock.at_leisure():  # on a busy machine a login would be too old in a hurry
            bystander = await stage.adopt(BYSTANDER, "token")
            theirs = await stage.gateway.list_students(bystander)
            record = await stage.store.load(RecordKind.SESSIONS, bystander)
            prepared = await case.call.prepare(stage)
        if case.fault.name != "stale keep-alive":
            await stage.carrier.start_anew()
        if case.fault.group is Group.LOCAL and case.fault.name in local.LEAVING:
            await self._leave(prepared)
        else:
            await self._strike(prepared)
        self._check(
            await stage.gateway.list_students(bystander, cached_only=True) == theirs
            and await stage.store.load(RecordKind.SESSIONS, bystander) == record,
            "another account was touched",
        )
        stage.shown += [repr(stage.gateway), repr(stage.store)]
        await self._probe(prepared)

    async def _strike(self, prepared: Prepared) -> None:
        case, stage = self.case, self.stage
        await self._arm()
        calls = 2 if case.pattern == "every second" else 1
        before = 0
        for number in range(calls):
            if number:
                stage.clock.skip(MINUTE)
                await stage.lane.age()
            expected = self.foretelling.next_call()
            await self._call(prepared, expected, f"call {number + 1}", again=number > 0)
            sent = self._struck(await stage.lane.report())
            self._check_sends(expected, sent - before, f"call {number + 1}")
            before = sent
            await self._check_session(prepared)
        self.verdict.sent = before

    async def _leave(self, prepared: Prepared) -> None:
        """Calls whose callers leave, each followed by a look at what became of it."""
        case, stage = self.case, self.stage
        rounds = {"once": "x", "every second": "x.x", "always": "xxx"}[case.pattern]
        if case.call.settles:
            rounds = "x"
        for number, step in enumerate(rounds):
            if number:
                stage.clock.skip(MINUTE)
                await prepared.again()
            await stage.lane.arm(None)
            if step == "x":
                await local.LEAVING[case.fault.name](stage, case.call, prepared)
            else:
                await self._call(prepared, Expected(None, 1, 1), "the call between")
            await stage.until_idle()
            report = await stage.lane.report()
            detached = case.call.kind is not CallKind.FILE or step != "x"
            sent = self._struck(report)
            self._check(sent <= 1, f"{sent} times on the wire")
            self._check(sent == 1 or not detached, "the call did not go on without its caller")
            self.verdict.sent += sent
            self.foretelling.left()
            await self._check_session(prepared)
            if case.call.signs_in and prepared.account is None:
                await self._check_signed_in()

    async def _arm(self) -> None:
        group = self.case.fault.group
        if group in {Group.CONNECT, Group.LOCAL}:
            await self.stage.lane.arm(None)
            self.stage.carrier.arm(self.plan)
        else:
            plan = self.plan
            await self.stage.lane.arm(
                plan.fault, method=plan.method, route=plan.route, pattern=plan.pattern
            )

    async def _call(
        self, prepared: Prepared, expected: Expected, which: str, *, again: bool = False
    ) -> None:
        good = self.stage.cast.good[self.case.call.name]
        try:
            if again:
                await prepared.again()
            got = await prepared.make()
        except GatewayError as error:
            self.stage.errors.append(error)
            wanted = expected.error.__name__ if expected.error else "a result"
            self._check(
                type(error) is expected.error,
                f"{which} ends in {type(error).__name__}, not in {wanted}",
            )
        else:
            wanted = expected.error.__name__ if expected.error else ""
            self._check(expected.error is None, f"{which} has a result, not {wanted}")
            self._check(expected.altered or got == good, f"{which} has another result")
        await self.stage.until_idle()

    async def _probe(self, prepared: Prepared) -> None:
        """A day later, with nothing wrong any more, the same call must do."""
        stage, case = self.stage, self.case
        await stage.lane.calm()
        stage.carrier.arm(Plan())
        stage.clock.skip(DAY)
        await stage.lane.arm(None)
        self.foretelling.calmed()
        self.foretelling.pause_over()
        expected = self.foretelling.next_call()
        await self._call(prepared, expected, "the call a day later", again=True)
        sent = self._struck(await stage.lane.report())
        self._check_sends(expected, sent, "the call a day later")
        if case.call.kind is CallKind.AUTH:
            self._check(sent <= 1, "a secret is sent twice in one call")
        await self._check_session(prepared)

    def _check_sends(self, expected: Expected, sent: int, which: str) -> None:
        if expected.least == expected.most:
            wanted = str(expected.most)
        else:
            wanted = f"{expected.least} to {expected.most}"
        self._check(
            expected.least <= sent <= expected.most,
            f"{which}: {sent} times on the wire, not {wanted}",
        )
        if self.case.call.kind is CallKind.AUTH:
            self._check(sent <= 1, f"{which}: a secret is sent {sent} times")

    async def _check_session(self, prepared: Prepared) -> None:
        if prepared.account is None:
            return
        status = (await self.stage.stored(prepared.account)).status
        wanted = self.foretelling.status
        if status is not wanted:
            raise AssertionError(f"the session is {status.value}, not {wanted.value}")

    async def _check_signed_in(self) -> None:
        keys = self.stage.cast.good[self.case.call.name]
        assert isinstance(keys, tuple)
        for key in keys:
            found = await self.stage.store.load(RecordKind.SESSIONS, key)
            self._check(found is not None, "the sign-in was lost with its caller")

    def _struck(self, report: Report) -> int:
        call = self.case.call
        return sum(
            item.method == call.method and re.fullmatch(call.route, item.path) is not None
            for item in report.sent
        )

    def _check(self, good: bool, wrong: str) -> None:
        if not good:
            self.verdict.wrong.append(wrong)


async def _issued(stage: Stage) -> Canaries:
    """The credentials that came up in this very case."""
    canaries = Canaries()
    for key in await stage.store.list_keys(RecordKind.SESSIONS):
        canaries.add_session(await stage.stored(key))
    return canaries


def summary(results: Sequence[tuple[Case, Verdict]]) -> str:
    """A table of the cases by group and class."""
    lines = ["| Group | Class | Cases | Sends | Slow | Failed |", "|---|---|---|---|---|---|"]
    for group in Group:
        for kind in CallKind:
            of = [
                verdict
                for case, verdict in results
                if case.fault.group is group and case.call.kind is kind
            ]
            if of:
                sent = sum(item.sent for item in of)
                slow = sum(item.rerun and not item.wrong for item in of)
                failed = sum(bool(item.wrong) for item in of)
                lines.append(f"| {group} | {kind} | {len(of)} | {sent} | {slow} | {failed} |")
    return "\n".join(lines)
