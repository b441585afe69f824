"""Whether a marker was signed by ЕСИА: RSA here, GOST by the `openssl` program."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from gateway.core.errors import ConfigurationError
from gateway_gosuslugi.esia.crypto.certificates import der_of
from gateway_gosuslugi.esia.crypto.openssl import verified

RS256: Final = "RS256"
_GOST_DIGESTS: Final[Mapping[str, str]] = {
    "GOST3410_2012_256": "md_gost12_256",
    "GOST3410_2012_512": "md_gost12_512",
}
ALGORITHMS: Final = frozenset({RS256, *_GOST_DIGESTS})
"""All that ЕСИА signs with; anything else, `none` above all, is refused."""


class Verifier(Protocol):
    """Knows the keys of ЕСИА."""

    async def is_genuine(self, algorithm: str, signed: bytes, signature: bytes) -> bool:
        """Whether one of the keys has signed this with this algorithm of `ALGORITHMS`."""
        ...


@dataclass(frozen=True, slots=True)
class CertificateVerifier:
    """Trusts certificates in files; ЕСИА replaces its own about once a year.

    A key answers only for its own algorithm: a marker cannot choose a weaker check.

    Attributes:
        files: Certificates of ЕСИА, PEM or DER; old and new side by side.
        program: The `openssl` program, for GOST.
    """

    files: tuple[Path, ...]
    program: str = "openssl"

    async def is_genuine(self, algorithm: str, signed: bytes, signature: bytes) -> bool:
        """Whether one of the certificates' keys has signed this.

        Raises:
            ConfigurationError: No certificate is set, one cannot be read, or GOST is not there.
        """
        if not self.files:
            raise ConfigurationError("no certificate of ЕСИА is set to verify its markers with")
        if algorithm not in ALGORITHMS:
            return False
        digest = _GOST_DIGESTS.get(algorithm)
        check: Callable[[Path], Awaitable[bool]]
        if digest is None:

            async def check(file: Path) -> bool:
                return _by_rsa(file, signed, signature)

        else:

            async def check(file: Path) -> bool:
                return await self._by_gost(file, signed, signature, digest)

        for file in self.files:
            if await check(file):
                return True
        return False

    async def _by_gost(self, file: Path, signed: bytes, signature: bytes, digest: str) -> bool:
        """Libraries write the two halves in either order of bytes; both stand for one signature."""
        if _rsa_key(file) is not None:
            return False
        for spelling in (signature, signature[::-1]):
            if await verified(signed, spelling, file, digest=digest, program=self.program):
                return True
        return False


def _by_rsa(file: Path, signed: bytes, signature: bytes) -> bool:
    key = _rsa_key(file)
    if key is None:
        return False
    try:
        key.verify(signature, signed, PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _rsa_key(file: Path) -> RSAPublicKey | None:
    """The RSA key of a certificate or of a bare public key; None for a key of another kind."""
    try:
        told = file.read_bytes()
        if b"-----BEGIN PUBLIC KEY-----" in told:
            found = serialization.load_pem_public_key(told)
        else:
            certificate = x509.load_der_x509_certificate(der_of(file))
            found = certificate.public_key()
    except ConfigurationError:
        raise
    except OSError:
        raise ConfigurationError("a certificate of ЕСИА cannot be read") from None
    except Exception:  # noqa: BLE001 - the library has no key of GOST and says so in many ways
        return None
    return found if isinstance(found, RSAPublicKey) else None
