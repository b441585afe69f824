"""Which plugins there are; a broken one is named and skipped, never hidden, never fatal."""

import importlib.metadata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pluggy

from gateway.core import hooks
from gateway.core.contract.declaration import PLUGIN_API, Declaration
from gateway.core.contract.identity import IdentityProvider
from gateway.core.contract.observer import CallObserver
from gateway.core.errors import GatewayError, PluginBroken, PluginIncompatible, UnknownProvider


class EntryPoint(Protocol):
    """The part of an entry point that is used."""

    @property
    def name(self) -> str:
        """Name of the plugin."""
        ...

    def load(self) -> object:
        """Imports the plugin."""
        ...


@dataclass(frozen=True, slots=True)
class SkippedPlugin:
    """A plugin that could not join, and why."""

    name: str
    error: GatewayError


class Registry:
    """Providers, identity providers and observers of all plugins that could be imported."""

    def __init__(
        self,
        entry_points: Iterable[EntryPoint] | None = None,
        *,
        plugins: Mapping[str, object] | None = None,
    ) -> None:
        """Imports the declarations.

        Args:
            entry_points: What to load instead of the installed entry points.
            plugins: Further plugins by name, as modules or objects with hook implementations.
        """
        self._providers: dict[str, Declaration] = {}
        self._identity: dict[str, IdentityProvider] = {}
        self._observers: list[CallObserver] = []
        self._skipped: list[SkippedPlugin] = []
        self._aliases: dict[str, str] = {}
        self._scales: dict[str, Mapping[str, float]] = {}
        found = _installed() if entry_points is None else entry_points
        for point in found:
            try:
                self._join(point.name, point.load())
            except Exception as error:  # noqa: BLE001 - a foreign plugin may raise anything
                self._skip(point.name, error)
        for name, plugin in (plugins or {}).items():
            self._join(name, plugin)

    @property
    def providers(self) -> Mapping[str, Declaration]:
        """Declarations by provider name."""
        return self._providers

    @property
    def identity_providers(self) -> Mapping[str, IdentityProvider]:
        """Shared sign-in systems by name."""
        return self._identity

    @property
    def observers(self) -> tuple[CallObserver, ...]:
        """Observers that plugins brought."""
        return tuple(self._observers)

    @property
    def subject_aliases(self) -> Mapping[str, str]:
        """Canonical subject names by the names that schools use, in lower case."""
        return self._aliases

    @property
    def grading_scales(self) -> Mapping[str, Mapping[str, float]]:
        """Further grading scales."""
        return self._scales

    @property
    def skipped(self) -> tuple[SkippedPlugin, ...]:
        """Plugins that could not join."""
        return tuple(self._skipped)

    def provider(self, name: str) -> Declaration:
        """The declaration of a provider.

        Raises:
            UnknownProvider: No plugin brought it; the message names what was skipped.
        """
        try:
            return self._providers[name]
        except KeyError:
            reasons = "; ".join(f"{item.name}: {item.error.message}" for item in self._skipped)
            message = f"no provider {name!r}" + (f" (skipped: {reasons})" if reasons else "")
            raise UnknownProvider(message, provider=name) from None

    def for_region(self, code: str) -> tuple[tuple[Declaration, str], ...]:
        """Providers and instance keys that serve a region."""
        return tuple(
            (declaration, instance.key)
            for declaration in self._providers.values()
            for instance in declaration.instances
            if code in instance.regions
        )

    def _skip(self, name: str, error: BaseException) -> None:
        known = error if isinstance(error, GatewayError) else None
        self._skipped.append(
            SkippedPlugin(name, known or PluginBroken(f"{type(error).__name__} while loading"))
        )

    def _join(self, name: str, plugin: object) -> None:
        """Calls each hook of one plugin alone: pluggy stops at the first exception."""
        manager = pluggy.PluginManager(hooks.PROJECT)
        manager.add_hookspecs(hooks)
        manager.register(plugin, name)
        for declarations in self._called(name, manager, "gateway_providers"):
            for declaration in declarations:
                self._add_provider(name, declaration)
        for systems in self._called(name, manager, "gateway_identity_providers"):
            self._identity.update({system.name: system for system in systems})
        for observers in self._called(name, manager, "gateway_call_observers"):
            self._observers.extend(observers)
        for aliases in self._called(name, manager, "gateway_subject_aliases"):
            self._aliases.update(aliases)
        for scales in self._called(name, manager, "gateway_grading_scales"):
            self._scales.update(scales)

    def _called(self, name: str, manager: pluggy.PluginManager, hook: str) -> list[Any]:
        try:
            return list(getattr(manager.hook, hook)())
        except Exception as error:  # noqa: BLE001 - a foreign plugin may raise anything
            self._skip(name, error)
            return []

    def _add_provider(self, plugin: str, declaration: Declaration) -> None:
        major, minor = declaration.api
        if major != PLUGIN_API[0] or minor > PLUGIN_API[1]:
            wanted = f"{major}.{minor}"
            have = ".".join(map(str, PLUGIN_API))
            upgrade = "diary-gateway" if (major, minor) > PLUGIN_API else plugin
            self._skip(
                plugin,
                PluginIncompatible(
                    f"{declaration.name} was written for plugin API {wanted}, this is {have}; "
                    f"install a newer {upgrade}",
                    provider=declaration.name,
                ),
            )
        elif declaration.name in self._providers:
            self._skip(plugin, PluginBroken(f"provider {declaration.name} is declared twice"))
        else:
            self._providers[declaration.name] = declaration


def _installed() -> Iterable[EntryPoint]:
    return importlib.metadata.entry_points(group=hooks.ENTRY_POINT_GROUP)
