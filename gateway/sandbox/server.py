"""Serves providers' emulators over one fictional world, on loopback only."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Event, Thread

import uvicorn

from gateway.core.config import Settings
from gateway.core.contract.emulator import Emulator, SandboxAccount
from gateway.core.errors import ConfigurationError
from gateway.core.registry.plugins import Registry
from gateway.sandbox.connecting import SANDBOX_LOGIN_RATE, emulator_of
from gateway.sandbox.faults import Fault, FaultyApp
from gateway.sandbox.world import World, WorldState, build_world

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Served:
    """One provider's emulator on its port.

    Attributes:
        provider: Provider name.
        origin: Where all of its hosts are served.
    """

    provider: str
    origin: str


class Sandbox:
    """The fictional school, with as many providers' emulators as are installed."""

    def __init__(
        self,
        registry: Registry | None = None,
        *,
        seed: int = 1,
        today: date | None = None,
        faults: Sequence[Fault] = (),
    ) -> None:
        self.registry = registry if registry is not None else Registry()
        self.seed = seed
        self._today = today
        self._faults = tuple(faults)

    @cached_property
    def world(self) -> World:
        """The fictional world."""
        return build_world(self.seed, self._today)

    @property
    def providers(self) -> tuple[str, ...]:
        """Providers that can be served."""
        return tuple(self.registry.providers)

    def emulator(self, provider: str) -> Emulator:
        """A provider's emulator.

        Raises:
            UnknownProvider: No plugin brought it.
            PluginBroken: Its emulator cannot be imported.
        """
        return emulator_of(self.registry.provider(provider))

    def accounts(self, provider: str) -> tuple[SandboxAccount, ...]:
        """The accounts of a provider's emulator; nothing is started."""
        return self.emulator(provider).accounts(self.world)

    def settings(self, served: Sequence[Served]) -> Settings:
        """Settings with which a gateway speaks to what is served."""
        return Settings(
            providers={
                item.provider: dict(self.emulator(item.provider).settings(item.origin))
                for item in served
            },
            allow_assumed_logins=True,
            login_rate=SANDBOX_LOGIN_RATE,
        )

    @contextmanager
    def serving(self, ports: Mapping[str, int]) -> Iterator[tuple[Served, ...]]:
        """Serves providers until the block ends; port 0 takes any free one.

        Raises:
            ConfigurationError: A port is taken.
        """
        with contextlib.ExitStack() as stack:
            sockets = {
                name: stack.enter_context(contextlib.closing(_bound(port)))
                for name, port in ports.items()
            }
            state = WorldState(self.world)
            served = []
            servers = []
            for name, listener in sockets.items():
                origin = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
                app = self.emulator(name).app(self.world, state, origin=origin)
                if self._faults:
                    app = FaultyApp(app, self._faults, seed=self.seed)
                config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
                servers.append((uvicorn.Server(config), listener))
                served.append(Served(name, origin))
            stack.enter_context(_running(servers))
            yield tuple(served)


def _bound(port: int) -> socket.socket:
    # Without the protocol asyncio leaves Nagle's delay on, 40 ms for each answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(f"port {port} cannot be used: {error.strerror}") from None
    return listener


@contextmanager
def _running(servers: Sequence[tuple[uvicorn.Server, socket.socket]]) -> Iterator[None]:
    """Runs all servers in one thread with one loop."""
    ready = Event()

    async def serve() -> None:
        tasks = [
            asyncio.create_task(server.serve(sockets=[listener])) for server, listener in servers
        ]
        while not all(server.started for server, _ in servers):  # noqa: ASYNC110 - see below
            await asyncio.sleep(0.005)  # uvicorn offers no event for it
        ready.set()
        await asyncio.gather(*tasks)

    thread = Thread(target=lambda: asyncio.run(serve()), name="sandbox", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        for server, _ in servers:
            server.should_exit = True
            server.force_exit = True
        thread.join()
