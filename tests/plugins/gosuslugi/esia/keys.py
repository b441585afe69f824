"""Keys and certificates of fictional systems, made on the spot."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)


@cache
def rsa_key(number: int = 0) -> rsa.RSAPrivateKey:
    """The same key for the whole run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def rsa_certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    """A certificate that a key has signed for itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "DEMO01")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_FIRST)
        .not_valid_after(_FIRST + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )


def rsa_files(folder: Path, number: int = 0, *, password: bytes | None = None) -> tuple[Path, Path]:
    """Key and certificate as files."""
    key = rsa_key(number)
    encryption = (
        serialization.NoEncryption()
        if password is None
        else serialization.BestAvailableEncryption(password)
    )
    key_file, certificate_file = folder / f"rsa-{number}.key", folder / f"rsa-{number}.crt"
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
    )
    certificate_file.write_bytes(rsa_certificate(key).public_bytes(serialization.Encoding.PEM))
    return key_file, certificate_file


def openssl(*arguments: str, data: bytes = b"") -> bytes:
    """What the program says."""
    done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True)
    return done.stdout


@cache
def _has_gost() -> bool:
    if shutil.which("openssl") is None:
        return False
    told = subprocess.run(["openssl", "engine", "gost", "-t"], capture_output=True, check=False)
    return b"[ available ]" in told.stdout


needs_gost = pytest.mark.skipif(
    not _has_gost(), reason="openssl has no gost engine here: install libengine-gost-openssl"
)


def gost_files(folder: Path, name: str = "gost") -> tuple[Path, Path]:
    """Key and certificate of GOST R 34.10-2012 as files."""
    key_file, certificate_file = folder / f"{name}.key", folder / f"{name}.crt"
    engine = ("-engine", "gost")
    algorithm = ("-algorithm", "gost2012_256", "-pkeyopt", "paramset:A")
    openssl("genpkey", *engine, *algorithm, "-out", str(key_file))
    openssl(
        *("req", *engine, "-new", "-x509", "-md_gost12_256", "-key", str(key_file)),
        *("-subj", "/CN=DEMO01", "-days", "36500", "-out", str(certificate_file)),
    )
    return key_file, certificate_file
