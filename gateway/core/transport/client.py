"""The transport as the pipeline sees it: from a wire request to its last answer."""

import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Final

from gateway.core.errors import BadResponse, ForbiddenAddress
from gateway.core.transport.addresses import Origin, check_url, is_global_address
from gateway.core.transport.exchange import (
    AnswerLimits,
    Carrier,
    Headers,
    RawAnswer,
    Remaining,
    StreamingCarrier,
    TransportFault,
    faulted,
)
from gateway.core.transport.foreign import (
    Resolve,
    check_foreign_url,
    pinned_address,
    system_resolve,
)
from gateway.core.transport.headers import first
from gateway.core.transport.redirects import STATUSES, Step, following, resolve
from gateway.core.transport.stream import FILE_BYTES, BodyStream
from gateway.core.transport.way import Way, exchange_of, first_step
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse
from gateway.core.wire.set_cookie import parse_set_cookie

Guard = Callable[[Origin], AbstractAsyncContextManager[object]]
"""What surrounds each hop, such as the limiter's slot for its host."""

FILE_LIMITS: Final = AnswerLimits(wire=FILE_BYTES, decoded=FILE_BYTES)


def _unguarded(_origin: Origin) -> AbstractAsyncContextManager[object]:
    return nullcontext()


class Transport:
    """Carries requests; knows redirects and cookies, but no retries, limits or credentials."""

    def __init__(
        self,
        carrier: StreamingCarrier,
        *,
        fast: Carrier | None = None,
        clock: Callable[[], float] = time.time,
        resolve_host: Resolve = system_resolve,
        is_allowed_address: Callable[[str], bool] = is_global_address,
    ) -> None:
        """Joins the carriers.

        Args:
            carrier: For every class of request.
            fast: For READ requests only.
            clock: Unix seconds, for cookies.
            resolve_host: Finds the addresses of foreign hosts.
            is_allowed_address: Which of those may be connected to.
        """
        self._carrier = carrier
        self._fast = fast
        self._clock = clock
        self._resolve_host = resolve_host
        self._is_allowed_address = is_allowed_address

    async def perform(
        self,
        request: WireRequest,
        way: Way,
        *,
        jar: CookieJar,
        deadline: Remaining,
        secret_headers: Collection[str] = (),
        guard: Guard = _unguarded,
    ) -> tuple[WireResponse, CookieJar]:
        """A request with its redirects, if it wants them followed.

        Args:
            request: The signed request.
            way: How requests of the instance travel.
            jar: The account's cookies.
            deadline: Tells the seconds left of the call.
            secret_headers: Names in lower case of all headers that `sign()` set; none of them
                crosses from one origin to another.
            guard: Entered around each hop.

        Returns:
            The last answer, and the jar after all hops.

        Raises:
            ForbiddenAddress: A redirect leads outside of the allowed origins.
            BadResponse: Too many redirects, a loop, or an answer that is not HTTP.
            GatewayError: Whatever ended an exchange, with a `TransportFault`.
        """
        step = first_step(request, way)
        hops: list[Hop] = []
        seen: set[tuple[str, str, str | None]] = set()
        while True:
            cookies = self._cookies(step, jar)
            async with guard(step.origin):
                answer = await self.send_once(
                    step, way, cookies=cookies, kind=request.kind, deadline=deadline
                )
            hop = self._hop(step, answer.status, answer.headers)
            hops.append(hop)
            if hop.cookies:
                jar = jar.updated(hop.cookies, now=self._clock())
            follow = request.redirects == "follow" and answer.status in STATUSES
            if not follow or hop.location is None:
                return WireResponse(answer.status, answer.headers, answer.body, tuple(hops)), jar
            state = (step.method, step.url, cookies)
            if state in seen or len(hops) > way.redirects:
                raise _endless()
            seen.add(state)
            step = following(
                step,
                answer.status,
                hop.location,
                check_url(hop.location, allowed=way.origins.allowed),
                kind=request.kind,
                secret_headers=secret_headers,
            )

    async def send_once(
        self, step: Step, way: Way, *, cookies: str | None, kind: RequestKind, deadline: Remaining
    ) -> RawAnswer:
        """One exchange: a single hop, nothing followed.

        Raises:
            GatewayError: With a `TransportFault`.
        """
        carrier: Carrier = self._carrier
        if kind is RequestKind.READ and self._fast is not None:
            carrier = self._fast
        return await carrier.send(
            exchange_of(
                step, way, cookies=cookies, deadline=deadline, fresh=kind is RequestKind.AUTH
            )
        )

    @asynccontextmanager
    async def stream(
        self,
        request: WireRequest,
        way: Way,
        *,
        jar: CookieJar,
        deadline: Remaining,
        secret_headers: Collection[str] = (),
        guard: Guard = _unguarded,
        limits: AnswerLimits = FILE_LIMITS,
    ) -> AsyncIterator[BodyStream]:
        """A file or event stream of the instance, read inside the block.

        Redirects are followed as in `perform()`; cookies that come on the way are not kept.

        Raises:
            GatewayError: As `perform()`, on entry or while reading.
        """
        step = first_step(request, way)
        for _ in range(way.redirects + 1):
            cookies = self._cookies(step, jar)
            exchange = exchange_of(step, way, cookies=cookies, deadline=deadline, limits=limits)
            async with guard(step.origin), self._carrier.stream(exchange) as answer:
                hop = self._hop(step, answer.status, answer.headers)
                if answer.status not in STATUSES or hop.location is None:
                    yield BodyStream(answer, url=step.url, limits=limits, remaining=deadline)
                    return
            jar = jar.updated(hop.cookies, now=self._clock())
            step = following(
                step,
                hop.status,
                hop.location,
                check_url(hop.location, allowed=way.origins.allowed),
                kind=request.kind,
                secret_headers=secret_headers,
            )
        raise _endless()

    @asynccontextmanager
    async def stream_foreign(
        self,
        url: str,
        way: Way,
        *,
        deadline: Remaining,
        guard: Guard = _unguarded,
        limits: AnswerLimits = FILE_LIMITS,
    ) -> AsyncIterator[BodyStream]:
        """A file that a provider points to, on any public https host, without any credential.

        Raises:
            ForbiddenAddress: An address that is not of the public internet, on any hop; or a
                proxy is set, through which no address can be pinned.
            GatewayError: Whatever ended an exchange, on entry or while reading.
        """
        target = check_foreign_url(url)
        headers: Headers = (("User-Agent", way.user_agent), ("Accept", "*/*"))
        for _ in range(way.redirects + 1):
            if way.proxy is not None:
                raise ForbiddenAddress(host=target.origin.host, reason="not through a proxy")
            address = await pinned_address(
                target.origin, resolve=self._resolve_host, is_allowed=self._is_allowed_address
            )
            step = Step("GET", target.url, target.origin, target.target, headers)
            exchange = exchange_of(
                step, way, cookies=None, deadline=deadline, limits=limits, address=address
            )
            async with guard(target.origin), self._carrier.stream(exchange) as answer:
                location = first(answer.headers, "location")
                if answer.status not in STATUSES or location is None:
                    yield BodyStream(answer, url=target.url, limits=limits, remaining=deadline)
                    return
            target = check_foreign_url(resolve(location, target.url))
        raise _endless()

    async def aclose(self) -> None:
        """Closes every connection, also those in use."""
        if self._fast is not None:
            await self._fast.aclose()
        await self._carrier.aclose()

    def _cookies(self, step: Step, jar: CookieJar) -> str | None:
        if not jar.cookies:
            return None
        secure = step.origin.scheme == "https"
        return jar.header(step.origin.host, step.path, secure=secure, now=self._clock())

    def _hop(self, step: Step, status: int, headers: Headers) -> Hop:
        now = self._clock()
        found = (
            parse_set_cookie(value, host=step.origin.host, path=step.path, now=now)
            for name, value in headers
            if name == "set-cookie"
        )
        location = first(headers, "location") if status in STATUSES else None
        return Hop(
            url=step.url,
            status=status,
            location=None if location is None else resolve(location, step.url),
            cookies=tuple(cookie for cookie in found if cookie is not None),
        )


def _endless() -> BadResponse:
    return faulted(BadResponse("the provider redirects without an end"), TransportFault.TOO_LARGE)
