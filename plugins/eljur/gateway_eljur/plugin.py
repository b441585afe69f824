"""The entry point: tells the gateway which services this plugin speaks to."""

from collections.abc import Sequence

from gateway.core.contract.declaration import Declaration
from gateway.core.hooks import hookimpl
from gateway_eljur.declaration import ELJUR


@hookimpl
def gateway_providers() -> Sequence[Declaration]:
    """ЭлЖур with all of its hosts."""
    return (ELJUR,)
