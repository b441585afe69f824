"""One HTTP exchange as plain data, and what may go wrong with it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar, cast

from gateway.core.errors import GatewayError
from gateway.core.transport.addresses import Origin
from gateway.core.transport.tls import Trust

Headers = tuple[tuple[str, str], ...]
"""Headers in order; those of an answer have names in lower case."""

Remaining = Callable[[], float]
"""Seconds left of the whole call; zero or less once its deadline has passed."""

E = TypeVar("E", bound=GatewayError)


class TransportFault(StrEnum):
    """How far an exchange came before it failed; decides what may be repeated."""

    NOT_SENT = "not_sent"
    CERTIFICATE = "certificate"
    STALE_CONNECTION = "stale_connection"
    SENT_NO_ANSWER = "sent_no_answer"
    TOO_LARGE = "too_large"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of the wire, read from traces and counters.

    Attributes:
        started: Whether a byte of the request may have left.
        reused: Whether the connection had carried an exchange before.
        received: Bytes that came for this exchange, head included.
    """

    started: bool = False
    reused: bool = False
    received: int = 0


NOTHING_SENT = Sent()


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for single steps; each is shortened to what the call has left.

    Attributes:
        connect: Name, TCP and, counted anew, the TLS handshake.
        write: One block of the request.
        read: One piece of the answer.
    """

    connect: float = 5.0
    write: float = 10.0
    read: float = 15.0


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """Sizes in bytes beyond which an answer is refused.

    Attributes:
        headers: All header names and values together.
        wire: The body as it travels.
        decoded: The body after decompression.
    """

    headers: int = 64 * 1024
    wire: int = 8 * 1024 * 1024
    decoded: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request on the wire, complete with its headers.

    Attributes:
        origin: Where to connect.
        method: HTTP method.
        target: Path and query as they travel.
        headers: All headers but `Host` and `Content-Length`.
        remaining: What is left of the call.
        content: The body.
        timeouts: Of single steps.
        limits: Of the answer.
        fresh: Whether the connection must be new and is not kept.
        trust: Which roots are trusted.
        proxy: URL of an HTTP proxy, if one is configured.
        address: The one IP address to connect to, where it was resolved and checked before.
    """

    origin: Origin
    method: str
    target: str
    headers: Headers = field(repr=False)
    remaining: Remaining = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    timeouts: Timeouts = field(default_factory=Timeouts)
    limits: AnswerLimits = field(default_factory=AnswerLimits)
    fresh: bool = False
    trust: Trust = field(default_factory=Trust)
    proxy: str | None = field(default=None, repr=False)
    address: str | None = None


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A whole answer within its limits, the body decoded."""

    status: int
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)
    sent: Sent


@dataclass(frozen=True, slots=True)
class RawStream:
    """An answer whose body still lies on the wire, in its content coding."""

    status: int
    headers: Headers = field(repr=False)
    chunks: AsyncIterator[bytes] = field(repr=False)


class Carrier(Protocol):
    """What carries exchanges; it adds no retry, redirect, cookie or credential of its own."""

    async def send(self, exchange: Exchange) -> RawAnswer:
        """One exchange with a bounded, decoded body.

        Raises:
            GatewayError: With a `TransportFault`, see `fault_of()`.
        """
        ...

    async def aclose(self) -> None:
        """Closes every connection, also those in use."""
        ...


class StreamingCarrier(Carrier, Protocol):
    """A carrier that also hands out bodies piece by piece."""

    def stream(self, exchange: Exchange) -> AbstractAsyncContextManager[RawStream]:
        """One exchange whose body is read piece by piece inside the block.

        Raises:
            GatewayError: With a `TransportFault`, on entry or while reading.
        """
        ...


class _Marked(Protocol):
    fault: TransportFault
    sent: Sent


def faulted(error: E, fault: TransportFault, sent: Sent = NOTHING_SENT) -> E:
    """The same error with `fault` and `sent` as attributes."""
    marked = cast("_Marked", error)
    marked.fault = fault
    marked.sent = sent
    return error


def fault_of(error: BaseException) -> TransportFault | None:
    """How far the exchange behind an error came; None if the wire was not the matter."""
    found = getattr(error, "fault", None)
    return found if isinstance(found, TransportFault) else None


def sent_of(error: BaseException) -> Sent:
    """What was known of the wire when the error was raised."""
    found = getattr(error, "sent", None)
    return found if isinstance(found, Sent) else NOTHING_SENT
