"""Variants of the example provider, each with one thing wrong."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

import msgspec
from pydantic import Field

from gateway.core.contract.capability import Capability, SupportInfo, native
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.flow import LoginFlow, Next, StepInput, fields_of
from gateway.core.contract.link import DiaryLink, LoginLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import StudentRef
from gateway.core.contract.steps import Form, Step
from gateway.core.errors import Refused, Text, WrongCredentials
from gateway.core.hooks import hookimpl
from gateway.core.registry.plugins import Registry
from gateway.core.wire.outcome import Outcome, OutcomeKind
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway.sandbox.world import World
from gateway.testing.bench import Bench
from gateway.testing.config import SuiteConfig
from gateway_lighthouse.adapter import LighthouseAdapter
from gateway_lighthouse.declaration import LIGHTHOUSE
from gateway_lighthouse.emulator import LighthouseEmulator
from gateway_lighthouse.login import PasswordLogin
from gateway_lighthouse.settings import LighthouseSettings

_FEW = ("account-student", "account-parent-two", "account-second-factor", "account-locked")


class FewAccounts(LighthouseEmulator):
    """As many accounts as the scenarios need to find something."""

    def accounts(self, world: World) -> tuple[SandboxAccount, ...]:
        """A pupil, a parent of the same pupil, a second factor, a locked account."""
        return tuple(item for item in super().accounts(world) if item.key in _FEW)


class _Plugin:
    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration

    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        return (self._declaration,)


@contextmanager
def bench_of(**changes: Any) -> Iterator[Bench]:
    """A bench of the example provider with changes to its declaration.

    Args:
        **changes: Fields of the declaration; an adapter, emulator or settings model as a class.
    """
    named = {
        name: f"{value.__module__}:{value.__qualname__}" if isinstance(value, type) else value
        for name, value in {"emulator": FewAccounts, **changes}.items()
    }
    registry = Registry((), plugins={"mutant": _Plugin(replace(LIGHTHOUSE, **named))})
    bench = Bench("lighthouse", SuiteConfig(registry=registry))
    try:
        yield bench
    finally:
        bench.close()


def capabilities(**changes: SupportInfo) -> dict[Capability, SupportInfo]:
    """The example's capabilities with some declared otherwise."""
    changed = {Capability(name): info for name, info in changes.items()}
    return {**LIGHTHOUSE.capabilities, **changed}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One variant, and the scenario that must catch it.

    Attributes:
        scenario: Name of the scenario.
        says: Part of what it must find.
        changes: Makes the changes to the declaration.
        case: Case of the scenario.
    """

    scenario: str
    says: str
    changes: Callable[[], dict[str, Any]]
    case: str = ""


def _changed(reading: Reading, change: Callable[[Any], dict[str, Any]]) -> Reading:
    """A reading with some fields of every record changed."""
    records: Any = reading.records
    return replace(reading, records=[{**record, **change(record)} for record in records])


class LeaksTokens(LighthouseAdapter):
    """Puts the token into the error of a refusal."""

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        if response.status == 403:
            return Outcome(OutcomeKind.REFUSED, error=Refused(f"refused: {request.headers}"))
        return super().classify(request, response)


class CountsPlaces(LighthouseAdapter):
    """Makes ids of places in the list."""

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        reading = await super().list_lessons(link, student, start=start, end=end)
        places = count()
        return _changed(reading, lambda _: {"id": self._ids.of("lesson", next(places))})


class ForgetsZones(LighthouseAdapter):
    """Gives moments without a time zone."""

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        reading = await super().list_lessons(link, student, start=start, end=end)
        return _changed(reading, lambda r: {"starts_at": r["starts_at"].replace(tzinfo=None)})


class ForgetsDays(LighthouseAdapter):
    """Does not say which days an answer covers."""

    async def list_marks(self, *args: Any, **options: Any) -> Reading:
        return replace(await super().list_marks(*args, **options), covered=None)


class NamesTheReader(LighthouseAdapter):
    """Makes ids that differ from account to account."""

    async def list_marks(self, link: DiaryLink, *args: Any, **options: Any) -> Reading:
        reading = await super().list_marks(link, *args, **options)
        account = link.session.account
        return _changed(reading, lambda r: {"id": self._ids.of("mark", account, r["id"])})


class TellsTheAbsent(LighthouseAdapter):
    """Tells a field that is declared absent."""

    async def list_lessons(self, *args: Any, **options: Any) -> Reading:
        reading = await super().list_lessons(*args, **options)
        return _changed(reading, lambda _: {"building": "Корпус"})


class TakesAnything(LighthouseAdapter):
    """Takes whatever comes for an empty answer."""

    async def list_recipients(self, link: DiaryLink, student: StudentRef) -> Reading:
        path = f"/v1/students/{student.native['person']}/contacts"
        await link.request("api", "GET", path)
        return Reading([])


class TrustsAnswers(LighthouseAdapter):
    """Reads an answer without looking whether it is one."""

    async def list_recipients(self, link: DiaryLink, student: StudentRef) -> Reading:
        path = f"/v1/students/{student.native['person']}/contacts"
        answer = msgspec.json.decode((await link.request("api", "GET", path)).body)
        people = answer["contacts"]
        return Reading([{"id": self._ids.of("person", p["id"]), "name": p["name"]} for p in people])


class WritesAsRead(LighthouseAdapter):
    """Sends a write as something that may be repeated."""

    async def set_homework_done(
        self, link: DiaryLink, student: StudentRef, *, homework_id: str, done: bool
    ) -> Written:
        task = self._ids.key("homework", homework_id)
        path = f"/v1/students/{student.native['person']}/homework/{task}"
        body = Body.of_json({"done": done})
        await link.request("api", "PUT", path, kind=RequestKind.READ, body=body)
        return Written(target=homework_id)


class OpensLetters(LighthouseAdapter):
    """Opens every letter of a list to show its text."""

    async def list_messages(self, link: DiaryLink, student: StudentRef, **options: Any) -> Reading:
        reading = await super().list_messages(link, student, **options)
        records: Any = reading.records
        for record in records:
            await self.get_message(link, student, message_id=record["id"])
        return reading


class _Insists(PasswordLogin):
    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        try:
            return await super().submit(link, step, answer)
        except WrongCredentials:
            if not isinstance(step, Form):
                raise
            return await super().submit(link, step, fields_of(answer))


class SendsTwice(LighthouseAdapter):
    """Tries a refused password once more."""

    def login_flow(self, method: str) -> LoginFlow:
        return _Insists() if method == "password" else super().login_flow(method)


class BlamesThePassword(LighthouseAdapter):
    """Calls every refused sign-in a wrong password."""

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        verdict = super().classify(request, response)
        if verdict is not None and request.kind is RequestKind.AUTH:
            return Outcome(OutcomeKind.REFUSED, error=WrongCredentials())
        return verdict


class ReadsTheSession(LighthouseAdapter):
    """Rests on what only an online session knows."""

    async def list_periods(self, link: DiaryLink, *args: Any, **options: Any) -> Reading:
        reading = await super().list_periods(link, *args, **options)
        name = link.session.role.value
        return _changed(reading, lambda _: {"name": name})


class UnmarkedWire(msgspec.Struct):
    """A wire type whose field says nothing of how sure it is."""

    something: int


class HasUnmarkedWire(LighthouseAdapter):
    """Names a module with an unmarked wire type."""

    wire_models = (__name__,)


class ShipsAKey(LighthouseSettings):
    """Settings with a key of somebody's application."""

    client_secret: str = Field("key-of-some-app", description="Key of the application.")


