"""What a gateway is made with, for the synchronous twin."""

from typing import TYPE_CHECKING, TypedDict

from gateway.core.config import Settings
from gateway.core.contract.observer import CallObserver
from gateway.core.pipeline.clock import Clock
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.store import RecordStore

if TYPE_CHECKING:
    from gateway.core.transport.client import Transport


class GatewayOptions(TypedDict, total=False):
    """The arguments of `AsyncGateway`."""

    settings: Settings | None
    store: RecordStore | None
    registry: Registry | None
    observers: tuple[CallObserver, ...]
    clock: Clock | None
    transport: "Transport | None"
