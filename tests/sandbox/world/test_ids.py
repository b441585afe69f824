from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sandbox.world import IdBook, NativeIdCollisionError, World, native_id


@given(st.text(max_size=20), st.integers(9, 19))
def test_a_native_id_has_exactly_so_many_digits(key: str, digits: int) -> None:
    number = native_id("test-digits", key, digits=digits)
    assert len(str(number)) == digits
    assert number < 2**63
    assert number == native_id("test-digits", key, digits=digits)


def test_native_ids_never_change() -> None:
    assert native_id("person", "person-student-1", digits=13) == PERSON
    assert native_id("user", "person-student-1", digits=13) != PERSON


PERSON = 2631848766131


def test_a_collision_is_refused() -> None:
    kind = f"test-{uuid4()}"
    # ten keys cannot share nine numbers
    with pytest.raises(NativeIdCollisionError, match="both become"):
        [native_id(kind, str(number), digits=1) for number in range(10)]


@pytest.mark.parametrize("digits", [0, 20])
def test_impossible_lengths_are_refused(digits: int) -> None:
    with pytest.raises(ValueError, match="digits"):
        native_id("test", "key", digits=digits)


@given(st.sets(st.text(max_size=8), max_size=9))
def test_a_book_numbers_both_ways_whoever_asks_first(keys: set[str]) -> None:
    book = IdBook("test", keys, digits=1)
    other = IdBook("test", sorted(keys, reverse=True), digits=1)
    for key in keys:
        assert book.number(key) == other.number(key) == book.add(key)
        assert book.key(book.number(key)) == key
        assert 1 <= book.number(key) <= 9


def test_a_full_book_and_a_stranger_are_refused() -> None:
    book = IdBook("test", map(str, range(9)), digits=1)
    assert book.key(99) is None
    with pytest.raises(KeyError):
        book.number("stranger")
    with pytest.raises(ValueError, match="no 1-digit number"):
        book.add("one too many")


def test_all_keys_of_a_world_get_wide_ids(world: World) -> None:
    for kind, keys in (
        ("lesson", [item.key for item in world.lessons]),
        ("mark", [item.key for item in world.marks]),
        ("homework", [item.key for item in world.homework]),
    ):
        numbers = {native_id(kind, key, digits=19) for key in keys}
        assert len(numbers) == len(keys)
