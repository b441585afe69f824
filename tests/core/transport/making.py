"""Short ways to make what the tests of the transport need."""

import time
from collections.abc import Callable

from gateway.core.transport.addresses import Origin
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import AnswerLimits, Exchange, Timeouts
from gateway.core.transport.origins import OriginMap
from gateway.core.transport.tls import Trust
from gateway.core.transport.way import Way
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import WireResponse

QUICK = Timeouts(connect=0.05)
"""The default time for connecting divided by a hundred, so that running into it is cheap."""

IMPATIENT = Timeouts(write=0.1, read=0.15)
"""The same for writing and reading, with ample time for connecting."""


def ample() -> float:
    """A deadline that never comes."""
    return 60.0


def within(seconds: float) -> Callable[[], float]:
    """A deadline so many seconds from now."""
    end = time.monotonic() + seconds
    return lambda: end - time.monotonic()


def exchange(
    origin: Origin,
    *,
    method: str = "GET",
    target: str = "/",
    headers: tuple[tuple[str, str], ...] = (("Accept-Encoding", "gzip"),),
    content: bytes = b"",
    remaining: Callable[[], float] = ample,
    timeouts: Timeouts | None = None,
    limits: AnswerLimits | None = None,
    fresh: bool = False,
    trust: Trust | None = None,
    proxy: str | None = None,
    address: str | None = None,
) -> Exchange:
    return Exchange(
        origin=origin,
        method=method,
        target=target,
        headers=headers,
        remaining=remaining,
        content=content,
        timeouts=timeouts or Timeouts(),
        limits=limits or AnswerLimits(),
        fresh=fresh,
        trust=trust or Trust(),
        proxy=proxy,
        address=address,
    )


def way(
    *urls: str,
    limits: AnswerLimits | None = None,
    trust: Trust | None = None,
    proxy: str | None = None,
    redirects: int = 5,
) -> Way:
    """An instance whose roles `api`, `login` and `files` are mapped to loopback servers."""
    roles = ("api", "login", "files")[: len(urls)]
    return Way(
        origins=OriginMap(
            {role: f"https://{role}.diary.example" for role in roles},
            hosts=dict(zip(roles, urls, strict=True)),
        ),
        limits=limits or AnswerLimits(),
        trust=trust or Trust(),
        proxy=proxy,
        redirects=redirects,
        user_agent="diary-gateway/0 (+https://example.org)",
    )


async def ask(
    transport: Transport,
    to: Way,
    path: str = "/",
    *,
    method: str = "GET",
    kind: RequestKind = RequestKind.READ,
    jar: CookieJar | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    secret_headers: tuple[str, ...] = (),
    body: Body | None = None,
    follow: bool = True,
    deadline: Callable[[], float] = ample,
) -> tuple[WireResponse, CookieJar]:
    request = WireRequest(
        role="api",
        method=method,
        path=path,
        kind=kind,
        headers=headers,
        body=body,
        redirects="follow" if follow else "return",
    )
    return await transport.perform(
        request,
        to,
        jar=jar or CookieJar(),
        deadline=deadline,
        secret_headers=secret_headers,
    )
