"""A link that answers an adapter from bytes at hand, so that parsing can be timed alone."""

from collections.abc import Awaitable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import ByteStream, Params
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import Issue
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import Hop, WireResponse

W = TypeVar("W")
T = TypeVar("T")

_NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def response(body: bytes) -> WireResponse:
    """A good JSON answer."""
    headers = (("content-type", "application/json; charset=utf-8"),)
    return WireResponse(200, headers, body, (Hop("http://127.0.0.1/", 200),))


class CannedLink:
    """Bodies by a part of the path; what has no body is not found."""

    def __init__(self, adapter: Adapter, session: Session, bodies: dict[str, bytes]) -> None:
        self.declaration = adapter.declaration
        self.instance = adapter.instance
        self.settings = adapter.settings
        self.memo = BoundedMemo()
        self.session = session
        self.issues: list[Issue] = []
        self._answers = {part: response(body) for part, body in bodies.items()}

    async def request(
        self,
        role: str,
        method: str,
        path: str,
        *,
        kind: RequestKind = RequestKind.READ,
        params: Params | None = None,
        headers: object = None,
        body: Body | None = None,
        redirects: Literal["follow", "return"] = "return",
        template: str | None = None,
    ) -> WireResponse:
        """The body whose part fits the path."""
        for part, answer in self._answers.items():
            if part in path:
                return answer
        raise NotFound

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
        """The same, decoded as the gateway does it."""
        return decode(await self.request(role, method, path), shape, self.note)

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
        """The same; None for what is not found."""
        try:
            return await self.read(shape, role, path)
        except NotFound:
            return None

    def offers(self, template: str, shape: object = None) -> bool:
        """Every route can be asked."""
        return True

    def stream(
        self, role: str, path: str, *, params: Params | None = None, template: str | None = None
    ) -> AbstractAsyncContextManager[ByteStream]:
        """Nothing is streamed here."""
        raise NotFound

    async def poll(self, ask: object, *, every: float, limit: float) -> object:
        """Nothing is waited for here."""
        raise NotFound

    async def gather(self, *calls: Awaitable[T]) -> tuple[T, ...]:
        """One after the other: nothing suspends."""
        return tuple([await call for call in calls])

    def note(self, path: str, reason: str) -> None:
        """Remembers what could not be read."""
        self.issues.append(Issue(path, reason))

    def now(self) -> datetime:
        """A fixed moment."""
        return _NOW

    def today(self, zone: str) -> date:
        """A fixed day."""
        return _NOW.date()

    def zone_of(self, student: StudentRef) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(student.zone)
