"""Headers on their way to and from the wire."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from gateway.core.errors import AnswerTooLarge, InvalidRequest
from gateway.core.transport.addresses import Origin
from gateway.core.transport.exchange import Headers, TransportFault, faulted

OURS: Final = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that belong to the transport; an adapter's are left out."""

_OVERHEAD: Final = 4
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"(?![ \t])[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*(?<![ \t])")


def authority(origin: Origin) -> str:
    """The value of a `Host` header."""
    return str(origin).partition("://")[2]


def sendable(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """An adapter's headers without those that belong to the transport.

    Raises:
        InvalidRequest: A name or value would break the head of the request.
    """
    kept = [item for item in headers if item[0].lower() not in OURS]
    for name, value in kept:
        if _NAME.fullmatch(name) is None or _VALUE.fullmatch(value) is None:
            raise InvalidRequest("a header cannot be sent as it stands")
    return kept


def encode(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Request headers as bytes; text beyond ASCII travels as UTF-8."""
    return [(name.encode("ascii"), value.encode()) for name, value in headers]


def decode(raw: Sequence[tuple[bytes, bytes]], limit: int) -> Headers:
    """Answer headers as text, names in lower case; UTF-8 where it is that, else Latin-1.

    Raises:
        AnswerTooLarge: Together they are over `limit` bytes.
    """
    size = sum(len(name) + len(value) + _OVERHEAD for name, value in raw)
    if size > limit:
        raise faulted(
            AnswerTooLarge(f"the headers are over {limit} bytes"), TransportFault.TOO_LARGE
        )
    return tuple((name.decode("latin-1").lower(), _text(value)) for name, value in raw)


def first(headers: Headers, name: str) -> str | None:
    """The first header of a lower-case name."""
    for key, value in headers:
        if key == name:
            return value
    return None


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
