"""What the tests of all plugins share: fixtures, a link that serves them, and what they become."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import ByteStream, Params
from gateway.core.contract.operation import OPERATIONS
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import (
    AccessDenied,
    NotFound,
    NotSupported,
    ProviderUnavailable,
)
from gateway.core.model.answer import Issue
from gateway.core.model.people import Role
from gateway.core.pipeline.link import pairs
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.pipeline.validation import adapter_for, validate
from gateway.core.pipeline.verdict import judge
from gateway.core.pipeline.waiting import gather
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse

W = TypeVar("W")
T = TypeVar("T")

FIXTURES = Path(__file__).parents[1] / "fixtures"


@dataclass(frozen=True)
class Sample:
    """What a plugin's fixtures are read with.

    Attributes:
        name: Folder of the fixtures.
        now: Their present.
        make_adapter: Makes the adapter.
        make_student: Makes the student, with whatever a fixture changes.
        make_session: Makes the session, likewise.
    """

    name: str
    now: datetime
    make_adapter: Callable[[], Adapter]
    make_student: Callable[..., StudentRef]
    make_session: Callable[..., Session]


def response_of(answer: Mapping[str, Any], url: str = "https://api.example.test/") -> WireResponse:
    """An answer as a fixture writes it: JSON `body`, or `text` of a web page."""
    status = answer.get("status", 200)
    if "text" in answer:
        body, media_type = answer["text"].encode(), "text/html"
    else:
        body, media_type = msgspec.json.encode(answer.get("body")), "application/json"
    hop = Hop(url, status, answer.get("location"))
    return WireResponse(status, (("content-type", media_type),), body, (hop,))


@dataclass
class FixtureLink:
    """A link that answers from a list of exchanges, each of which must be asked for.

    A request that only adds something and has no exchange is refused; any other is a failure of
    the test, or not found where it is `lenient`. With `offline`, only routes that have an exchange
    are offered.
    """

    adapter: Adapter
    exchanges: Sequence[Mapping[str, Any]]
    session: Session
    at: datetime
    offline: bool = False
    lenient: bool = False
    memo: BoundedMemo = field(default_factory=BoundedMemo)
    asked: list[WireRequest] = field(default_factory=list)
    noted: list[Issue] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.declaration = self.adapter.declaration
        self.instance = self.adapter.instance
        self.settings = self.adapter.settings

    async def request(
        self,
        role: str,
        method: str,
        path: str,
        *,
        kind: RequestKind = RequestKind.READ,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        redirects: Literal["follow", "return"] = "return",
        template: str | None = None,
    ) -> WireResponse:
        """The answer of the exchange that was asked for."""
        request = WireRequest(
            role=role,
            method=method,
            path=path,
            kind=kind,
            params=pairs(params),
            body=body,
            template=template or "",
        )
        self.asked.append(request)
        answer = self._answer(request)
        if answer is None and self.lenient:
            raise NotFound
        assert answer is not None, f"unexpected {method} {path} {request.params}"
        response = response_of(answer)
        verdict = self.adapter.classify(request, response)
        failure = judge(verdict, kind, response, now=self.at)
        if failure is not None:
            raise failure.error
        return response

    async def read(
        self,
        shape: type[W],
        role: str,
        path: str,
        *,
        params: Params | None = None,
        template: str | None = None,
        method: str = "GET",
        body: Body | None = None,
    ) -> W:
        """The decoded answer."""
        answer = await self.request(role, method, path, params=params, body=body, template=template)
        return decode(answer, shape, self.note)

    async def enrich(
        self,
        shape: type[W],
        role: str,
        path: str,
        *,
        tells: Sequence[str],
        params: Params | None = None,
        template: str | None = None,
        method: str = "GET",
        body: Body | None = None,
    ) -> W | None:
        """The decoded answer, or None."""
        wanted = WireRequest(role, method, path, RequestKind.READ, pairs(params), body=body)
        code = NotFound.code
        if self._find(wanted) is not None:
            try:
                return await self.read(
                    shape, role, path, params=params, template=template, method=method, body=body
                )
            except (AccessDenied, NotFound, NotSupported, ProviderUnavailable) as error:
                code = error.code
        for name in tells:
            self.note(name, code)
        return None

    def offers(self, template: str, shape: object = None) -> bool:
        """Whether there is an exchange of the route."""
        if not self.offline:
            return True
        return any(_is_of(template, item["request"]["path"]) for item in self.exchanges)

    def stream(
        self, role: str, path: str, *, params: Params | None = None, template: str | None = None
    ) -> AbstractAsyncContextManager[ByteStream]:
        """Nothing here streams."""
        raise NotSupported

    async def poll(
        self, ask: Callable[[], Awaitable[T | None]], *, every: float, limit: float
    ) -> T:
        """Nothing here polls."""
        raise NotSupported

    async def gather(self, *calls: Awaitable[T]) -> tuple[T, ...]:
        """Runs calls side by side."""
        return await gather(*calls)

    def note(self, path: str, reason: str) -> None:
        """Remembers an issue."""
        self.noted.append(Issue(path, reason))

    @property
    def issues(self) -> Sequence[Issue]:
        """What was noted."""
        return self.noted

    def now(self) -> datetime:
        """The fixture's present."""
        return self.at

    def today(self, zone: str) -> date:
        """Today at the school."""
        return self.at.astimezone(ZoneInfo(zone)).date()

    def zone_of(self, student: StudentRef) -> ZoneInfo:
        """The school's zone."""
        return ZoneInfo(student.zone)

    def _answer(self, request: WireRequest) -> Mapping[str, Any] | None:
        found = self._find(request)
        if found is None:
            return None
        self.used.add(found)
        return self.exchanges[found]["response"]

    def _find(self, request: WireRequest) -> int | None:
        for index, item in enumerate(self.exchanges):
            asked = item["request"]
            parts = urlsplit(asked["path"])
            if (
                asked.get("method", "GET") == request.method
                and parts.path == request.path
                and sorted(parse_qsl(parts.query, keep_blank_values=True)) == sorted(request.params)
                and ("body" not in asked or request.body == Body.of_json(asked["body"]))
            ):
                return index
        return None


