"""What a relying party signs with; implementations differ in where the key lives."""

from enum import StrEnum
from typing import Protocol


class SignatureForm(StrEnum):
    """What the bytes of a signature are.

    Attributes:
        RAW: The signature alone, 64 bytes for GOST R 34.10-2012 with a 256-bit key.
        DETACHED: A PKCS#7 message in DER without the data.
    """

    RAW = "raw"
    DETACHED = "detached"


class Signer(Protocol):
    """Signs in one form with one key.

    Attributes:
        form: What `sign()` gives; the old generation of ЕСИА wants `DETACHED`, the new one `RAW`.
    """

    @property
    def form(self) -> SignatureForm:
        """What `sign()` gives."""
        ...

    async def sign(self, data: bytes) -> bytes:
        """The signature of `data`.

        Raises:
            ConfigurationError: Key, certificate or program cannot be used.
        """
        ...
