"""Whatever way the service wraps a thing, it is the same thing."""

from decimal import Decimal
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import BadResponse
from gateway_eljur.wire.base import (
    Envelope,
    Key,
    Several,
    Wire,
    key_text,
    keyed,
    number_text,
    own,
    several,
    switch,
    whole,
)


class Thing(Wire, frozen=True):
    """A record of the tests."""

    name: Annotated[Key | None, "key"] = None


class Things(Wire, frozen=True):
    """A result of the tests."""

    things: Several[Thing] = None


NUMBERS = st.lists(st.integers(1, 10**6), unique=True, max_size=6)


def wrappings(numbers: list[int]) -> list[object]:
    """One list of records in every shape that hosts write."""
    records = [{"name": str(number)} for number in numbers]
    shapes: list[object] = [
        records,
        {record["name"]: record for record in records},
        {"thing": records},
        [{"name": number} for number in numbers],
        [*records, None],
    ]
    if not numbers:
        shapes += [None, [], {}]
    if len(numbers) == 1:
        shapes.append({"thing": records[0]})
    return shapes


def decoded(value: object) -> Several[Thing]:
    body = msgspec.json.encode({"response": {"state": "200", "result": {"things": value}}})
    found = msgspec.json.decode(body, type=Envelope[Things], strict=False).result
    return None if found is None else found.things


@given(NUMBERS)
def test_records_are_the_same_however_they_are_wrapped(numbers: list[int]) -> None:
    for shape in wrappings(numbers):
        names = [key_text(item.name) for item in several(decoded(shape))]
        assert names == [str(number) for number in numbers]


@given(NUMBERS)
def test_keys_of_a_map_come_with_its_records(numbers: list[int]) -> None:
    told = decoded({str(number): {"name": number} for number in numbers})
    assert [key for key, _ in keyed(told)] == [str(number) for number in numbers]


@given(NUMBERS.filter(bool), st.data())
def test_a_student_is_found_by_number_in_every_shape(
    numbers: list[int], data: st.DataObject
) -> None:
    wanted = data.draw(st.sampled_from(numbers))
    for shape in wrappings(numbers):
        found = own(decoded(shape), str(wanted))
        assert found is not None
        assert key_text(found.name) == str(wanted)


@given(NUMBERS)
def test_a_student_who_is_not_there_is_not_another_one(numbers: list[int]) -> None:
    for shape in wrappings(numbers):
        assert own(decoded(shape), "0000000") is None


def test_the_only_record_without_a_name_is_the_student_s() -> None:
    assert own(decoded([{}]), "1000") is not None
    assert own(decoded([{}, {}]), "1000") is None


@pytest.mark.parametrize("result", [None, [], {}])
def test_nothing_is_nothing_in_every_spelling(result: object) -> None:
    body = msgspec.json.encode({"response": {"result": result}})
    assert msgspec.json.decode(body, type=Envelope[Things]).result is None


def test_a_list_of_something_is_not_nothing() -> None:
    body = msgspec.json.encode({"response": {"result": [1]}})
    with pytest.raises(BadResponse):
        _ = msgspec.json.decode(body, type=Envelope[Things]).result


@pytest.mark.parametrize("word", [True, 1, "1", "true", "TRUE", "yes", "__yes", " on "])
def test_yes_in_every_spelling(word: bool | int | str) -> None:
    assert switch(word) is True


@pytest.mark.parametrize("word", [False, 0, "0", "false", "no", "off"])
def test_no_in_every_spelling(word: bool | int | str) -> None:
    assert switch(word) is False


@pytest.mark.parametrize("word", [None, "", "maybe", 2, 0.5])
def test_what_is_neither_is_neither(word: float | str | None) -> None:
    assert switch(word) is None


@given(st.decimals(-(10**6), 10**6, places=2))
def test_a_number_is_the_same_as_text_and_with_a_comma(number: Decimal) -> None:
    for written in (str(number), str(number).replace(".", ","), f" {number} "):
        assert number_text(written) == str(number)


@given(st.text(max_size=8))
def test_a_number_is_a_number_or_none(text: str) -> None:
    told = number_text(text)
    assert told is None or Decimal(told) == Decimal(text.strip().replace(",", "."))


@given(st.integers(-(10**8), 10**8))
def test_whole_numbers_come_in_three_spellings(number: int) -> None:
    assert whole(number) == whole(str(number)) == whole(f"{number}.0") == number


@pytest.mark.parametrize("value", [None, "", "4.5", 4.5, "four", True, 1e300])
def test_what_is_no_whole_number_is_none(value: float | str | None) -> None:
    assert whole(value) is None
