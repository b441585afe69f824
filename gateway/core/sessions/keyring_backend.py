"""The operating system's keyring as a place for store keys; needs the extra `keyring`."""

from importlib import import_module
from typing import Final, Protocol, cast

_SERVICE: Final = "diary-gateway"
_ENTRY: Final = "store-keys"
_REAL: Final = 1.0


class Keyring(Protocol):
    """What is used of a keyring backend."""

    priority: float

    def get_password(self, service: str, username: str) -> str | None:
        """The text kept under a service and a name."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps a text under a service and a name."""
        ...


class KeyringPlace:
    """Store keys in one entry of a keyring that works."""

    def __init__(self, backend: Keyring) -> None:
        self._backend = backend
        self.name = f"{type(backend).__module__}.{type(backend).__qualname__}"

    def read(self) -> str | None:
        """The keys that are kept, as text; None if there are none or the keyring fails."""
        try:
            return self._backend.get_password(_SERVICE, _ENTRY)
        except Exception:  # noqa: BLE001 - backends raise whatever their system does
            return None

    def write(self, text: str) -> bool:
        """Keeps the keys and says whether they can be read again."""
        try:
            self._backend.set_password(_SERVICE, _ENTRY, text)
        except Exception:  # noqa: BLE001 - backends raise whatever their system does
            return False
        return self.read() == text


def working_keyring() -> KeyringPlace | None:
    """The keyring of this machine, if there is one that is fit for secrets.

    Backends of a priority under 1 (none at all, or plain text) are passed over.
    """
    try:
        backend = cast("Keyring", import_module("keyring").get_keyring())
        real = backend.priority >= _REAL
    except Exception:  # noqa: BLE001 - the extra is missing, or a backend raises at first sight
        return None
    return KeyringPlace(backend) if real else None
