import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import InvalidId
from gateway.core.ids import Beginnings, Ids, parse_id

KEYS = st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=4)


@given(KEYS)
def test_an_id_gives_its_keys_back(keys: list[str]) -> None:
    ids = Ids("demo", "north")
    assert ids.keys("mark", ids.of("mark", *keys)) == tuple(keys)


@given(KEYS, KEYS)
def test_different_keys_make_different_ids(one: list[str], other: list[str]) -> None:
    ids = Ids("demo")
    assert (ids.of("mark", *one) == ids.of("mark", *other)) == (one == other)


def test_the_main_instance_is_not_named() -> None:
    assert Ids("demo").of("mark", 7) == "demo:mark:7"
    assert Ids("demo", "kz").of("mark", 7, "a/b") == "demo@kz:mark:7/a%2Fb"


class Keys(Beginnings):
    kinds = ("mark", "lesson")
    __slots__ = kinds

    mark: str
    lesson: str


@pytest.mark.parametrize("ids", [Ids("demo"), Ids("demo", "kz")])
def test_a_beginning_and_a_number_are_the_id_of_the_kind(ids: Ids) -> None:
    keys = Keys(ids)
    assert keys.mark + "7" == ids.of("mark", 7)
    assert keys.lesson + "8" == ids.of("lesson", 8)


def test_an_id_can_be_written_again() -> None:
    assert str(parse_id("demo@kz:mark:7/a%2Fb")) == "demo@kz:mark:7/a%2Fb"


@pytest.mark.parametrize(
    "text", ["", "demo", "demo:mark", "demo:mark:", ":mark:7", "demo@:mark:7", "demo::7"]
)
def test_a_malformed_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidId):
        parse_id(text)


@pytest.mark.parametrize(
    "text", ["other:mark:7", "demo@kz:mark:7", "demo:lesson:7", "demo:mark:7/8"]
)
def test_an_id_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidId):
        Ids("demo").key("mark", text)
