"""Bodies that arrive piece by piece: files and event streams, within their caps."""

from collections.abc import AsyncIterator, Iterator
from typing import Final, Self

from gateway.core.transport.body import out_of_time, too_large
from gateway.core.transport.exchange import (
    AnswerLimits,
    Headers,
    RawStream,
    Remaining,
    TransportFault,
)
from gateway.core.transport.headers import first
from gateway.core.transport.inflate import IDENTITY, Inflater, coding_of

FILE_BYTES: Final = 50 * 1024 * 1024
"""Largest file, on the wire and decoded."""


class BodyStream:
    """The body of an answer, decoded, in pieces; iterate it once, inside its block.

    Attributes:
        status: HTTP status.
        headers: All headers, names in lower case.
        media_type: Content type without its parameters, in lower case; empty if absent.
        size: Bytes to come, where the answer tells; None otherwise.
        url: Where the body comes from in the end.
    """

    def __init__(
        self, answer: RawStream, *, url: str, limits: AnswerLimits, remaining: Remaining
    ) -> None:
        """Prepares to read.

        Raises:
            AnswerTooLarge: The answer announces more than the limit.
            BadResponse: It has a content coding that was not asked for.
        """
        self.status: int = answer.status
        self.headers: Headers = answer.headers
        self.url = url
        content_type = first(answer.headers, "content-type") or ""
        self.media_type: str = content_type.partition(";")[0].strip().lower()
        coding = coding_of(first(answer.headers, "content-encoding"))
        length = first(answer.headers, "content-length") or ""
        announced = int(length) if length.isascii() and length.isdecimal() else None
        if announced is not None and announced > limits.wire:
            raise too_large(limits.wire)
        self.size: int | None = announced if coding in IDENTITY else None
        self._chunks: AsyncIterator[bytes] = answer.chunks
        self._inflater = Inflater(coding, limits.decoded)
        self._pieces: Iterator[bytes] = iter(())
        self._limit = limits.wire
        self._remaining = remaining
        self._received = 0
        self._finished = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while True:
            piece = next(self._pieces, b"")
            if piece:
                return piece
            if self._finished:
                raise StopAsyncIteration
            await self._advance()

    async def _advance(self) -> None:
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            self._finished = True
            self._pieces = iter((self._inflater.finish(),))
            return
        self._received += len(chunk)
        if self._received > self._limit:
            raise too_large(self._limit)
        if self._remaining() <= 0:
            raise out_of_time(TransportFault.SENT_NO_ANSWER)
        self._pieces = self._inflater.feed(chunk)
