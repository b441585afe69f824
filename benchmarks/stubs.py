"""A provider that answers at once with nothing, so that only the gateway's own layers are left."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date
from typing import Final, cast

from benchmarks.canned import response
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, native
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.model.answer import DateRange
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange, RawAnswer, RawStream, Sent
from gateway.core.transport.way import Way
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_dnevnik_ru.declaration import DNEVNIK_RU

_EMPTY: Final = b"[]"


class StubAdapter(Adapter):
    """Reads an empty list."""

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """No lessons, by one request."""
        records = await link.read(list[dict[str, object]], "api", "/nothing", template="/nothing")
        return Reading(records, covered=DateRange(start, end))


STUB: Final = replace(
    DNEVNIK_RU,
    adapter=f"{__name__}:StubAdapter",
    capabilities={Capability.TIMETABLE: native()},
)


class StubTransport:
    """Answers without a wire."""

    def __init__(self) -> None:
        self.sent = 0
        self._answer = response(_EMPTY)

    async def perform(
        self,
        request: WireRequest,
        way: Way,
        *,
        jar: CookieJar,
        deadline: Callable[[], float],
        secret_headers: object = (),
    ) -> tuple[WireResponse, CookieJar]:
        """The same answer always."""
        self.sent += 1
        return self._answer, jar

    async def aclose(self) -> None:
        """Nothing is open."""


class StubCarrier:
    """Answers without a socket."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self, exchange: Exchange) -> RawAnswer:
        """The same answer always."""
        self.sent += 1
        headers = (("content-type", "application/json; charset=utf-8"),)
        return RawAnswer(200, headers, _EMPTY, Sent(started=True, received=len(_EMPTY)))

    def stream(self, exchange: Exchange) -> AbstractAsyncContextManager[RawStream]:
        """Nothing is streamed here."""
        raise AssertionError("nothing is streamed here")

    async def aclose(self) -> None:
        """Nothing is open."""


def without_wire() -> tuple[Transport, StubTransport]:
    """A transport that does nothing, and its counter."""
    stub = StubTransport()
    return cast("Transport", stub), stub


def without_socket() -> tuple[Transport, StubCarrier]:
    """The real transport over a carrier that does nothing, and its counter."""
    stub = StubCarrier()
    return Transport(stub), stub
