"""A link that answers from captured payloads; nothing is ever sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeVar, cast
from urllib.parse import unquote_plus
from zoneinfo import ZoneInfo

import msgspec

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import ByteStream, Params
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import GatewayError, MissingPayload, NotSupported
from gateway.core.model.answer import Issue
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.link import pairs
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.pipeline.verdict import judge
from gateway.core.pipeline.waiting import gather
from gateway.core.replay.payloads import Payload, route_pattern, without_query
from gateway.core.replay.unmapped import unmapped
from gateway.core.wire.decoding import decode, decode_value
from gateway.core.wire.outcome import OutcomeKind
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse

W = TypeVar("W")
T = TypeVar("T")

_FAMILIAR = 0.3
"""Part of a body's fields that a shape must know to be taken for its own."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A payload that was not given.

    Attributes:
        template: Route that would tell.
        tells: Fields that it would fill; empty where the operation cannot do without it.
    """

    template: str
    tells: tuple[str, ...]


class ReplayLink:
    """Answers an adapter's requests by route, and bare bodies by their structure."""

    def __init__(
        self, adapter: Adapter, session: Session, payloads: Sequence[Payload], clock: Clock
    ) -> None:
        self.declaration = adapter.declaration
        self.instance = adapter.instance
        self.settings = adapter.settings
        self.memo = BoundedMemo()
        self.session = session
        self.missing: list[Missing] = []
        self.unmapped: dict[str, tuple[str, ...]] = {}
        self._adapter = adapter
        self._payloads = tuple(payloads)
        self._used: set[str] = set()
        self._claims: dict[str, tuple[object, float]] = {}
        self._clock = clock
        self._issues: list[Issue] = []

    @property
    def unused(self) -> tuple[str, ...]:
        """Names of payloads that no request asked for."""
        return tuple(
            item.name
            for item in self._payloads
            if item.name not in self._used and not item.among_others
        )

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
        """The payload of a route."""
        payload = self._by_route(method, path, template, params) or self._needed(template or path)
        return self._answer(payload, role, method, path, kind)

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
        """The payload of a route, or a bare body of its structure, decoded."""
        payload = self._find(shape, method, path, template, params) or self._only_one_left()
        if payload is None:
            payload = self._needed(template or path)
        return self._decoded(payload, shape, role, method, path)

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
        """As `read()`; what an absent payload would tell is listed as missing."""
        payload = self._find(shape, method, path, template, params)
        if payload is None:
            self.missing.append(Missing(template or path, tuple(tells)))
            return None
        try:
            return self._decoded(payload, shape, role, method, path)
        except GatewayError as error:
            for field in tells:
                self.note(field, error.code)
            return None

    def offers(self, template: str, shape: object = None) -> bool:
        """Whether a payload of the route, or of its structure, is there."""
        pattern = route_pattern(template)
        return any(
            pattern.search(without_query(item.path))
            if item.path is not None
            else shape is not None and _fits(item, shape) > 0
            for item in self._payloads
        )

    def stream(
        self, role: str, path: str, *, params: Params | None = None, template: str | None = None
    ) -> AbstractAsyncContextManager[ByteStream]:
        """Files are not replayed.

        Raises:
            NotSupported: Always.
        """
        raise NotSupported("files are not replayed")

    async def poll(
        self, ask: Callable[[], Awaitable[T | None]], *, every: float, limit: float
    ) -> T:
        """Asks once: a capture does not change."""
        answer = await ask()
        if answer is None:
            raise MissingPayload("the capture ends before the provider was ready")
        return answer

    async def gather(self, *calls: Awaitable[T]) -> tuple[T, ...]:
        """Runs calls side by side."""
        return await gather(*calls)

    def note(self, path: str, reason: str) -> None:
        """Remembers a record or field that could not be read."""
        self._issues.append(Issue(path, reason))

    @property
    def issues(self) -> Sequence[Issue]:
        """What was noted so far."""
        return self._issues

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return self._clock.now()

    def today(self, zone: str) -> date:
        """Today at the school."""
        return self._clock.now().astimezone(ZoneInfo(zone)).date()

    def zone_of(self, student: StudentRef) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(student.zone)

    def _find(
        self, shape: object, method: str, path: str, template: str | None, params: Params | None
    ) -> Payload | None:
        by_route = self._by_route(method, path, template, params)
        if by_route is not None:
            return by_route
        bare = [item for item in self._payloads if item.path is None]
        ranked = sorted(((_fits(item, shape), item.name, item) for item in bare), reverse=True)
        for score, name, item in ranked:
            claim = self._claims.get(name)
            if score > 0 and (claim is None or claim[0] == shape or score > claim[1]):
                self._claims[name] = (shape, score)
                self._used.add(name)
                return item
        return None

    def _only_one_left(self) -> Payload | None:
        """The only bare body nobody claimed: what is wrong with it is better said than guessed."""
        left = [p for p in self._payloads if p.path is None and p.name not in self._claims]
        if len(left) != 1:
            return None
        self._used.add(left[0].name)
        return left[0]

    def _by_route(
        self, method: str, path: str, template: str | None, params: Params | None
    ) -> Payload | None:
        """The payload of the very path asked, else the first of its route."""
        pattern = route_pattern(template or path)
        routed = [
            item
            for item in self._payloads
            if item.path is not None
            and item.method in {None, method}
            and pattern.search(without_query(item.path))
            and not self._is_waiting(item, method, path)
        ]
        query = "&".join(f"{key}={value}" for key, value in pairs(params))
        asked = unquote_plus(path) + (f"?{query}" if query else "")
        routed.sort(
            key=lambda item: (
                not unquote_plus(item.path or "").endswith(asked),
                item.name in self._used,
            )
        )
        if not routed:
            return None
        self._used.add(routed[0].name)
        return routed[0]

    def _is_waiting(self, payload: Payload, method: str, path: str) -> bool:
        """Whether the provider was not ready yet: the capture holds its later answer too."""
        request = WireRequest(role="", method=method, path=path, kind=RequestKind.READ)
        verdict = self._adapter.classify(request, _response(payload, path))
        if verdict is None or verdict.kind is not OutcomeKind.NOT_READY:
            return False
        self._used.add(payload.name)
        return True

    def _needed(self, template: str) -> Payload:
        self.missing.append(Missing(template, ()))
        raise MissingPayload(f"no payload of {template}", context={"template": template})

    def _decoded(self, payload: Payload, shape: type[W], role: str, method: str, path: str) -> W:
        answer = self._answer(payload, role, method, path, RequestKind.READ)
        decoded = decode(answer, shape, self.note)
        unknown = unmapped(msgspec.json.decode(payload.body), shape)
        if unknown:
            self.unmapped[payload.name] = unknown
        return decoded

    def _answer(
        self, payload: Payload, role: str, method: str, path: str, kind: RequestKind
    ) -> WireResponse:
        """The payload as the adapter would have seen it, judged as it would have been."""
        request = WireRequest(role=role, method=method, path=path, kind=kind)
        response = _response(payload, path)
        verdict = self._adapter.classify(request, response)
        failure = judge(verdict, kind, response, now=self._clock.now())
        if failure is not None:
            raise failure.error
        return response


def _response(payload: Payload, path: str) -> WireResponse:
    return WireResponse(
        status=payload.status,
        headers=(("content-type", payload.media_type),),
        body=payload.body,
        hops=(Hop(f"https://replay.invalid{payload.path or path}", payload.status),),
    )


def _fits(payload: Payload, shape: object) -> float:
    """The part of a bare body's outermost fields that a shape knows; 0 if it is something else."""
    try:
        value = msgspec.json.decode(payload.body)
        decode_value(value, cast("type[object]", shape), lambda _path, _reason: None)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, GatewayError):
        return 0.0
    fields = _fields(value)
    unknown = len([path for path in unmapped(value, shape) if path.count(".") == 1])
    known = (fields - unknown) / fields if fields else 1.0
    return known if known >= _FAMILIAR else 0.0


def _fields(value: object) -> int:
    """How many different fields stand at the outermost level."""
    if isinstance(value, dict):
        return len(value)
    if isinstance(value, list):
        return len({key for item in value if isinstance(item, dict) for key in item})
    return 0
