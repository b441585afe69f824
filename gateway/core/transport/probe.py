"""What is known of the exchange that a connection carries."""

from typing import Any

from gateway.core.errors import DeadlineExceeded
from gateway.core.transport.exchange import Remaining, Sent


def _without_end() -> float:
    return float("inf")


class Probe:
    """What is known of the exchange that a connection carries now."""

    __slots__ = ("_connected", "_started", "ended", "head_complete", "received", "remaining")

    def __init__(self) -> None:
        self.begin(_without_end)

    def begin(self, remaining: Remaining) -> None:
        """Forgets the exchange before."""
        self.remaining = remaining
        self.received = 0
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
        elif name == "http11.receive_response_headers.complete":
            self.head_complete = True

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
