"""JSON documents with a version, and the way from each past version to the present one."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import msgspec

from gateway.core.errors import StoreUnreadable


class Versioned(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document that says its version in `v`.

    A further field with a default needs no new version; removing, renaming or retyping one does.
    """

    v: int


D = TypeVar("D", bound=Versioned)

Migration = Callable[[dict[str, object]], dict[str, object]]
"""Makes a decoded document of version n into one of version n + 1, apart from `v`."""


class DocumentReader(Generic[D]):
    """Reads documents of one kind, of the present version and all past ones.

    Args:
        shape: Struct of the present version.
        version: The present version.
        migrations: By the version they start from, one for each past version.
    """

    def __init__(
        self, shape: type[D], *, version: int, migrations: Mapping[int, Migration] | None = None
    ) -> None:
        self._version = version
        self._migrations = dict(migrations or {})
        self._decoder = msgspec.json.Decoder(shape)
        self._shape = shape

    def read(self, payload: bytes) -> D:
        """The document, brought to the present version.

        Raises:
            StoreUnreadable: It is none, or of a version that is newer or was never known.
        """
        # What failed is not chained: a validation error quotes values, and these are secret.
        try:
            return self._read(payload)
        except msgspec.ValidationError as error:
            where = str(error).rpartition(" - at ")[2] if " - at " in str(error) else "`$`"
            raise StoreUnreadable(f"the document does not fit at {where}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise StoreUnreadable("the document is no JSON") from None

    def _read(self, payload: bytes) -> D:
        version = _VERSION.decode(payload).v
        if version == self._version:
            return self._decoder.decode(payload)
        document = msgspec.json.decode(payload, type=dict[str, object])
        while version != self._version:
            migrate = self._migrations.get(version)
            if migrate is None:
                raise StoreUnreadable(f"documents of version {version} are not known here")
            try:
                document = migrate(document)
            except (LookupError, TypeError, ValueError, ArithmeticError, OSError, AttributeError):
                raise StoreUnreadable(f"the document is no version {version}") from None
            version += 1
        return msgspec.convert({**document, "v": version}, self._shape)


_VERSION = msgspec.json.Decoder(Versioned)
