"""Unified identifiers: `provider[@instance]:kind:key[/key…]`.

Equal for every account that sees a thing, stable between polls, and turned back into native keys
without a request.
"""

from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import quote, unquote

from gateway.core.errors import InvalidId

MAIN_INSTANCE: Final = "main"
"""Key of the instance that ids do not name."""


@dataclass(frozen=True, slots=True)
class UnifiedId:
    """An identifier taken apart."""

    provider: str
    instance: str
    kind: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        return Ids(self.provider, self.instance).of(self.kind, *self.keys)


class Ids:
    """Makes and reads the identifiers of one provider instance."""

    __slots__ = ("instance", "prefix", "provider")

    def __init__(self, provider: str, instance: str = MAIN_INSTANCE) -> None:
        self.provider = provider
        self.instance = instance
        self.prefix = provider if instance == MAIN_INSTANCE else f"{provider}@{instance}"

    def of(self, kind: str, *keys: str | int) -> str:
        """The identifier of a thing by its native keys."""
        parts = [str(k) if isinstance(k, int) or k.isalnum() else quote(k, "") for k in keys]
        return f"{self.prefix}:{kind}:{'/'.join(parts)}"

    def keys(self, kind: str, text: str, *, count: int | None = None) -> tuple[str, ...]:
        """The native keys of an identifier of this instance and kind.

        Raises:
            InvalidId: It is malformed or of another provider, instance or kind.
        """
        found = parse_id(text)
        if (found.provider, found.instance, found.kind) != (self.provider, self.instance, kind):
            raise InvalidId(f"not a {kind} of {self.prefix}")
        if count is not None and len(found.keys) != count:
            raise InvalidId(f"a {kind} of {self.prefix} has {count} keys")
        return found.keys

    def key(self, kind: str, text: str) -> str:
        """The only native key of an identifier.

        Raises:
            InvalidId: It is malformed or of another provider, instance or kind.
        """
        return self.keys(kind, text, count=1)[0]


class Beginnings:
    """The beginnings of a provider's identifiers, by kind: `keys.lesson + str(number)`.

    A week takes hundreds of identifiers, so that each kind with a native key of its own has its
    beginning ready as an attribute. What follows must need no escaping, as numbers and UUIDs do
    not; other keys go through `ids.of`.

    Attributes:
        kinds: Those kinds, which a plugin's subclass lists and has as its `__slots__`.
    """

    __slots__ = ("ids",)

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        for kind in self.kinds:
            setattr(self, kind, f"{ids.prefix}:{kind}:")


def parse_id(text: str) -> UnifiedId:
    """Takes an identifier apart.

    Raises:
        InvalidId: It is malformed.
    """
    prefix, _, rest = text.partition(":")
    kind, _, keys = rest.partition(":")
    provider, _, instance = prefix.partition("@")
    if not (provider and kind and keys) or ("@" in prefix and not instance):
        raise InvalidId("an identifier has the form provider:kind:key")
    return UnifiedId(
        provider, instance or MAIN_INSTANCE, kind, tuple(unquote(key) for key in keys.split("/"))
    )
