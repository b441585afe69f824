import hashlib
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sandbox.web.draws import Draws
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.jwt import claims_of, minted, signature
from gateway_mos_ru.emulator.sign_ins.proof import ProofBook, zero_bits
from gateway_mos_ru.emulator.tokens import TokenBook
from gateway_mos_ru.nodes import MOSCOW, MOSCOW_OBLAST
from tests.plugins.emulation import Clock, the_world
from tests.plugins.mos_ru.emulator.login.support import solved

ACCOUNT = "account-student"


def book(clock: Clock, node: object = MOSCOW) -> TokenBook:
    assert node in (MOSCOW, MOSCOW_OBLAST)
    return TokenBook(
        MOSCOW if node is MOSCOW else MOSCOW_OBLAST, the_world(), clock, Draws(Random(1))
    )


@given(st.dictionaries(st.text(), st.integers(-(2**53), 2**53) | st.text()))
def test_a_token_says_what_it_was_minted_with(claims: dict[str, object]) -> None:
    assert claims_of(minted(claims)) == claims


@given(st.text())
def test_what_was_not_minted_here_says_nothing(text: str) -> None:
    assert claims_of(text) is None


def test_a_changed_token_says_nothing() -> None:
    head, _, signature = minted({"sub": "1"}).split(".")
    other = minted({"sub": "2"}).split(".")[1]
    assert claims_of(f"{head}.{other}.{signature}") is None


def test_a_token_whose_claims_are_no_object_says_nothing() -> None:
    for payload in ("WzFd", "e30x", "Zm9v", "%%%%"):
        signed = f"e30.{payload}"
        forged = f"{signed}.{signature(signed)}"
        assert claims_of(forged) is None


def test_a_forged_number_opens_nothing() -> None:
    clock = Clock()
    account = the_world().account(ACCOUNT)
    ends = clock.now + timedelta(days=1)
    forged = minted(doors.claims(MOSCOW, account, number="unknown", issued=clock.now, expires=ends))
    assert book(clock).find(forged) is None


def test_a_held_token_is_activated_and_belongs_to_its_installation() -> None:
    clock = Clock()
    token = doors.token(MOSCOW, the_world().account(ACCOUNT), doors.Door.PASTED, clock.now)
    grant = book(clock).find(token)
    assert grant is not None
    assert (grant.account_key, grant.activated, grant.family) == (ACCOUNT, True, None)
    assert book(clock, MOSCOW_OBLAST).find(token) is None


def test_a_held_token_ends() -> None:
    clock = Clock()
    tokens = book(clock)
    token = doors.token(MOSCOW, the_world().account(ACCOUNT), doors.Door.COOKIES, clock.now)
    clock.pass_(timedelta(days=8))
    assert tokens.find(token) is not None
    clock.pass_(timedelta(days=1))
    assert tokens.find(token) is None


def test_an_issued_token_is_activated_later_and_ends() -> None:
    clock = Clock()
    tokens = book(clock)
    grant = tokens.issue(ACCOUNT)
    assert not grant.activated
    tokens.activate(grant)
    found = tokens.find(grant.token)
    assert found is not None
    assert found.activated
    clock.pass_(doors.LIFETIME)
    assert tokens.find(grant.token) is None


@pytest.mark.parametrize("held", [True, False])
def test_one_token_can_be_ended_alone(held: bool) -> None:
    clock = Clock()
    tokens = book(clock)
    pair = tokens.issue_pair(ACCOUNT)
    account = the_world().account(ACCOUNT)
    token = doors.token(MOSCOW, account, doors.Door.PASTED, clock.now) if held else pair.grant.token
    tokens.revoke(token)
    assert tokens.find(token) is None
    assert tokens.rotate(pair.refresh_token) is not None


def test_a_sign_in_ends_with_everything_that_came_of_it() -> None:
    tokens = book(Clock())
    pair = tokens.issue_pair(ACCOUNT)
    newer = tokens.rotate(pair.refresh_token)
    other = tokens.issue_pair(ACCOUNT)
    assert newer is not None
    tokens.sign_out(newer.grant)
    assert tokens.find(pair.grant.token) is None
    assert tokens.find(newer.grant.token) is None
    assert tokens.rotate(newer.refresh_token) is None
    assert tokens.find(other.grant.token) is not None


def test_proofs_are_as_hard_as_they_say_and_used_once() -> None:
    proofs = ProofBook(10, Clock(), Draws(Random(1)))
    header = proofs.ask()
    assert header.split(":")[:2] == ["1", "10"]
    stamp = solved(header)
    weak = next(
        f"{header}{number:x}" for number in range(9999) if not _is_hard(f"{header}{number:x}")
    )
    assert not proofs.take(header, weak)
    assert not proofs.take(header, header)
    assert proofs.take(header, stamp)
    assert not proofs.take(header, stamp)


def _is_hard(stamp: str) -> bool:
    return zero_bits(hashlib.sha1(stamp.encode(), usedforsecurity=False).digest()) >= 10


@pytest.mark.parametrize(
    "digest, bits", [(b"\xff", 0), (b"\x00\x80", 8), (b"\x00\x01", 15), (b"\x00\x00", 16)]
)
def test_zero_bits_are_counted_from_the_left(digest: bytes, bits: int) -> None:
    assert zero_bits(digest) == bits
