"""The entry point: tells the gateway which services this plugin speaks to."""

from collections.abc import Sequence

from gateway.core.contract.declaration import Declaration
from gateway.core.hooks import hookimpl
from gateway_mos_ru.declaration import DECLARATIONS


@hookimpl
def gateway_providers() -> Sequence[Declaration]:
    """Moscow, Moscow Oblast and the other regional nodes."""
    return DECLARATIONS
