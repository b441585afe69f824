"""Whether an answer was all that a server said.

Bytes behind the end of an answer, say of a body that is longer than its declared length, would be
read as the beginning of the next answer, which belongs to another account. Such a connection must
not be used again.
"""

from typing import Final

from gateway.core.transport.exchange import Headers
from gateway.core.transport.headers import first
from gateway.core.transport.probe import Probe

_WITHOUT_BODY: Final = frozenset({204, 304})
_LAST_CHUNK: Final = b"0\r\n\r\n"


def nothing_follows(method: str, status: int, headers: Headers, probe: Probe) -> bool:
    """Whether what was received ends where the answer ends; False where that is unclear."""
    if method == "HEAD" or status in _WITHOUT_BODY:
        return probe.received == probe.head_size
    if first(headers, "transfer-encoding") is not None:
        return probe.tail.endswith(_LAST_CHUNK)
    length = first(headers, "content-length") or ""
    if not (length.isascii() and length.isdecimal()):
        return False
    return probe.received == probe.head_size + int(length)
