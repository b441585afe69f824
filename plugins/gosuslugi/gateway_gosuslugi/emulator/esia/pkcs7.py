"""Whether a detached PKCS#7 message was signed over some data; just enough DER for that."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding

_SEQUENCE, _SET, _OCTETS, _OID, _FIRST, _INTEGER = 0x30, 0x31, 0x04, 0x06, 0xA0, 0x02
_LONG: Final = 0x80
_MESSAGE_DIGEST: Final = bytes.fromhex("2a864886f70d010904")
_DIGESTS: Final[dict[bytes, tuple[str, hashes.HashAlgorithm]]] = {
    bytes.fromhex("2b0e03021a"): ("sha1", hashes.SHA1()),  # noqa: S303 - what old clients send
    bytes.fromhex("608648016503040201"): ("sha256", hashes.SHA256()),
    bytes.fromhex("608648016503040202"): ("sha384", hashes.SHA384()),
    bytes.fromhex("608648016503040203"): ("sha512", hashes.SHA512()),
}


class BadMessageError(Exception):
    """No PKCS#7 message, or one that signs something else."""


@dataclass(frozen=True, slots=True)
class _Part:
    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> list["_Part"]:
        return list(_parts_of(self.content))


def signer_of(message: bytes, data: bytes) -> bytes:
    """The certificate (PEM) whose RSA key has signed `data`.

    Raises:
        BadMessageError: It is no such message, or the signature does not hold.
    """
    try:
        return _checked(message, data)
    except (IndexError, ValueError, InvalidSignature) as error:
        raise BadMessageError(type(error).__name__) from None


def _checked(message: bytes, data: bytes) -> bytes:
    info = next(_parts_of(message))
    signed = info.parts()[1].parts()[0].parts()
    certificates = [part for part in signed if part.tag == _FIRST]
    signer = signed[-1].parts()[0].parts()
    certificate = x509.load_der_x509_certificate(certificates[0].parts()[0].whole)
    name, algorithm = _DIGESTS[signer[2].parts()[0].content] if _knows(signer[2]) else ("", None)
    key = certificate.public_key()
    if algorithm is None or not isinstance(key, RSAPublicKey):
        raise ValueError("another algorithm")
    covered = data
    if signer[3].tag == _FIRST:
        if _digest_in(signer[3]) != hashlib.new(name, data).digest():
            raise ValueError("another digest")
        covered = bytes([_SET]) + signer[3].whole[1:]
    signature = next(part for part in signer[4:] if part.tag == _OCTETS)
    key.verify(signature.content, covered, PKCS1v15(), algorithm)
    return certificate.public_bytes(Encoding.PEM)


def _knows(digest: _Part) -> bool:
    return digest.parts()[0].content in _DIGESTS


def _digest_in(attributes: _Part) -> bytes:
    for attribute in attributes.parts():
        name, values = attribute.parts()
        if name.content == _MESSAGE_DIGEST:
            return values.parts()[0].content
    raise ValueError("no digest")


def _parts_of(data: bytes) -> Iterator[_Part]:
    start = 0
    while start < len(data):
        size, begin = data[start + 1], start + 2
        if size >= _LONG:
            count = size - _LONG
            size = int.from_bytes(data[begin : begin + count])
            begin += count
        end = begin + size
        if end > len(data):
            raise ValueError("cut short")
        yield _Part(data[start], data[begin:end], data[start:end])
        start = end
