"""Plays a login step by step against scripted answers, as if every step ran in another process."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal, Self, TypeVar
from urllib.parse import urlencode

from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.flow import Next, SignedIn, StepInput
from gateway.core.contract.identity import IdentityProvider
from gateway.core.contract.session import Session
from gateway.core.contract.steps import StepAction
from gateway.core.errors import ForgedState, ReplayedState
from gateway.core.login.fit import check_fit
from gateway.core.login.record import FlowRecord
from gateway.core.pipeline.link import pairs
from gateway.core.pipeline.verdict import judge
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse

W = TypeVar("W")

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@dataclass
class Reply:
    """What the service answers to one expected request."""

    method: str
    path: str
    status: int = 200
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    location: str | None = None
    cookies: tuple[Cookie, ...] = ()
    error: Exception | None = None


def page(method: str, path: str, html: str = "<html>", status: int = 200) -> Reply:
    return Reply(method, path, status, html.encode())


def text(method: str, path: str, value: str, status: int = 200) -> Reply:
    return Reply(method, path, status, value.encode(), "text/plain")


def redirect(method: str, path: str, location: str, *cookies: Cookie) -> Reply:
    return Reply(method, path, 302, location=location, cookies=cookies)


def data(method: str, path: str, value: object, status: int = 200, *cookies: Cookie) -> Reply:
    body = json.dumps(value).encode()
    return Reply(method, path, status, body, "application/json", cookies=cookies)


def picture(path: str, content: bytes = b"\x89PNG fictional") -> Reply:
    return Reply("GET", path, 200, content, "image/png")


def failing(method: str, path: str, error: Exception) -> Reply:
    return Reply(method, path, error=error)


@dataclass
class Sent:
    """One request as it left the flow."""

    role: str
    method: str
    path: str
    kind: RequestKind
    params: dict[str, str]
    headers: dict[str, str]
    body: Any
    cookies: str | None


@dataclass
class Script:
    """Answers in the order in which they must be asked for."""

    replies: list[Reply] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def of_kind(self, kind: RequestKind) -> list[Sent]:
        """What was sent for a purpose."""
        return [item for item in self.sent if item.kind is kind]

    def to(self, path: str) -> list[Sent]:
        """What was sent to a path."""
        return [item for item in self.sent if item.path == path]

    @property
    def paths(self) -> list[str]:
        """Paths in the order in which they were asked for."""
        return [item.path for item in self.sent]


class ScriptedLink:
    """A link whose service follows a script; judged as the pipeline judges."""

    def __init__(self, adapter: Adapter, script: Script, *, session: Session | None = None) -> None:
        self.declaration = adapter.declaration
        self.instance = adapter.instance
        self.settings = adapter.settings
        self.notes: list[tuple[str, str]] = []
        self.jar = CookieJar()
        self.kept: list[Session] = []
        self.moment = NOW
        self._session = session
        self._adapter = adapter
        self._script = script

    @property
    def session(self) -> Session:
        assert self._session is not None
        return self._session

    async def keep(self, session: Session) -> None:
        self.kept.append(session)
        self._script.sent.append(Sent("", "KEEP", "", RequestKind.REFRESH, {}, {}, None, None))

    def now(self) -> datetime:
        return self.moment

    def note(self, path: str, reason: str) -> None:
        self.notes.append((path, reason))

    async def request(
        self,
        role: str,
        method: str,
        path: str,
        *,
        kind: RequestKind = RequestKind.READ,
        params: Any = None,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        redirects: Literal["follow", "return"] = "return",
        template: str | None = None,
    ) -> WireResponse:
        request = WireRequest(
            role,
            method,
            path,
            kind,
            pairs(params),
            tuple((headers or {}).items()),
            body,
            redirects,
            template or "",
        )
        signed = self._adapter.sign(request, self._session)
        host = self.instance.hosts[role].partition("://")[2]
        self._script.sent.append(
            Sent(
                role,
                method,
                path,
                kind,
                dict(signed.params),
                dict(signed.headers),
                _plain(body),
                self.jar.header(host, path, secure=True, now=NOW.timestamp()),
            )
        )
        assert self._script.replies, f"nothing more should be asked, but {method} {path} was"
        reply = self._script.replies.pop(0)
        assert (reply.method, reply.path) == (method, path)
        if reply.error is not None:
            raise reply.error
        query = f"?{urlencode(signed.params)}" if signed.params else ""
        url = f"{self.instance.hosts[role]}{path}{query}"
        response = WireResponse(
            reply.status,
            (("content-type", reply.media_type),),
            reply.body,
            (Hop(url, reply.status, reply.location, reply.cookies),),
        )
        failure = judge(self._adapter.classify(signed, response), kind, response, now=NOW)
        if failure is not None:
            raise failure.error
        self.jar = self.jar.updated(reply.cookies, now=NOW.timestamp())
        return response

    async def read(
        self,
        shape: type[W],
        role: str,
        path: str,
        *,
        params: Any = None,
        template: str | None = None,
        method: str = "GET",
        body: Body | None = None,
    ) -> W:
        answer = await self.request(role, method, path, params=params, template=template, body=body)
        return decode(answer, shape, self.note)


class FlowScriptedLink(ScriptedLink):
    """The same on behalf of a login flow."""

    def __init__(self, record: FlowRecord, adapter: Adapter, script: Script) -> None:
        super().__init__(adapter, script)
        self.jar = record.cookies
        self._record = record

    @property
    def flow_id(self) -> str:
        return self._record.id

    @property
    def state(self) -> dict[str, str]:
        return self._record.state

    @property
    def secrets(self) -> dict[str, SecretStr]:
        return self._record.secrets

    @property
    def person_present(self) -> bool:
        return self._record.person_present

    def new_state(self) -> str:
        state = f"state{len(self._record.states)}{'0' * 17}"
        self._record.states[state] = False
        return state

    def new_verifier(self) -> tuple[str, str]:
        number = int(self._record.state.get("test_verifiers", "0")) + 1
        self._record.state["test_verifiers"] = str(number)
        return f"verifier-{number}", f"challenge-{number}"

    def check_state(self, received: str | None) -> None:
        if received is None or received not in self._record.states:
            raise ForgedState
        if self._record.states[received]:
            raise ReplayedState
        self._record.states[received] = True


def _plain(body: Body | None) -> Any:
    if body is None:
        return None
    return dict(body.value) if body.form == "form" else body.value  # type: ignore[call-overload]  # pairs


class Play:
    """One login. Between two moves everything but the record is forgotten and built anew.

    Args:
        adapter: Makes the adapter anew.
        method: Name of the login method.
        replies: What the service answers at first.
        person_present: Whether somebody is there to be asked.
        identity: Stands for Gosuslugi.
        state: What the record holds at the beginning.
    """

    replies_may_wait: ClassVar[bool] = False
    """Whether a move may leave replies for the next ones; the last one never may."""

    def __init__(
        self,
        adapter: Callable[[], Adapter],
        method: str,
        *replies: Reply,
        person_present: bool = True,
        identity: IdentityProvider | None = None,
        state: Mapping[str, str] | None = None,
    ) -> None:
        self.script = Script(list(replies))
        self.identity = identity
        self.step: Any = None
        self.moment = NOW
        self._adapter = adapter
        self._kept = FlowRecord(
            id="flow",
            provider=adapter().declaration.name,
            instance="main",
            method=method,
            expires_at=NOW.timestamp() + 900,
            person_present=person_present,
            state=dict(state or {}),
        ).to_bytes()

    def will(self, *replies: Reply) -> Self:
        """What the service answers next."""
        self.script.replies.extend(replies)
        return self

    def later(self, seconds: float) -> Self:
        """Lets time pass."""
        self.moment += timedelta(seconds=seconds)
        return self

    async def start(self) -> Any:
        return await self._move("start")

    async def submit(self, answer: StepInput) -> Any:
        check_fit(self.step, answer)
        return await self._move("submit", answer)

    async def poll(self) -> Any:
        assert self.step.poll_after is not None
        return await self._move("poll")

    async def act(self, action: StepAction, *, offered: bool = True) -> Any:
        assert (action in self.step.actions) is offered
        return await self._move("act", action)

    @property
    def record(self) -> FlowRecord:
        return FlowRecord.from_bytes(self._kept)

    async def _move(self, name: str, *arguments: object) -> Any:
        record = self.record
        adapter = self._adapter()
        if self.identity is not None:
            adapter.identity_providers = {"esia": self.identity}
        link = FlowScriptedLink(record, adapter, self.script)
        link.moment = self.moment
        flow = adapter.login_flow(record.method)
        step = () if name == "start" else (record.step,)
        try:
            following: Next = await getattr(flow, name)(link, *step, *arguments)
        finally:
            record.cookies = link.jar
            self._kept = record.to_bytes()
        if isinstance(following, SignedIn) or not self.replies_may_wait:
            assert not self.script.replies, "the service was asked less than it should"
        if isinstance(following, SignedIn):
            return following.sessions
        record.step = following  # type: ignore[assignment]  # no flow here ends without accounts
        self._kept = record.to_bytes()
        self.step = following
        return following


def only(sessions: Sequence[Session]) -> Session:
    assert len(sessions) == 1
    return sessions[0]
