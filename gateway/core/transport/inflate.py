"""Undoing a content coding in bounded pieces, so that no bomb is ever unpacked."""

import zlib
from collections.abc import Iterator
from typing import Final

from gateway.core.errors import AnswerTooLarge, BadResponse, ConnectionBroken
from gateway.core.transport.exchange import TransportFault, faulted

IDENTITY: Final = frozenset({"", "identity"})
GZIP: Final = frozenset({"gzip", "x-gzip"})

_PIECE: Final = 256 * 1024
_MOST_MEMBERS: Final = 64
_GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31
_ZLIB_WINDOW: Final = 15
_RAW_WINDOW: Final = -15


def coding_of(header: str | None) -> str:
    """The content coding that a `Content-Encoding` header names, in lower case."""
    return (header or "").strip().lower()


class Inflater:
    """Decodes a body piece by piece and refuses it beyond `limit` decoded bytes."""

    def __init__(self, coding: str, limit: int) -> None:
        """Prepares for a coding.

        Raises:
            BadResponse: It is none that was asked for.
        """
        if coding not in IDENTITY | GZIP | {"deflate"}:
            raise faulted(
                BadResponse("the answer has a content coding that was not asked for"),
                TransportFault.PROTOCOL,
            )
        self._coding = coding
        self._limit = limit
        self._total = 0
        self._members = 1
        self._ended = False
        self._start = b""
        self._plain = coding in IDENTITY
        self._engine: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Decoded pieces of at most 256 KB, or the chunk itself where nothing is coded.

        Raises:
            AnswerTooLarge: More came out than allowed.
            BadResponse: The compressed data are broken.
        """
        if self._plain:
            yield self._counted(chunk)
            return
        chunk = self._start + chunk
        self._start = b""
        while chunk and not self._ended:
            if self._engine is None or self._engine.eof:
                if len(chunk) < len(_GZIP_MAGIC):
                    self._start = chunk
                    return
                if self._engine is not None:
                    self._next_member(chunk)
                    continue
                self._choose(chunk)
                if self._engine is None:
                    self._plain = True
                    yield self._counted(chunk)
                    return
            try:
                piece = self._engine.decompress(chunk, _PIECE)
            except zlib.error:
                raise faulted(
                    BadResponse("the compressed body is broken"), TransportFault.PROTOCOL
                ) from None
            chunk = self._engine.unconsumed_tail or self._engine.unused_data
            if piece:
                yield self._counted(piece)

    def finish(self) -> bytes:
        """What was held back, once all chunks were fed.

        Raises:
            ConnectionBroken: The compressed data end too early.
        """
        if self._engine is None:
            return self._counted(self._start)
        if not self._engine.eof:
            raise faulted(
                ConnectionBroken("the compressed body was cut"), TransportFault.SENT_NO_ANSWER
            )
        return b""

    def _choose(self, start: bytes) -> None:
        if self._coding in GZIP:
            if start.startswith(_GZIP_MAGIC):
                self._engine = zlib.decompressobj(_GZIP_WINDOW)
        elif start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2]) % 31 == 0:
            self._engine = zlib.decompressobj(_ZLIB_WINDOW)
        else:
            self._engine = zlib.decompressobj(_RAW_WINDOW)

    def _next_member(self, rest: bytes) -> None:
        """Goes on with another gzip member; anything else behind one is padding."""
        self._members += 1
        if self._coding not in GZIP or not rest.startswith(_GZIP_MAGIC):
            self._ended = True
        elif self._members > _MOST_MEMBERS:
            raise faulted(
                AnswerTooLarge("the body has too many compressed parts"),
                TransportFault.TOO_LARGE,
            )
        else:
            self._engine = zlib.decompressobj(_GZIP_WINDOW)

    def _counted(self, piece: bytes) -> bytes:
        self._total += len(piece)
        if self._total > self._limit:
            raise faulted(
                AnswerTooLarge(f"the body is over {self._limit} bytes when decoded"),
                TransportFault.TOO_LARGE,
            )
        return piece
