"""Certificates as ЕСИА names them: by their digest."""

import ssl
from pathlib import Path

from gateway.core.errors import ConfigurationError
from gateway_gosuslugi.esia.crypto.streebog import streebog256


def certificate_hash(certificate_file: Path) -> str:
    """`client_certificate_hash` of a certificate in PEM or DER: Стрибог-256, upper-case hex.

    One description speaks of SHA-256; for GOST certificates this is what works (protocol notes
    2.1).

    Raises:
        ConfigurationError: The file cannot be read.
    """
    return streebog256(der_of(certificate_file)).hex().upper()


def der_of(certificate_file: Path) -> bytes:
    """The bytes of a certificate in PEM or DER.

    Raises:
        ConfigurationError: The file cannot be read.
    """
    try:
        told = certificate_file.read_bytes()
        if b"-----BEGIN" not in told:
            return told
        begin = told.index(b"-----BEGIN CERTIFICATE-----")
        end = told.index(b"-----END CERTIFICATE-----", begin)
        pem = told[begin:end].decode("ascii") + "-----END CERTIFICATE-----\n"
        return ssl.PEM_cert_to_DER_cert(pem)
    except (OSError, ValueError):
        raise ConfigurationError("the certificate cannot be read") from None
