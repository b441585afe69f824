import os
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.errors import ConfigurationError, StoreKeyMissing, StoreUnreadable
from gateway.core.sessions.sealing import KeyRing, key_id_of, packed, unpacked
from gateway.core.sessions.store import Place, Stored

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
PLACE = Place("north", "sessions", "fiction:account:1")
RECORD = Stored(b"canary", 7)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(deadline=None)
@given(
    tenant=NAMES,
    kind=NAMES,
    key=NAMES,
    payload=st.binary(max_size=200),
    version=st.integers(1, 2**63),
)
def test_a_sealed_record_opens_at_its_place(
    tenant: str, kind: str, key: str, payload: bytes, version: int
) -> None:
    ring, place, record = KeyRing([NEW]), Place(tenant, kind, key), Stored(payload, version)
    sealed = ring.seal(place, record)
    assert ring.open(place, sealed) == record
    assert ring.place_of(sealed) == place


@pytest.mark.parametrize(
    "place",
    [
        Place("south", PLACE.kind, PLACE.key),
        Place(PLACE.tenant, "secrets", PLACE.key),
        Place(PLACE.tenant, PLACE.kind, "fiction:account:2"),
        Place("northsessions", "", PLACE.key),
        Place("", "northsessions", PLACE.key),
    ],
)
def test_a_record_does_not_open_at_another_place(place: Place) -> None:
    ring = KeyRing([NEW])
    with pytest.raises(StoreUnreadable):
        ring.open(place, ring.seal(PLACE, RECORD))


SEALED = bytes.fromhex(
    "444752014a4d8d3402c1226c1ab0ffd6bcb0f5fbdef7df630cbb97af000102030405060708090a0b"
    "0000003ae7b2f3c470dc7c515c072fb45892f9eb401599dff1abfcb571aebbf8de5b75e350930d6e"
    "a6877903ace6c3b1879055036c561e70412e380885c3000102030405060708090a0be7b2f3c11eb3"
    "0e22576641d522989fe45326bf3a5fc24fe2863367da05d2"
)
"""`RECORD` as it was sealed when stores were first written."""


def test_the_form_of_a_record_stays_what_it_was() -> None:
    ring = KeyRing([OLD])
    assert ring.open(PLACE, SEALED) == RECORD
    assert ring.place_of(SEALED) == PLACE
    assert key_id_of(SEALED) == ring.write_id
    assert ring.seal(PLACE, RECORD, random=lambda size: bytes(range(size))) == SEALED


def test_any_flipped_bit_is_noticed() -> None:
    ring = KeyRing([NEW, OLD])
    sealed = ring.seal(PLACE, RECORD)
    for position in range(len(sealed)):
        for bit in range(8):
            damaged = bytearray(sealed)
            damaged[position] ^= 1 << bit
            for look in (lambda data: ring.open(PLACE, data), ring.place_of, key_id_of):
                with pytest.raises(StoreUnreadable):
                    look(bytes(damaged))


def test_any_cut_is_noticed() -> None:
    ring = KeyRing([NEW])
    sealed = ring.seal(PLACE, RECORD)
    for size in range(len(sealed)):
        with pytest.raises(StoreUnreadable):
            ring.open(PLACE, sealed[:size])
    with pytest.raises(StoreUnreadable):
        ring.open(PLACE, sealed + b"\0")


def test_damage_with_a_corrected_digest_is_noticed() -> None:
    # Whoever can write the files can correct a digest, but not what the key has sealed.
    ring = KeyRing([NEW])
    sealed = ring.seal(PLACE, RECORD)
    for position in range(28, len(sealed)):
        rest = bytearray(sealed[20:])
        rest[position - 20] ^= 1
        forged = sealed[:4] + sha256(rest).digest()[:16] + rest
        accepted = 0
        for look in (lambda data: ring.open(PLACE, data), ring.place_of):
            try:
                assert look(forged) in {RECORD, PLACE}
                accepted += 1
            except StoreUnreadable:
                pass
        assert accepted <= 1
    for size in range(20, len(sealed)):
        cut = sealed[20:size]
        with pytest.raises((StoreUnreadable, StoreKeyMissing)):
            ring.open(PLACE, sealed[:4] + sha256(cut).digest()[:16] + cut)


def test_several_keys_read_and_the_first_writes() -> None:
    old, both = KeyRing([OLD]), KeyRing([NEW, OLD, NEW])
    assert len(both) == 2
    assert both.ids == (both.write_id, old.write_id)
    assert both.open(PLACE, old.seal(PLACE, RECORD)) == RECORD
    assert key_id_of(both.seal(PLACE, RECORD)) == KeyRing([NEW]).write_id


def test_a_whole_record_of_an_unknown_key_says_so() -> None:
    sealed = KeyRing([OLD]).seal(PLACE, RECORD)
    for look in (
        lambda: KeyRing([NEW]).open(PLACE, sealed),
        lambda: KeyRing([NEW]).place_of(sealed),
    ):
        with pytest.raises(StoreKeyMissing):
            look()


def test_equal_records_look_different() -> None:
    ring = KeyRing([NEW])
    assert ring.seal(PLACE, RECORD) != ring.seal(PLACE, RECORD)


def test_nothing_of_a_record_shows_from_outside() -> None:
    sealed = KeyRing([NEW]).seal(PLACE, RECORD)
    assert not any(word in sealed for word in (b"canary", b"fiction", b"north", b"sessions"))


def test_keys_never_show() -> None:
    key = os.urandom(32)
    ring = KeyRing([key])
    assert key.hex() not in repr(ring) + str(ring)
    assert ring.write_id.hex() in repr(ring)
    assert ring.write_id not in key


@pytest.mark.parametrize("keys", [[], [b""], [b"x" * 31], [NEW, b"x" * 33]])
def test_keys_of_another_length_are_refused(keys: list[bytes]) -> None:
    with pytest.raises(ConfigurationError):
        KeyRing(keys)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=9), max_size=5))
def test_packed_parts_come_apart_again(parts: list[bytes]) -> None:
    assert unpacked(packed(*parts)) == parts


@settings(deadline=None)
@given(st.binary(max_size=12))
def test_bytes_that_were_not_packed_are_refused_or_repack(data: bytes) -> None:
    try:
        parts = unpacked(data)
    except ValueError:
        return
    assert packed(*parts) == data
