"""Checks `client_secret` (notes 2.1): PKCS#7 with RSA here, GOST by the `openssl` program."""

import base64
import binascii
import hmac
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from gateway_gosuslugi.emulator.esia.pkcs7 import BadMessageError, signer_of
from gateway_gosuslugi.emulator.esia.refusals import RefusedError
from gateway_gosuslugi.emulator.esia.systems import System
from gateway_gosuslugi.esia.crypto.certificates import certificate_hash

_RAW_BYTES: Final = 64
_OPENSSL: Final = "openssl"
_SECONDS: Final = 10
WRONG, FOREIGN = "007053", "007002"


def check_message(system: System, secret: str, data: bytes) -> None:
    """The old generation: a detached message; the first certificate of a system is remembered.

    A message of GOST is checked where `openssl` can.

    Raises:
        RefusedError: The signature does not hold, or is another system's.
    """
    message = _decoded(secret)
    try:
        certificate = signer_of(message, data)
    except BadMessageError:
        if not (has_gost() and _message_holds(message, data)):
            raise RefusedError(WRONG) from None
        return
    if system.certificate is None:
        system.certificate = certificate
    elif system.certificate.strip() != certificate.strip():
        raise RefusedError(FOREIGN)


def check_raw(system: System, secret: str, data: bytes, sent_hash: str) -> None:
    """The new generation: 64 bytes; checked whole where the certificate was handed in.

    Raises:
        RefusedError: The signature does not hold, or the certificate is not the system's.
    """
    signature = _decoded(secret)
    if len(signature) != _RAW_BYTES:
        raise RefusedError(WRONG)
    if system.certificate is None:
        return
    with TemporaryDirectory(prefix="esia-sandbox-") as folder:
        certificate = Path(folder, "system.pem")
        certificate.write_bytes(system.certificate)
        if not hmac.compare_digest(certificate_hash(certificate), sent_hash.upper()):
            raise RefusedError(FOREIGN)
        if has_gost() and not _raw_holds(Path(folder), certificate, signature, data):
            raise RefusedError(WRONG)


@cache
def has_gost() -> bool:
    """Whether the machine's `openssl` knows GOST."""
    try:
        told = _run("engine", "gost", "-t")
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"[ available ]" in told.stdout


def _raw_holds(folder: Path, certificate: Path, signature: bytes, data: bytes) -> bool:
    public, signed = folder / "public.pem", folder / "signature"
    told = _run("x509", "-engine", "gost", "-in", str(certificate), "-noout", "-pubkey")
    public.write_bytes(told.stdout)
    signed.write_bytes(signature)
    done = _run(
        *("dgst", "-engine", "gost", "-md_gost12_256"),
        *("-verify", str(public), "-signature", str(signed)),
        data=data,
    )
    return done.returncode == 0


def _message_holds(message: bytes, data: bytes) -> bool:
    with TemporaryDirectory(prefix="esia-sandbox-") as folder:
        content = Path(folder, "content")
        content.write_bytes(data)
        done = _run(
            *("cms", "-verify", "-engine", "gost", "-inform", "DER", "-binary", "-noverify"),
            *("-content", str(content)),
            data=message,
        )
    return done.returncode == 0 and done.stdout == data


def _run(*arguments: str, data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603 - no shell, and no word of a client among the arguments
        (_OPENSSL, *arguments), input=data, capture_output=True, check=False, timeout=_SECONDS
    )


def _decoded(secret: str) -> bytes:
    try:
        padded = secret + "=" * (-len(secret) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(WRONG) from None
