"""Detached PKCS#7 with an RSA key: registrations of the old generation, and test stands."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from gateway.core.errors import ConfigurationError
from gateway_gosuslugi.esia.crypto.signer import SignatureForm


@dataclass(frozen=True, slots=True, kw_only=True)
class RsaSigner:
    """Signs with an RSA key and SHA-256.

    Attributes:
        key_file: Private key, PEM.
        certificate_file: Its certificate, PEM.
        password_file: File whose first line is the key's password, where it has one.
    """

    key_file: Path
    certificate_file: Path
    password_file: Path | None = None

    @property
    def form(self) -> SignatureForm:
        """The only form that RSA registrations use."""
        return SignatureForm.DETACHED

    async def sign(self, data: bytes) -> bytes:
        """The signature of `data`, a PKCS#7 message in DER.

        Raises:
            ConfigurationError: Key or certificate cannot be used.
        """
        key, certificate = self._key(), self._certificate()
        options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]
        builder = PKCS7SignatureBuilder().set_data(data)
        try:
            return builder.add_signer(certificate, key, hashes.SHA256()).sign(
                serialization.Encoding.DER, options
            )
        except (ValueError, TypeError):
            raise ConfigurationError("certificate and key do not fit each other") from None

    def _key(self) -> RSAPrivateKey:
        try:
            password = None
            if self.password_file is not None:
                password = self.password_file.read_bytes().splitlines()[0]
            key = serialization.load_pem_private_key(self.key_file.read_bytes(), password)
        except (OSError, ValueError, TypeError, IndexError):
            raise ConfigurationError("the RSA key cannot be read") from None
        if not isinstance(key, RSAPrivateKey):
            raise ConfigurationError("the key is no RSA key")
        return key

    def _certificate(self) -> x509.Certificate:
        try:
            return x509.load_pem_x509_certificate(self.certificate_file.read_bytes())
        except (OSError, ValueError):
            raise ConfigurationError("the certificate cannot be read") from None
