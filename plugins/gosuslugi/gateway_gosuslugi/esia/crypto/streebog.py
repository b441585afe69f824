"""Стрибог, GOST R 34.11-2012 (RFC 6986): the digest of certificates and of PKCE at ЕСИА.

`hashlib` has it only where OpenSSL loads an engine, while a certificate's fingerprint and a PKCE
challenge are needed with every signer. The data are short and public, so speed and timing do not
matter.
"""

from functools import cache
from typing import Final

from gateway_gosuslugi.esia.crypto.streebog_tables import COLUMNS, ROUND_KEYS, SUBSTITUTION

_BLOCK: Final = 64
_WORD: Final = 8
_BITS: Final = 8
_MODULUS: Final = 1 << 512


def streebog256(data: bytes) -> bytes:
    """The digest of 32 bytes."""
    return _digest(data, int.from_bytes(b"\x01" * _BLOCK, "little"))[-32:]


def streebog512(data: bytes) -> bytes:
    """The digest of 64 bytes."""
    return _digest(data, 0)


def _digest(data: bytes, state: int) -> bytes:
    length, total = 0, 0
    whole = len(data) - len(data) % _BLOCK
    for start in range(0, whole, _BLOCK):
        block = int.from_bytes(data[start : start + _BLOCK], "little")
        state = _compressed(length, state, block)
        length += _BLOCK * _BITS
        total = (total + block) % _MODULUS
    rest = data[whole:]
    last = int.from_bytes(rest + b"\x01", "little")
    state = _compressed(length, state, last)
    length += len(rest) * _BITS
    total = (total + last) % _MODULUS
    state = _compressed(0, state, length)
    return _compressed(0, state, total).to_bytes(_BLOCK, "little")


def _compressed(length: int, state: int, block: int) -> int:
    key = _mixed(state ^ length)
    mixed = block
    for constant in ROUND_KEYS:
        mixed = _mixed(mixed ^ key)
        key = _mixed(key ^ constant)
    return mixed ^ key ^ state ^ block


def _mixed(value: int) -> int:
    """Substitution, transposition and the linear step at once."""
    tables = _tables()
    told = value.to_bytes(_BLOCK, "little")
    found = 0
    for row in range(_WORD):
        word = 0
        for column, table in enumerate(tables):
            word ^= table[told[_WORD * column + row]]
        found |= word << (64 * row)
    return found


@cache
def _tables() -> tuple[tuple[int, ...], ...]:
    """What a byte of each column adds to its word, substituted already."""
    return tuple(
        tuple(_linear(SUBSTITUTION[value], column) for value in range(256))
        for column in range(_WORD)
    )


def _linear(value: int, column: int) -> int:
    found = 0
    for bit in range(_BITS):
        if value >> bit & 1:
            found ^= COLUMNS[-1 - _BITS * column - bit]
    return found
