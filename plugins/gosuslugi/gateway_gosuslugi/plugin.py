"""The entry point: tells the gateway of the diary and of the sign-in system."""

from collections.abc import Sequence

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.identity import IdentityProvider
from gateway.core.hooks import hookimpl
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.esia import identity_providers


@hookimpl
def gateway_providers() -> Sequence[Declaration]:
    """«Госуслуги Моя школа»."""
    return (GOSUSLUGI,)


@hookimpl
def gateway_identity_providers() -> Sequence[IdentityProvider]:
    """ЕСИА."""
    return identity_providers()
