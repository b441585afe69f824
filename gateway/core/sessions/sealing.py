"""Encryption of records, bound to the place where they belong.

A sealed record, all numbers big-endian:

    magic and format version   4 bytes
    digest of all that follows 16 bytes  SHA-256, cut; tells damage from a foreign key
    key id                     8 bytes
    label nonce                12 bytes
    label length               4 bytes
    label                      AES-256-GCM of the place, so that a listing can name it
    body nonce                 12 bytes
    body                       AES-256-GCM of version (8 bytes) and payload

The associated data of the body are the head, the key id and the place: a record that was copied
to another tenant, kind or key does not open there.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.core.errors import ConfigurationError, StoreKeyMissing, StoreUnreadable
from gateway.core.sessions.store import Place, Stored

KEY_BYTES: Final = 32
"""Length of a store key."""

Random = Callable[[int], bytes]
"""So many unpredictable bytes."""

_HEAD: Final = b"DGR\x01"
_DIGEST: Final = 16
_ID: Final = 8
_NONCE: Final = 12
_LENGTH: Final = 4
_VERSION: Final = 8
_KEY_ID_AT: Final = len(_HEAD) + _DIGEST
_LABEL_NONCE_AT: Final = _KEY_ID_AT + _ID
_LENGTH_AT: Final = _LABEL_NONCE_AT + _NONCE
_LABEL_AT: Final = _LENGTH_AT + _LENGTH


class _Key(NamedTuple):
    id: bytes
    cipher: AESGCM


class _Parts(NamedTuple):
    key_id: bytes
    label_nonce: bytes
    label: bytes
    body_nonce: bytes
    body: bytes


class KeyRing:
    """The keys of a store: several read, the first writes.

    Args:
        keys: Keys of 32 bytes each; repeated ones count once.

    Raises:
        ConfigurationError: There is no key, or one of another length.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise ConfigurationError("a store needs at least one key")
        if any(len(key) != KEY_BYTES for key in keys):
            raise ConfigurationError(f"a store key has {KEY_BYTES} bytes")
        ring = [_derived(key) for key in keys]
        self._writer = ring[0]
        self._ciphers = {item.id: item.cipher for item in ring}

    def __repr__(self) -> str:
        return f"KeyRing({len(self)} keys, writes with {self.write_id.hex()})"

    def __len__(self) -> int:
        return len(self._ciphers)

    @property
    def write_id(self) -> bytes:
        """Identifier of the key that writes; tells nothing about the key."""
        return self._writer.id

    @property
    def ids(self) -> tuple[bytes, ...]:
        """Identifiers of all keys, the writing one first."""
        return tuple(self._ciphers)

    def seal(self, place: Place, record: Stored, *, random: Random = os.urandom) -> bytes:
        """The record encrypted with the first key, fit for `place` alone."""
        key_id, cipher = self._writer
        label_nonce, body_nonce = random(_NONCE), random(_NONCE)
        label = cipher.encrypt(label_nonce, packed(*_names(place)), _HEAD + key_id)
        clear = record.version.to_bytes(_VERSION, "big") + record.payload
        body = cipher.encrypt(body_nonce, clear, _bound_to(key_id, place))
        size = len(label).to_bytes(_LENGTH, "big")
        rest = b"".join((key_id, label_nonce, size, label, body_nonce, body))
        return _HEAD + _digest(rest) + rest

    def open(self, place: Place, sealed: bytes) -> Stored:
        """The record that `seal()` was given.

        Raises:
            StoreUnreadable: It is damaged, has an unknown form or belongs to another place.
            StoreKeyMissing: It is whole, and none of the keys wrote it.
        """
        parts = _split(sealed)
        cipher = self._cipher(parts.key_id)
        try:
            clear = cipher.decrypt(parts.body_nonce, parts.body, _bound_to(parts.key_id, place))
        except (InvalidTag, ValueError) as error:
            raise StoreUnreadable(f"the record belongs to another place ({place.kind})") from error
        return Stored(clear[_VERSION:], int.from_bytes(clear[:_VERSION], "big"))

    def place_of(self, sealed: bytes) -> Place:
        """Where a sealed record says it belongs; only `open()` proves that its body does.

        Raises:
            StoreUnreadable: It is damaged or has an unknown form.
            StoreKeyMissing: None of the keys wrote it.
        """
        parts = _split(sealed)
        cipher = self._cipher(parts.key_id)
        try:
            clear = cipher.decrypt(parts.label_nonce, parts.label, _HEAD + parts.key_id)
            tenant, kind, key = (part.decode() for part in unpacked(clear))
            return Place(tenant, kind, key)
        except (InvalidTag, ValueError) as error:
            raise StoreUnreadable("the record's label cannot be read") from error

    def _cipher(self, key_id: bytes) -> AESGCM:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise StoreKeyMissing(f"no key at hand opens records of key {key_id.hex()}")
        return cipher


def key_id_of(sealed: bytes) -> bytes:
    """The identifier of the key that wrote a sealed record.

    Raises:
        StoreUnreadable: It is damaged or has an unknown form.
    """
    return _split(sealed).key_id


def packed(*parts: bytes) -> bytes:
    """Parts joined so that no two different sequences give the same bytes."""
    return b"".join(len(part).to_bytes(_LENGTH, "big") + part for part in parts)


def unpacked(data: bytes) -> list[bytes]:
    """The parts that `packed()` joined.

    Raises:
        ValueError: They were not joined by it.
    """
    parts = []
    while data:
        end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
        if len(data) < max(end, _LENGTH):
            raise ValueError("a part is cut")
        parts.append(data[_LENGTH:end])
        data = data[end:]
    return parts


def _derived(key: bytes) -> _Key:
    # One key, two uses: neither the identifier nor the cipher's key tells the other.
    identifier = hmac.digest(key, b"diary-gateway/key-id", "sha256")[:_ID]
    return _Key(identifier, AESGCM(hmac.digest(key, b"diary-gateway/record", "sha256")))


def _names(place: Place) -> tuple[bytes, bytes, bytes]:
    return place.tenant.encode(), place.kind.encode(), place.key.encode()


def _bound_to(key_id: bytes, place: Place) -> bytes:
    return packed(_HEAD, key_id, *_names(place))


def _digest(rest: bytes) -> bytes:
    return hashlib.sha256(rest).digest()[:_DIGEST]


def _split(sealed: bytes) -> _Parts:
    if sealed[: len(_HEAD)] != _HEAD:
        raise StoreUnreadable("not a record of this version")
    if sealed[len(_HEAD) : _KEY_ID_AT] != _digest(sealed[_KEY_ID_AT:]):
        raise StoreUnreadable("the record is damaged")
    label_end = _LABEL_AT + int.from_bytes(sealed[_LENGTH_AT:_LABEL_AT], "big")
    body_at = label_end + _NONCE
    return _Parts(
        sealed[_KEY_ID_AT:_LABEL_NONCE_AT],
        sealed[_LABEL_NONCE_AT:_LENGTH_AT],
        sealed[_LABEL_AT:label_end],
        sealed[label_end:body_at],
        sealed[body_at:],
    )
