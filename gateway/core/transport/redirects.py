"""The next step of a redirect chain, as pure functions.

HTTP clients drop `Authorization` and `Cookie` at the border of an origin but carry every other
credential header on; here none goes along, whatever its name.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urljoin

from gateway.core.errors import BadResponse, ForbiddenAddress
from gateway.core.transport.addresses import Origin, Target
from gateway.core.transport.exchange import Headers
from gateway.core.wire.request import RequestKind

STATUSES: Final = frozenset({301, 302, 303, 307, 308})

_KEEP_METHOD: Final = frozenset({307, 308})
_DESCRIBE_BODY: Final = frozenset(
    {"content-type", "content-language", "content-location", "content-encoding"}
)
_NEVER_ABROAD: Final = frozenset(
    {"authorization", "cookie", "origin", "proxy-authorization", "referer"}
)
_SECRETIVE: Final = frozenset({RequestKind.AUTH, RequestKind.REFRESH})


@dataclass(frozen=True, slots=True)
class Step:
    """One request of a chain, without cookies.

    Attributes:
        method: HTTP method.
        url: Full URL, fragment included.
        origin: Where it goes.
        target: Path and query.
        headers: Headers to send.
        content: Body to send.
    """

    method: str
    url: str = field(repr=False)
    origin: Origin
    target: str = field(repr=False)
    headers: Headers = field(repr=False)
    content: bytes = field(default=b"", repr=False)

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]


def resolve(location: str, url: str) -> str:
    """`location` made absolute against `url`; without a fragment it inherits the one of `url`.

    Raises:
        BadResponse: It is no URL reference at all.
    """
    try:
        absolute, fragment = urldefrag(urljoin(urldefrag(url).url, location.strip(" \t")))
    except ValueError:
        raise BadResponse("the provider redirected to what is no address") from None
    if "#" not in location:
        fragment = urldefrag(url).fragment
    return f"{absolute}#{fragment}" if fragment else absolute


def following(
    step: Step,
    status: int,
    location: str,
    target: Target,
    *,
    kind: RequestKind,
    secret_headers: Collection[str],
) -> Step:
    """The step after an answer that redirects to `location`.

    Args:
        step: What was answered.
        status: Status of the answer, one of `STATUSES`.
        location: Its absolute `Location`, fragment included.
        target: The same after it was checked.
        kind: Class of the request.
        secret_headers: Names in lower case of the headers that carry credentials.

    Raises:
        ForbiddenAddress: The body of a login would go to another origin.
    """
    headers, content = step.headers, step.content
    fragment = urldefrag(location).fragment
    method = _method(step.method, status)
    if method != step.method:
        headers = _without(headers, _DESCRIBE_BODY)
        content = b""
    if target.origin != step.origin:
        if content and kind in _SECRETIVE:
            raise ForbiddenAddress(host=target.origin.host, reason="credentials across origins")
        headers = _without(headers, _NEVER_ABROAD.union(secret_headers))
    return Step(
        method=method,
        url=f"{target.url}{'#' if fragment else ''}{fragment}",
        origin=target.origin,
        target=target.target,
        headers=headers,
        content=content,
    )


def _method(method: str, status: int) -> str:
    if status in _KEEP_METHOD or method == "HEAD":
        return method
    if status == 303 or method == "POST":  # noqa: PLR2004 - See Other
        return "GET"
    return method


def _without(headers: Headers, names: Collection[str]) -> Headers:
    return tuple(item for item in headers if item[0].lower() not in names)
