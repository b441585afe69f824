"""What all calls of one gateway share."""

from collections.abc import Mapping
from random import Random
from typing import Any

from gateway.core.client.packing import pack, unpack
from gateway.core.client.ways import set_limits, way_of
from gateway.core.config import Settings
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.identity import IdentityProvider
from gateway.core.contract.loading import load
from gateway.core.contract.observer import CallObserver
from gateway.core.contract.session import Session
from gateway.core.errors import ConfigurationError
from gateway.core.model import Answer
from gateway.core.pipeline.cache import AnswerCache
from gateway.core.pipeline.cache_key import AccountRef
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.engine import Engine
from gateway.core.pipeline.single_flight import SingleFlight
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.keeper import SessionKeeper
from gateway.core.sessions.store import RecordStore
from gateway.core.transport.client import Transport
from gateway.core.transport.origins import OriginMap
from gateway.core.transport.way import Way


class Services:
    """Registry, store, transport, engine, cache and clock of one gateway."""

    def __init__(
        self,
        *,
        settings: Settings,
        registry: Registry,
        store: RecordStore,
        transport: Transport,
        clock: Clock,
        rng: Random,
        observers: tuple[CallObserver, ...] = (),
    ) -> None:
        self.settings = settings
        self.registry = registry
        self.clock = clock
        self.log_key = rng.randbytes(32)
        self.observers = (*registry.observers, *observers)
        self.transport = transport
        self.engine = Engine(transport=transport, clock=clock, rng=rng, observers=self.observers)
        self.flights = SingleFlight(clock)
        self.cache: AnswerCache[tuple[str, Answer[Any]]] = AnswerCache(
            clock,
            dump=pack,
            load=unpack,
            decoded_entries=settings.cache_entries,
            packed_bytes=settings.cache_bytes,
        )
        self.keeper = SessionKeeper(
            store,
            adapter_for=self._adapter_of,
            clock=clock,
            on_new_epoch=self._new_epoch,
        )
        self._adapters: dict[tuple[object, ...], Adapter] = {}
        self._ways: dict[int, Way] = {}

    def declaration(self, name: str) -> Declaration:
        """A provider's declaration.

        Raises:
            UnknownProvider: No plugin brought it.
        """
        return self.registry.provider(name)

    def adapter(
        self, declaration: Declaration, instance: Instance, base_urls: Mapping[str, str]
    ) -> Adapter:
        """The adapter of an instance as the operator mapped it; one for all its accounts.

        Raises:
            ConfigurationError: The provider's settings cannot be used.
        """
        roles = tuple(sorted(instance.hosts))
        key = (declaration.name, instance.key, roles, tuple(sorted(base_urls.items())))
        found = self._adapters.get(key)
        if found is None:
            made = load(declaration.adapter, Adapter)
            found = made(declaration, instance, self.settings.provider(declaration))
            found.identity_providers = self.registry.identity_providers
            self._adapters[key] = found
            way = way_of(found, base_urls, contact=self.settings.user_agent)
            set_limits(self.engine, found, way)
            self._ways[id(found)] = way
        return found

    def way(self, adapter: Adapter) -> Way:
        """How requests of an adapter's instance travel."""
        return self._ways[id(adapter)]

    def mapping(self, declaration: Declaration, instance: Instance) -> Mapping[str, str]:
        """Where the operator maps the host roles now."""
        settings = self.settings.provider(declaration)
        elsewhere = {*instance.tenant_hosts, *self._sign_in_roles(declaration)}
        elsewhere -= instance.hosts.keys()
        hosts = {role: url for role, url in settings.hosts.items() if role not in elsewhere}
        return OriginMap(instance.hosts, base_url=settings.base_url, hosts=hosts).mapped

    def instance(self, declaration: Declaration, key: str | None) -> Instance:
        """An instance by key, the default for None.

        Raises:
            ConfigurationError: There is none.
        """
        try:
            return declaration.instance(key)
        except KeyError:
            known = ", ".join(item.key for item in declaration.instances)
            raise ConfigurationError(
                f"{declaration.name} has no instance {key!r}; there are: {known}",
                provider=declaration.name,
            ) from None

    def identity_provider(self, declaration: Declaration, method: str) -> IdentityProvider | None:
        """The sign-in system that a login method goes through, if it is installed."""
        chosen = declaration.login_method(method)
        system = None if chosen is None else chosen.identity_provider
        return None if system is None else self.registry.identity_providers.get(system)

    def account_ref(self, session: Session) -> AccountRef:
        """The account as the cache knows it."""
        return AccountRef(self.keeper.store.tenant, session.provider, session.account)

    def _sign_in_roles(self, declaration: Declaration) -> frozenset[str]:
        """Host roles of the sign-in systems that a provider's methods go through."""
        systems = (
            self.identity_provider(declaration, item.name) for item in declaration.login_methods
        )
        return frozenset(role for system in systems if system is not None for role in system.hosts)

    def _adapter_of(self, session: Session) -> Adapter:
        declaration = self.registry.provider(session.provider)
        instance = self.instance(declaration, session.instance)
        return self.adapter(declaration, instance, session.base_urls)

    def _new_epoch(self, session: Session) -> None:
        self.cache.raise_epoch(self.account_ref(session))
