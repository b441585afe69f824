"""What is known of the exchange that a connection carries."""

from typing import Any, Final

from gateway.core.errors import DeadlineExceeded
from gateway.core.transport.exchange import Remaining, Sent


def _without_end() -> float:
    return float("inf")


_HEAD_END: Final = b"\r\n\r\n"
_TAIL: Final = 5


class Probe:
    """What is known of the exchange that a connection carries now.

    Attributes:
        remaining: What is left of the call.
        received: Bytes that came.
        head_size: How many of them belong to the head; 0 while it is not complete.
        tail: The last few of them.
        ended: Whether the peer has closed its side.
        head_complete: Whether the head was understood.
    """

    __slots__ = (
        "_connected",
        "_started",
        "ended",
        "head_complete",
        "head_size",
        "received",
        "remaining",
        "tail",
    )

    def __init__(self) -> None:
        self.remaining: Remaining = _without_end
        self.received = 0
        self.head_size = 0
        self.tail = b""
        self.ended = False
        self.head_complete = False
        self._started = False
        self._connected = False

    def begin(self, remaining: Remaining) -> None:
        """Forgets the exchange before."""
        self.remaining = remaining
        self._expect_answer()
        self.ended = False
        self.head_complete = False
        self._started = False
        self._connected = False

    async def trace(self, name: str, info: dict[str, Any]) -> None:
        """Notes facts that no exception class tells; httpcore's `trace` extension."""
        if name == "connection.connect_tcp.started":
            self._connected = True
        elif name == "http11.send_request_headers.started":
            # The CONNECT of a tunnel is the proxy's business; ours starts behind it.
            self._started = info["request"].method != b"CONNECT"
            self._expect_answer()
        elif name == "http11.receive_response_headers.complete":
            self.head_complete = True

    def feed(self, data: bytes) -> None:
        """Counts what came."""
        if not self.head_size:
            found = (self.tail + data).find(_HEAD_END)
            if found >= 0:
                self.head_size = self.received - len(self.tail) + found + len(_HEAD_END)
        self.received += len(data)
        self.tail = (self.tail + data[-_TAIL:])[-_TAIL:]

    def _expect_answer(self) -> None:
        self.received = 0
        self.head_size = 0
        self.tail = b""

    @property
    def sent(self) -> Sent:
        """The facts so far."""
        return Sent(
            started=self._started,
            reused=self._started and not self._connected,
            received=self.received,
        )

    def allowance(self, timeout: float | None) -> float:
        """`timeout` shortened to what the call has left.

        Raises:
            DeadlineExceeded: Nothing is left.
        """
        left = self.remaining()
        if left <= 0:
            raise DeadlineExceeded("the call ran out of time")
        return left if timeout is None or left < timeout else timeout
