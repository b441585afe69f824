"""What went over the wire between the gateway and a provider's emulator, and what goes wrong."""

import base64
import gzip
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import msgspec

from gateway.core.contract.emulator import ASGIApp, Emulator, SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step
from gateway.sandbox.faults import Fault, FaultKind, FaultyApp, Receive, Send
from gateway.sandbox.server import Sandbox
from gateway.testing.worlds import world_of

if TYPE_CHECKING:
    from gateway.sandbox.world import World, WorldState

Scope = MutableMapping[str, Any]

_KEPT: Final = 1024 * 1024
"""Bytes of an answer that are recorded."""


@dataclass(slots=True)
class Exchange:
    """One request of the gateway with its answer.

    Attributes:
        method: HTTP method.
        path: Path and query as they were asked.
        headers: Request headers, names in lower case.
        body: Request body.
        status: HTTP status of the answer; 0 if none was begun.
        media_type: Content type of the answer.
        answer: Its body, as it was packed for the wire.
        encoding: How it was packed.
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    status: int = 0
    media_type: str = ""
    answer: bytes = field(default=b"", repr=False)
    encoding: str = ""

    @property
    def content(self) -> bytes:
        """The body of the answer unpacked."""
        return gzip.decompress(self.answer) if self.encoding == "gzip" else self.answer

    @property
    def line(self) -> tuple[str, str]:
        """Method and path with its query."""
        return self.method, self.path

    def parameters(self) -> Iterator[tuple[str, str]]:
        """Names and text values of the query and of a form or JSON body, however deep."""
        yield from parse_qsl(self.path.partition("?")[2])
        try:
            yield from _texts(msgspec.json.decode(self.body))
        except (msgspec.DecodeError, UnicodeDecodeError):
            yield from parse_qsl(self.body.decode("latin-1"))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether the request carries one of the words anywhere."""
        sent = [self.path, self.body.decode("utf-8", "replace"), *(v for _, v in self.headers)]
        return any(word in part for word in words for part in sent)


class Traffic:
    """Records exchanges and lets answers go wrong on demand.

    It stands in front of one emulator, in the sandbox's thread; tests look at it from theirs.
    """

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self._fault: FaultKind | None = None
        self._strikes: int | None = None
        self._by_person = False

    def __len__(self) -> int:
        return len(self.exchanges)

    def since(self, mark: int) -> tuple[Exchange, ...]:
        """The exchanges after the first `mark`."""
        return tuple(self.exchanges[mark:])

    @contextmanager
    def striking(self, kind: FaultKind, *, times: int | None = None) -> Iterator[None]:
        """Answers go wrong inside the block: all of them, or the next few."""
        self._fault, self._strikes = kind, times
        try:
            yield
        finally:
            self._fault, self._strikes = None, None

    @contextmanager
    def by_person(self) -> Iterator[None]:
        """Requests inside the block are a person's own, from a browser: not recorded, never ill."""
        self._by_person = True
        try:
            yield
        finally:
            self._by_person = False

    def through(self, app: ASGIApp, *, seed: int) -> ASGIApp:
        """The application with this record in front of it."""

        async def recorded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or self._by_person:
                await app(scope, receive, send)
                return
            exchange = Exchange(scope["method"], _path(scope), _headers(scope))
            self.exchanges.append(exchange)
            fault = self._struck()
            answering = app if fault is None else FaultyApp(app, (Fault(fault),), seed=seed)
            await answering(
                scope,
                _listening(receive, exchange),
                _answering(send, exchange, keep=fault is None),
            )

        return recorded

    def _struck(self) -> FaultKind | None:
        if self._fault is None or self._strikes == 0:
            return None
        if self._strikes is not None:
            self._strikes -= 1
        return self._fault


class WatchedSandbox(Sandbox):
    """A sandbox whose emulator can be watched and made ill."""

    def __init__(self, *args: Any, traffic: Traffic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.traffic = traffic

    @property
    def world(self) -> "World":
        """The fictional world, built once for all sandboxes of a seed and a day."""
        return world_of(self.seed, self._today)

    def emulator(self, provider: str) -> Emulator:
        """A provider's emulator behind the record."""
        return _Watched(super().emulator(provider), self.traffic, self.seed)


class _Watched(Emulator):
    def __init__(self, emulator: Emulator, traffic: Traffic, seed: int) -> None:
        super().__init__(emulator.declaration)
        self._emulator = emulator
        self._traffic = traffic
        self._seed = seed

    @property
    def hosts(self) -> tuple[str, ...]:
        return self._emulator.hosts

    def app(self, world: "World", state: "WorldState", *, origin: str) -> ASGIApp:
        app = self._emulator.app(world, state, origin=origin)
        return self._traffic.through(app, seed=self._seed)

    def accounts(self, world: "World") -> tuple[SandboxAccount, ...]:
        return self._emulator.accounts(world)

    def settings(self, origin: str) -> Mapping[str, object]:
        return self._emulator.settings(origin)

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        with self._traffic.by_person():
            return self._emulator.answer(step, account, origin=origin)


def har(exchanges: Sequence[Exchange], origin: str = "https://capture.invalid") -> bytes:
    """Exchanges as a HAR capture, the form in which browsers save them.

    Args:
        exchanges: What was asked and answered.
        origin: Where; files of the provider are known by it.
    """
    entries = [
        {
            "request": {"method": item.method, "url": f"{origin}{item.path}"},
            "response": {
                "status": item.status,
                "content": {
                    "mimeType": item.media_type,
                    "text": base64.b64encode(item.content).decode(),
                    "encoding": "base64",
                },
            },
        }
        for item in exchanges
    ]
    return msgspec.json.encode({"log": {"version": "1.2", "entries": entries}})


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str):
        yield name, value


def _path(scope: Scope) -> str:
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    query = scope.get("query_string", b"")
    return str((raw + (b"?" + query if query else b"")).decode("latin-1"))


def _headers(scope: Scope) -> tuple[tuple[str, str], ...]:
    pairs = scope["headers"]
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)


def _listening(receive: Receive, exchange: Exchange) -> Receive:
    async def listened() -> MutableMapping[str, Any]:
        message = await receive()
        if message["type"] == "http.request":
            exchange.body += message.get("body", b"")
        return message

    return listened


def _answering(send: Send, exchange: Exchange, *, keep: bool) -> Send:
    async def answered(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
            for name, value in message.get("headers", ()):
                if name.lower() == b"content-type":
                    exchange.media_type = value.decode("latin-1").partition(";")[0]
                elif name.lower() == b"content-encoding":
                    exchange.encoding = value.decode("latin-1").lower()
        elif keep and len(exchange.answer) < _KEPT:
            exchange.answer += message.get("body", b"")
        await send(message)

    return answered
