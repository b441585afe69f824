"""The key that signs markers here; made anew in every process, its certificate for everybody."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

_BITS: Final = 2048
_FIRST_DAY: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LIFE: Final = timedelta(days=365 * 50)


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS)


def signature(data: bytes) -> bytes:
    """RSA with SHA-256."""
    return _key().sign(data, PKCS1v15(), hashes.SHA256())


@cache
def certificate() -> bytes:
    """The certificate, PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "esia.sandbox.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(1)
        .not_valid_before(_FIRST_DAY)
        .not_valid_after(_FIRST_DAY + _LIFE)
        .sign(_key(), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


@cache
def public_key() -> bytes:
    """The bare public key, PEM, for clients that want no certificate."""
    return (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
