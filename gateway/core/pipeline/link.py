"""The ways that adapters are given: on behalf of an account, or of a login."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import ByteStream, Params
from gateway.core.contract.memo import Memo
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import (
    AccessDenied,
    BadResponse,
    GatewayError,
    NotFound,
    NotSupported,
    ProviderUnavailable,
    RateLimited,
    Refused,
)
from gateway.core.model.answer import Issue, RawBody
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.engine import CallContext, Engine
from gateway.core.pipeline.waiting import gather, poll
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import WireResponse

W = TypeVar("W")
T = TypeVar("T")

_OPTIONAL = (
    AccessDenied,
    BadResponse,
    NotFound,
    NotSupported,
    ProviderUnavailable,
    RateLimited,
    Refused,
)
"""Failures of an enriching request that cost only what it would have told."""


class LiveLink:
    """A link to the real provider for the time of one call.

    Attributes:
        raw: Bodies, where they are to be kept.
        wrote: Whether a WRITE has set out.
    """

    def __init__(
        self,
        adapter: Adapter,
        engine: Engine,
        call: CallContext,
        clock: Clock,
        memo: Memo,
        *,
        raw: bool = False,
    ) -> None:
        self.declaration = adapter.declaration
        self.instance = adapter.instance
        self.settings = adapter.settings
        self.memo = memo
        self._engine = engine
        self._call = call
        self._clock = clock
        self._keep_raw = raw
        self._issues: list[Issue] = []
        self.raw: list[RawBody] = []
        self.wrote = False

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
        """One request by host role."""
        self.wrote = self.wrote or kind is RequestKind.WRITE
        sent = WireRequest(
            role=role,
            method=method,
            path=path,
            kind=kind,
            params=pairs(params),
            headers=tuple(headers.items()) if headers else (),
            body=body,
            redirects=redirects,
            template=template or "",
        )
        return await self._engine.perform(sent, self._call, self._kept)

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
        """A READ whose JSON body is decoded into `shape`."""
        sent = WireRequest(
            role=role,
            method=method,
            path=path,
            kind=RequestKind.READ,
            params=pairs(params),
            body=body,
            template=template or "",
        )
        return await self._engine.perform(
            sent, self._call, lambda answer: decode(self._kept(answer), shape, self.note)
        )

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
        """As `read()`, for what only adds some fields; None where it cannot be had."""
        try:
            return await self.read(
                shape, role, path, params=params, template=template, method=method, body=body
            )
        except _OPTIONAL as error:
            for field in tells:
                self.note(field, error.code)
            return None

    def offers(self, template: str, shape: object = None) -> bool:
        """Whether a route can be asked: online, always."""
        return bool(template)

    def stream(
        self, role: str, path: str, *, params: Params | None = None, template: str | None = None
    ) -> AbstractAsyncContextManager[ByteStream]:
        """A body piece by piece."""
        sent = WireRequest(
            role=role,
            method="GET",
            path=path,
            kind=RequestKind.READ,
            params=pairs(params),
            redirects="follow",
            template=template or "",
        )
        return self._engine.stream(sent, self._call)

    async def poll(
        self, ask: Callable[[], Awaitable[T | None]], *, every: float, limit: float
    ) -> T:
        """Repeats `ask` until it tells."""
        return await poll(ask, every=every, limit=limit, clock=self._clock)

    async def gather(self, *calls: Awaitable[T]) -> tuple[T, ...]:
        """Runs calls side by side; never cancels one for another's failure."""
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

    def _kept(self, answer: WireResponse) -> WireResponse:
        if self._keep_raw:
            self.raw.append(RawBody(answer.url.partition("?")[0], answer.status, answer.body))
        return answer


class AccountLink(LiveLink):
    """A link on behalf of a signed-in account."""

    @property
    def session(self) -> Session:
        """The account's session as it is now."""
        session = self._call.bearer.session
        if session is None:  # the bearer of an account always has one
            raise GatewayError("an account without a session")
        return session

    def zone_of(self, student: StudentRef) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(student.zone)


def pairs(params: Params | None) -> tuple[tuple[str, str], ...]:
    """Query pairs: None is left out, a sequence repeats its key."""
    if not params:
        return ()
    found: list[tuple[str, str]] = []
    for key, value in params.items():
        if value is None:
            continue
        if isinstance(value, str | int):
            found.append((key, str(value)))
        else:
            found.extend((key, str(item)) for item in value)
    return tuple(found)
