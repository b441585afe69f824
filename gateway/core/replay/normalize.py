"""Turns captured payloads into the model, offline."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.loading import load
from gateway.core.contract.operation import OPERATIONS, Operation, Scope
from gateway.core.contract.session import Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.contract.windows import LONGEST_RANGE, joined, windows
from gateway.core.errors import InvalidRequest, MissingPayload
from gateway.core.ids import Ids
from gateway.core.model.answer import Issue
from gateway.core.model.base import SCHEMA
from gateway.core.model.people import Role
from gateway.core.pipeline.clock import Clock, SystemClock
from gateway.core.pipeline.validation import adapter_for, validate
from gateway.core.registry.plugins import Registry
from gateway.core.replay.link import Missing, ReplayLink
from gateway.core.replay.payloads import Payload, dates_in, read_payloads

_LONGEST: Final = timedelta(days=LONGEST_RANGE - 1)
_KIND_OF: Final = {"lesson_id": "lesson", "mark_id": "mark", "message_id": "message"}
_UNKNOWN_KEY: Final = "0"
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class Normalized:
    """What became of the payloads.

    Attributes:
        value: A model or a tuple of models; None where an indispensable payload was missing.
        missing: Payloads that would tell more.
        issues: Records and fields that could not be read, by path.
        unmapped: Fields that the wire types do not know, by payload.
        unused: Payloads that nothing asked for.
    """

    provider: str
    operation: str
    value: Any
    missing: tuple[Missing, ...]
    issues: tuple[Issue, ...]
    unmapped: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether everything that was given could be read."""
        return self.value is not None and not self.issues and not self.unused

    def to_json(self) -> dict[str, object]:
        """The result as JSON-able data, in the documented schema."""
        value = None
        if self.value is not None:
            value = adapter_for(OPERATIONS[self.operation]).dump_python(self.value, mode="json")
        return {
            "schema": SCHEMA,
            "provider": self.provider,
            "operation": self.operation,
            "complete": self.complete,
            "value": value,
            "missing": [
                {"template": item.template, "tells": list(item.tells)} for item in self.missing
            ],
            "issues": [{"path": item.path, "reason": item.reason} for item in self.issues],
            "unmapped": {name: list(paths) for name, paths in self.unmapped.items()},
            "unused": list(self.unused),
        }


class _AnyKeys(dict[str, str]):
    """Native keys of a student that a capture does not tell."""

    def __missing__(self, key: str) -> str:
        return _UNKNOWN_KEY


class _CaptureClock(SystemClock):
    """Tells the day of the capture as far as it can be known, never a day to come."""

    def __init__(self, payloads: Sequence[Payload], school_year: int | None) -> None:
        present = datetime.now(UTC)
        found = dates_in(payloads)
        if found is not None:
            captured = datetime.combine(found[1], _NOON, UTC)
        elif school_year is not None:
            captured = datetime(school_year + 1, 5, 31, 12, tzinfo=UTC)
        else:
            captured = present
        self._now = min(captured, present)

    def now(self) -> datetime:
        """Noon of that day."""
        return self._now


def operations(registry: Registry, provider: str) -> tuple[Operation, ...]:
    """The read operations that a provider's payloads can be turned into.

    Raises:
        UnknownProvider: No plugin brought it.
    """
    adapter = load(registry.provider(provider).adapter, Adapter)
    return tuple(
        operation
        for operation in OPERATIONS.values()
        if operation.kind == "read"
        and getattr(adapter, operation.name) is not getattr(Adapter, operation.name)
    )


def normalize(
    provider: str,
    operation: str,
    files: Mapping[str, bytes],
    *,
    instance: str | None = None,
    zone: str | None = None,
    student: Mapping[str, str] | None = None,
    school_year: int | None = None,
    arguments: Mapping[str, object] | None = None,
    registry: Registry | None = None,
    clock: Clock | None = None,
) -> Normalized:
    """Turns payloads captured elsewhere into the model; nothing is sent.

    Args:
        provider: Provider name.
        operation: Unified operation, such as `list_marks`.
        files: File name → content: bare bodies, fixtures or HAR captures.
        instance: Instance key; the default if absent.
        zone: IANA zone of the school, where the provider's default is not it.
        student: The student's native keys (`person`, `school`, `group` …), where known.
        school_year: Year in which the school year began, where the payloads tell no dates.
        arguments: Arguments of the operation (`start`, `end`, `on`, ids …), where they are known;
            the others are taken from what the payloads imply.
        registry: Plugins; the installed ones if absent.
        clock: Source of time; the last day that the payloads mention if absent, for "now" is when
            they were captured.

    Raises:
        UnknownProvider: No plugin brought the provider.
        InvalidRequest: There is no such read operation, or a file cannot be read.
        GatewayError: The payload is an error of the provider, or of an unknown shape.
    """
    plugins = registry if registry is not None else Registry()
    declaration = plugins.provider(provider)
    found = {item.name: item for item in operations(plugins, provider)}.get(operation)
    if found is None:
        raise InvalidRequest(f"{provider} has no read operation {operation!r}")
    place = declaration.instance(instance)
    settings = load(declaration.settings, ProviderSettings)()
    adapter = load(declaration.adapter, Adapter)(declaration, place, settings)
    payloads = [item for name, content in files.items() for item in read_payloads(name, content)]
    chosen = _student(Ids(provider, place.key), zone or place.zone, student or {})
    moment = clock if clock is not None else _CaptureClock(payloads, school_year)
    link = ReplayLink(adapter, _session(adapter, chosen, payloads), payloads, moment)
    implied = _arguments(found, Ids(provider, place.key), payloads, school_year)
    asked = {**implied, **_given(found, arguments or {})}
    return _run(_read(found, adapter, link, chosen, asked))