MUTANTS = {
    "a capability without a method": Mutant(
        "capabilities_match_methods",
        "get_bell_schedule",
        lambda: {"capabilities": capabilities(bells=native())},
    ),
    "a method without a capability": Mutant(
        "capabilities_match_methods",
        "list_periods() is there",
        lambda: {
            "capabilities": {
                key: info
                for key, info in LIGHTHOUSE.capabilities.items()
                if key is not Capability.PERIODS
            }
        },
    ),
    "a reason that says nothing": Mutant(
        "reasons_are_given",
        "meals lacks its reason",
        lambda: {
            "capabilities": capabilities(
                meals=replace(LIGHTHOUSE.capabilities[Capability.MEALS], reason=Text(" ", " "))
            )
        },
    ),
    "an absent field that there is not": Mutant(
        "absent_fields_exist",
        "Lesson.colour",
        lambda: {
            "capabilities": capabilities(timetable=native(absent=frozenset({"Lesson.colour"})))
        },
    ),
    "a secret parameter in capitals": Mutant(
        "declaration_names_are_sane", "is not in lower case", lambda: {"secret_params": {"Token"}}
    ),
    "a secret parameter that is not declared": Mutant(
        "secret_parameters_are_declared",
        "'refresh_token' carries a secret",
        lambda: {"secret_params": frozenset({"password"})},
        "password",
    ),
    "a shipped key": Mutant(
        "settings_ship_no_keys", "client_secret", lambda: {"settings": ShipsAKey}
    ),
    "an unmarked wire field": Mutant(
        "wire_fields_are_marked", "UnmarkedWire.something", lambda: {"adapter": HasUnmarkedWire}
    ),
    "a token in an error": Mutant(
        "secrets_never_show", "shows a token", lambda: {"adapter": LeaksTokens}
    ),
    "ids that count places": Mutant(
        "ids_are_no_positions",
        "stands for two things",
        lambda: {"adapter": CountsPlaces},
        "list_lessons",
    ),
    "ids that name the reader": Mutant(
        "ids_are_the_same_for_everybody",
        "not one id in common",
        lambda: {"adapter": NamesTheReader},
    ),
    "naive moments": Mutant(
        "moments_are_aware",
        "Lesson.starts_at is naive",
        lambda: {"adapter": ForgetsZones},
        "list_lessons",
    ),
    "days that are not covered": Mutant(
        "days_are_covered", "does not say", lambda: {"adapter": ForgetsDays}, "list_marks"
    ),
    "an absent field that is told": Mutant(
        "absent_fields_stay_empty",
        "Lesson.building",
        lambda: {"adapter": TellsTheAbsent},
        "list_lessons",
    ),
    "a hostile answer taken for data": Mutant(
        "hostile_answers_become_errors",
        "is taken for an answer",
        lambda: {"adapter": TakesAnything},
        "list_recipients",
    ),
    "a foreign exception": Mutant(
        "hostile_answers_become_errors",
        "escapes as",
        lambda: {"adapter": TrustsAnswers},
        "list_recipients",
    ),
    "a write sent as a read": Mutant(
        "writes_are_never_repeated", "500", lambda: {"adapter": WritesAsRead}, "set_homework_done"
    ),
    "a write that forgets the cache": Mutant(
        "writes_are_confirmed",
        "cannot be read back",
        lambda: {
            "capabilities": capabilities(
                set_homework_done=native(invalidates=frozenset({"get_week"}))
            )
        },
        "set_homework_done",
    ),
    "a list that opens letters": Mutant(
        "opening_is_left_to_people", "without having been opened", lambda: {"adapter": OpensLetters}
    ),
    "a password sent twice": Mutant(
        "wrong_secret_is_sent_once", "sent 2 times", lambda: {"adapter": SendsTwice}, "password"
    ),
    "a lock called a wrong password": Mutant(
        "awkward_accounts_end_in_their_own_error",
        "locked ends in WrongCredentials",
        lambda: {"adapter": BlamesThePassword},
        "password",
    ),
    "an answer that rests on the session": Mutant(
        "recordings_normalize_to_the_same",
        "gives another AcademicPeriod.name",
        lambda: {"adapter": ReadsTheSession},
        "list_periods",
    ),
}
"""Every mutant by what is wrong with it."""
