"""Server-sent events, as much as a stream of one answer needs; pure and bounded."""

from collections.abc import Iterator
from typing import Final

from gateway.core.errors import AnswerTooLarge

MOST: Final = 64 * 1024
"""Bytes that are read for one event."""


class Events:
    """Takes pieces, gives the data of whole events."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The data of every event that a piece completes.

        Raises:
            AnswerTooLarge: An event has no end.
        """
        self._rest += piece
        if len(self._rest) + sum(map(len, self._data)) > MOST:
            raise AnswerTooLarge("an event has no end")
        *lines, self._rest = self._rest.replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            elif not line and self._data:
                whole, self._data = b"\n".join(self._data), []
                yield whole