def _run(work: Coroutine[Any, Any, Normalized]) -> Normalized:
    """Runs it here, or in a thread of its own where a loop is already running."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _read(
    operation: Operation,
    adapter: Adapter,
    link: ReplayLink,
    student: StudentRef,
    arguments: Mapping[str, object],
) -> Normalized:
    method = getattr(adapter, operation.name)
    value: Any = None
    dropped: tuple[Issue, ...] = ()
    noted: tuple[Issue, ...] = ()
    try:
        if operation.scope is Scope.ACCOUNT:
            reading = await method(link)
        else:
            parts = _parts(operation, adapter, arguments)
            reading = joined([await method(link, student, **part) for part in parts])
    except MissingPayload:
        value = None
    else:
        value, dropped = validate(operation, reading, strict=False)
        noted = reading.issues
    return Normalized(
        provider=adapter.declaration.name,
        operation=operation.name,
        value=value,
        missing=tuple(dict.fromkeys(link.missing)),
        issues=tuple(dict.fromkeys((*link.issues, *noted, *dropped))),
        unmapped=link.unmapped,
        unused=link.unused,
    )


def _student(ids: Ids, zone: str, native: Mapping[str, str]) -> StudentRef:
    ZoneInfo(zone)
    keys = _AnyKeys(native)
    return StudentRef(id=ids.of("student", keys["person"]), name="", native=keys, zone=zone)


def _session(adapter: Adapter, student: StudentRef, payloads: Sequence[Payload]) -> Session:
    declaration = adapter.declaration
    return Session(
        account=Ids(declaration.name, adapter.instance.key).of("account", _UNKNOWN_KEY),
        provider=declaration.name,
        instance=adapter.instance.key,
        method=declaration.login_methods[0].name,
        role=Role.UNKNOWN,
        created_at=datetime.now(UTC),
        credentials={},
        students=(student,),
        data=_AnyKeys(),
        base_urls=_mapped(adapter.instance.hosts, payloads),
    )


def _mapped(hosts: Mapping[str, str], payloads: Sequence[Payload]) -> dict[str, str]:
    """Where the host roles were served: a capture of one mapped origin has no declared one."""
    asked = {item.origin for item in payloads if item.origin is not None}
    declared = {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, hosts.values())}
    if len(asked) != 1 or asked & declared:
        return {}
    (origin,) = asked
    return {role: f"{origin}{urlsplit(url).path.rstrip('/')}" for role, url in hosts.items()}


def _arguments(
    operation: Operation, ids: Ids, payloads: Sequence[Payload], school_year: int | None
) -> dict[str, object]:
    """Arguments that the files imply."""
    arguments: dict[str, object] = {}
    span = _span(payloads, school_year)
    if operation.dated:
        arguments.update(start=span[0], end=span[1])
    if operation.name == "get_week":
        arguments["monday"] = span[0] - timedelta(days=span[0].weekday())
    if operation.name in {"get_day_regime", "get_bag_weight"}:
        arguments["on"] = span[0]
    if school_year is not None and operation.name in {"list_periods", "list_final_grades"}:
        arguments["school_year"] = school_year
    arguments.update(_ids(operation, ids))
    return arguments


def _given(operation: Operation, arguments: Mapping[str, object]) -> dict[str, object]:
    """Arguments of the public method as those of the adapter's."""
    given = dict(arguments)
    if operation.name == "get_week" and isinstance(day := given.pop("on", None), date):
        given["monday"] = day - timedelta(days=day.weekday())
    return given


def _parts(
    operation: Operation, adapter: Adapter, arguments: Mapping[str, object]
) -> Sequence[Mapping[str, object]]:
    """The calls that the online gateway would have made of one: a long range is several."""
    info = adapter.declaration.supports(operation.capability, adapter.instance)
    start, end = arguments.get("start"), arguments.get("end")
    if not isinstance(start, date) or not isinstance(end, date) or not info.splittable:
        return (arguments,)
    ranges = windows(start, end, info)
    return [{**arguments, "start": item.start, "end": item.end} for item in ranges]


def _ids(operation: Operation, ids: Ids) -> Iterator[tuple[str, str]]:
    wanted = {"get_lesson": "lesson_id", "get_mark": "mark_id", "get_message": "message_id"}
    if (name := wanted.get(operation.name)) is not None:
        yield name, ids.of(_KIND_OF[name], _UNKNOWN_KEY)


def _span(payloads: Sequence[Payload], school_year: int | None) -> tuple[date, date]:
    if school_year is not None:
        return date(school_year, 9, 1), date(school_year + 1, 8, 31)
    found = dates_in(payloads)
    if found is None:
        today = datetime.now(UTC).date()
        return today, today
    return max(found[0], found[1] - _LONGEST), found[1]
