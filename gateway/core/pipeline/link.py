"""The ways that adapters are given: on behalf of an account, or of a login."""

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date, datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import ByteStream, Params
from gateway.core.contract.memo import Memo
from gateway.core.errors import (
    AccessDenied,
    BadResponse,
    ForgedState,
    GatewayError,
    NotFound,
    NotSupported,
    ProviderUnavailable,
    RateLimited,
    Refused,
    ReplayedState,
)
from gateway.core.login.record import FlowRecord
from gateway.core.model.answer import Issue, RawBody
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.engine import CallContext, Engine
from gateway.core.pipeline.waiting import gather, poll
from gateway.core.sessions.session import Session, StudentRef
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import CookieJar
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


class FlowLink(LiveLink):
    """A link on behalf of a login flow."""

    def __init__(
        self,
        record: FlowRecord,
        adapter: Adapter,
        engine: Engine,
        call: CallContext,
        clock: Clock,
        memo: Memo,
    ) -> None:
        super().__init__(adapter, engine, call, clock, memo)
        self._record = record

    @property
    def flow_id(self) -> str:
        """Identifier of the flow."""
        return self._record.id

    @property
    def state(self) -> dict[str, str]:
        """What the flow remembers between steps."""
        return self._record.state

    @property
    def secrets(self) -> dict[str, SecretStr]:
        """What it remembers and nobody may see."""
        return self._record.secrets

    @property
    def jar(self) -> CookieJar:
        """Cookies of the flow."""
        return self._record.cookies

    @jar.setter
    def jar(self, jar: CookieJar) -> None:
        self._record.cookies = jar

    @property
    def person_present(self) -> bool:
        """Whether a person drives it."""
        return self._record.person_present

    def new_state(self) -> str:
        """A fresh single-use `state` of 128 bits, bound to this flow."""
        state = secrets.token_urlsafe(16)
        self._record.states[state] = False
        return state

    def check_state(self, received: str | None) -> None:
        """Checks and uses up a returned `state`."""
        if received is None or received not in self._record.states:
            raise ForgedState("the returned state was never sent")
        if self._record.states[received]:
            raise ReplayedState("the returned state was used before")
        self._record.states[received] = True

    def new_verifier(self) -> tuple[str, str]:
        """A fresh PKCE verifier and its S256 challenge."""
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class FlowBearer:
    """Sends on behalf of a flow: cookies, no session."""

    def __init__(self, record: FlowRecord, adapter: Adapter) -> None:
        self.who = f"flow:{record.id}"
        self.adapter = adapter
        self._record = record

    @property
    def session(self) -> Session | None:
        """None: nobody is signed in yet."""
        return None

    @property
    def jar(self) -> CookieJar:
        """Cookies of the flow."""
        return self._record.cookies

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Keeps the cookies."""
        cookies = [cookie for hop in response.hops for cookie in hop.cookies]
        self._record.cookies = self._record.cookies.with_changes_of(jar, cookies)

    @property
    def relogin(self) -> None:
        """None: a flow never signs in behind the person's back."""
        return None


class SessionBearer:
    """Sends on behalf of a session that is in nobody's use yet, as for a refresh."""

    def __init__(self, session: Session, adapter: Adapter) -> None:
        self.who = session.account
        self.adapter = adapter
        self._session = session

    @property
    def session(self) -> Session:
        """The session."""
        return self._session

    @property
    def jar(self) -> CookieJar:
        """Its cookies."""
        return self._session.jar

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Keeps the cookies."""
        self._session = replace(self._session, jar=jar)

    @property
    def relogin(self) -> None:
        """None: a renewal does not renew itself."""
        return None


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
