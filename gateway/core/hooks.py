"""The few hooks through which plugins join the gateway.

Every hook is called plugin by plugin, so that one broken plugin hides no other.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pluggy

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.identity import IdentityProvider
from gateway.core.contract.observer import CallObserver

PROJECT: Final = "diary-gateway"
ENTRY_POINT_GROUP: Final = "gateway.providers"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gateway_providers() -> Sequence[Declaration]:  # type: ignore[empty-body]  # a specification
    """Providers that the plugin speaks to."""


@hookspec
def gateway_identity_providers() -> Sequence[IdentityProvider]:  # type: ignore[empty-body]  # likewise
    """Sign-in systems shared by several providers."""


@hookspec
def gateway_call_observers() -> Sequence[CallObserver]:  # type: ignore[empty-body]  # likewise
    """Observers of calls, for metrics and logs."""


@hookspec
def gateway_subject_aliases() -> Mapping[str, str]:  # type: ignore[empty-body]  # likewise
    """Canonical names of subjects by the names that schools use, in lower case."""


@hookspec
def gateway_grading_scales() -> Mapping[str, Mapping[str, float]]:  # type: ignore[empty-body]  # likewise
    """Further scales: a scale's name → sign → place in [0, 1]."""
