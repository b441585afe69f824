"""Reading an answer's body within its limits, and judging how deep it nests."""

import re
from collections.abc import AsyncIterable
from typing import Final

from gateway.core.errors import AnswerTooLarge, DeadlineExceeded
from gateway.core.transport.exchange import AnswerLimits, Remaining, TransportFault, faulted
from gateway.core.transport.inflate import IDENTITY, Inflater

NESTING: Final = 64

_NOT_STRUCTURE: Final = bytes(set(range(256)) - set(b'[]{}"'))
_ONE_BRACKET: Final = bytes.maketrans(b"{}", b"[]")
_STRING: Final = re.compile(rb'"[^"]*"')


async def read_body(
    chunks: AsyncIterable[bytes], *, coding: str, limits: AnswerLimits, remaining: Remaining
) -> bytes:
    """The whole decoded body.

    Args:
        chunks: The body as it travels, in its content coding.
        coding: Its content coding in lower case, empty for none.
        limits: Sizes beyond which it is refused.
        remaining: Asked after each chunk, so that a dripping server holds no slot.

    Raises:
        AnswerTooLarge: It is over a limit.
        BadResponse: It has another coding than was asked for, or a broken one.
        ConnectionBroken: Its compressed data end too early.
        DeadlineExceeded: The call ran out of time.
    """
    # Undecoded bytes need no inflater, and most answers come as one chunk: no copy then.
    plain = coding in IDENTITY
    inflater = Inflater(coding, limits.decoded)
    most = min(limits.wire, limits.decoded) if plain else limits.wire
    size = 0
    first = b""
    rest = bytearray()
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise too_large(most)
        if remaining() <= 0:
            raise out_of_time(TransportFault.SENT_NO_ANSWER)
        for piece in (chunk,) if plain else inflater.feed(chunk):
            if first:
                rest += piece
            else:
                first = piece
    held = inflater.finish()
    return first + rest + held if rest or held else first


def too_large(limit: int) -> AnswerTooLarge:
    """The error for an answer of more than `limit` bytes on the wire."""
    return faulted(AnswerTooLarge(f"the answer is over {limit} bytes"), TransportFault.TOO_LARGE)


def out_of_time(fault: TransportFault) -> DeadlineExceeded:
    """The error for a call whose deadline passed during an exchange."""
    return faulted(DeadlineExceeded("the call ran out of time"), fault)


def check_nesting(body: bytes, limit: int = NESTING) -> None:
    """Refuses JSON that nests deeper than `limit`, before any decoder recurses into it.

    Brackets inside strings do not count. Broken JSON may pass: telling so is the decoder's part.

    Raises:
        AnswerTooLarge: It nests deeper.
    """
    # Each step is one pass of C code over less and less: only brackets and quotes stay, then no
    # strings, then every round takes the innermost level away.
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    rest = body.translate(_ONE_BRACKET, _NOT_STRUCTURE)
    if rest.count(b"[") <= limit:
        return
    rest = _STRING.sub(b"", rest.replace(b'""', b""))
    for _ in range(limit):
        if b"[]" not in rest:
            break
        rest = rest.replace(b"[]", b"")
    if b"[]" in rest or rest.count(b"[") > limit:
        raise faulted(
            AnswerTooLarge(f"the answer nests deeper than {limit}"), TransportFault.TOO_LARGE
        )
