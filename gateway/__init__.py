"""One Python API to Russia's school e-diaries.

Names are imported on first use, so `import gateway` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.core import errors, hooks, model
    from gateway.core.client.diary import AsyncDiary
    from gateway.core.client.gateway import Account, AsyncGateway
    from gateway.core.client.options import CallOptions
    from gateway.core.client.sync import Diary, Gateway
    from gateway.core.config import Settings
    from gateway.core.contract import steps
    from gateway.core.contract.capability import Capability, Support, SupportInfo
    from gateway.core.errors import GatewayError
    from gateway.core.hooks import hookimpl
    from gateway.core.login.status import Login
    from gateway.core.model import NOT_LOADED, Answer
    from gateway.core.replay.normalize import normalize
    from gateway.core.sessions.file import FileStore
    from gateway.core.sessions.memory import MemoryStore
    from gateway.core.sessions.store import SessionStore
    from gateway.core.version import VERSION as __version__  # noqa: N811 - the usual name

_HOMES = {
    "Account": "gateway.core.client.gateway",
    "Answer": "gateway.core.model",
    "AsyncDiary": "gateway.core.client.diary",
    "AsyncGateway": "gateway.core.client.gateway",
    "CallOptions": "gateway.core.client.options",
    "Capability": "gateway.core.contract.capability",
    "Diary": "gateway.core.client.sync",
    "FileStore": "gateway.core.sessions.file",
    "Gateway": "gateway.core.client.sync",
    "GatewayError": "gateway.core.errors",
    "Login": "gateway.core.login.status",
    "MemoryStore": "gateway.core.sessions.memory",
    "NOT_LOADED": "gateway.core.model",
    "SessionStore": "gateway.core.sessions.store",
    "Settings": "gateway.core.config",
    "Support": "gateway.core.contract.capability",
    "SupportInfo": "gateway.core.contract.capability",
    "hookimpl": "gateway.core.hooks",
    "normalize": "gateway.core.replay.normalize",
}
_MODULES = {
    "errors": "gateway.core.errors",
    "hooks": "gateway.core.hooks",
    "model": "gateway.core.model",
    "steps": "gateway.core.contract.steps",
}

__all__ = [
    "NOT_LOADED",
    "Account",
    "Answer",
    "AsyncDiary",
    "AsyncGateway",
    "CallOptions",
    "Capability",
    "Diary",
    "FileStore",
    "Gateway",
    "GatewayError",
    "Login",
    "MemoryStore",
    "SessionStore",
    "Settings",
    "Support",
    "SupportInfo",
    "__version__",
    "errors",
    "hookimpl",
    "hooks",
    "model",
    "normalize",
    "steps",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("gateway.core.version").VERSION
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'gateway' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