def _is_of(template: str, path: str) -> bool:
    wanted, told = template.split("/"), urlsplit(path).path.split("/")
    return len(wanted) == len(told) and all(
        part.startswith("{") or part == other for part, other in zip(wanted, told, strict=True)
    )


@dataclass(frozen=True)
class Case:
    """One fixture."""

    sample: Sample
    operation: str
    name: str
    data: Mapping[str, Any] = field(repr=False)

    def link(self, adapter: Adapter) -> FixtureLink:
        """A link that serves the fixture's exchanges."""
        told = dict(self.data.get("session", {}))
        if "role" in told:
            told["role"] = Role(told["role"])
        if "data" in told:
            told["data"] = {**self.sample.make_session().data, **told["data"]}
        at = datetime.fromisoformat(self.data["now"]) if "now" in self.data else self.sample.now
        return FixtureLink(
            adapter,
            self.data["exchanges"],
            self.sample.make_session(**told),
            at,
            offline=self.data.get("offline", False),
        )

    def arguments(self) -> dict[str, Any]:
        """Arguments of the operation, dates made dates."""
        dates = ("start", "end", "monday", "on")
        return {
            key: date.fromisoformat(value) if key in dates else value
            for key, value in self.data.get("arguments", {}).items()
        }

    async def read(self, adapter: Adapter, link: FixtureLink) -> Reading:
        """What the adapter makes of it."""
        method = getattr(adapter, self.operation)
        if OPERATIONS[self.operation].scope.value == "account":
            reading: Reading = await method(link, **self.arguments())
        else:
            student = self.sample.make_student(**self.data.get("student", {}))
            reading = await method(link, student, **self.arguments())
        return reading


def cases_of(sample: Sample) -> Iterator[Case]:
    """All fixtures of a plugin."""
    for path in sorted((FIXTURES / sample.name).glob("*/*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        yield Case(sample, path.parent.name, path.stem, data)


def as_json(operation: str, reading: Reading) -> tuple[Any, tuple[Issue, ...]]:
    """The validated models as JSON without defaults, and what validation dropped."""
    found = OPERATIONS[operation]
    value, issues = validate(found, reading, strict=False)
    dumped = adapter_for(found).dump_python(value, mode="json", exclude_defaults=True)
    return dumped, issues
