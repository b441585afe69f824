"""The beginning of a file: enough of it to tell a file from a page that came in its place."""

from collections import deque
from typing import Final, Self
from urllib.parse import urlsplit

from gateway.core.contract.link import ByteStream
from gateway.core.errors import UnexpectedHtml
from gateway.core.transport.stream import BodyStream
from gateway.core.wire.response import Hop, WireResponse

_LOOKED_AT: Final = 64 * 1024
_WEB_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


async def begin(body: BodyStream) -> tuple[ByteStream, WireResponse]:
    """A body from its first byte, and an answer to judge it by.

    Sign-in and maintenance pages come with status 200 too. A web page is therefore read some way
    before it is handed out; of anything else only the head is looked at.

    Raises:
        GatewayError: The body broke off while it was looked at.
    """
    pieces: deque[bytes] = deque()
    size = 0
    if body.media_type in _WEB_PAGES:
        async for piece in body:
            pieces.append(piece)
            size += len(piece)
            if size >= _LOOKED_AT:
                break
    seen = b"".join(pieces)
    answer = WireResponse(body.status, body.headers, seen, (Hop(body.url, body.status),))
    return (_Replayed(body, pieces) if pieces else body), answer


def check_is_a_file(body: BodyStream, path: str) -> None:
    """Refuses a web page to which the request for a file was redirected.

    Raises:
        UnexpectedHtml: It is one.
    """
    if body.media_type in _WEB_PAGES and not urlsplit(body.url).path.endswith(path):
        raise UnexpectedHtml("a web page came where a file was due", http_status=body.status)


class _Replayed:
    """A body whose first pieces were taken out already."""

    def __init__(self, body: BodyStream, pieces: deque[bytes]) -> None:
        self.status = body.status
        self.media_type = body.media_type
        self.size = body.size
        self._body = body
        self._pieces = pieces

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        return self._pieces.popleft() if self._pieces else await anext(self._body)
