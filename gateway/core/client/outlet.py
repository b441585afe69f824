"""A plugin's way to its service outside of logins and diaries: no session, no account."""

from collections.abc import Awaitable, Callable
from random import SystemRandom
from typing import Self

from gateway.core.client.ways import set_limits, way_of
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import Link
from gateway.core.contract.observer import CallObserver
from gateway.core.contract.session import Session
from gateway.core.pipeline.clock import Clock, SystemClock
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.engine import CallContext, Engine
from gateway.core.pipeline.link import LiveLink
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.transport.client import Transport
from gateway.core.transport.making import make
from gateway.core.transport.origins import OriginMap
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.response import WireResponse


class Outlet:
    """Links that apply limits, retries, deadlines and address checks, on nobody's behalf.

    For a server that speaks to a service in its own name, such as a relying party of a sign-in
    system. Use it as an asynchronous context manager.
    """

    def __init__(
        self,
        adapter: Adapter,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        observers: tuple[CallObserver, ...] = (),
        contact: str | None = None,
    ) -> None:
        """Prepares to send; nothing is sent.

        Args:
            adapter: Signs and classifies; its settings map the host roles.
            transport: Carries requests; one of its own if absent.
            clock: Source of time.
            observers: Told of attempts and breakers.
            contact: What to add to the truthful User-Agent.

        Raises:
            ConfigurationError: The settings cannot be used.
        """
        settings = adapter.settings
        hosts = OriginMap(adapter.instance.hosts, base_url=settings.base_url, hosts=settings.hosts)
        self.adapter = adapter
        self.clock = clock if clock is not None else SystemClock()
        self.origins = hosts
        self._way = way_of(adapter, hosts.mapped, contact=contact)
        self._transport = transport if transport is not None else make()
        self._engine = Engine(
            transport=self._transport, clock=self.clock, rng=SystemRandom(), observers=observers
        )
        set_limits(self._engine, adapter, self._way)

    def link(self, session: Session | None = None) -> Link:
        """A link for one call, with the declaration's deadline from now on.

        Args:
            session: What the adapter signs with, where the caller keeps a person's token itself.
        """
        seconds = self.adapter.declaration.limits.call_seconds
        bearer = _Nobody(self.adapter, session)
        deadline = Deadline.after(self.clock, seconds)
        call = CallContext(bearer=bearer, way=self._way, deadline=deadline)
        return LiveLink(self.adapter, self._engine, call, self.clock, BoundedMemo())

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _Nobody:
    """Sends on no stored account's behalf; cookies live as long as the call."""

    def __init__(self, adapter: Adapter, session: Session | None) -> None:
        self.who = f"call:{id(self):x}"
        self.adapter = adapter
        self.jar = CookieJar()
        self._session = session

    @property
    def session(self) -> Session | None:
        return self._session

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        self.jar = jar

    @property
    def relogin(self) -> Callable[[Session | None], Awaitable[None]] | None:
        return None
