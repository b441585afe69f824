from typing import Annotated, Generic, TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import (
    AnswerTooLarge,
    BadResponse,
    GatewayError,
    ShapeChanged,
    UnexpectedHtml,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.response import Hop, WireResponse


class Item(msgspec.Struct):
    id: int
    name: str = ""


class Day(msgspec.Struct):
    items: Annotated[list[Item], "evidence"]


T = TypeVar("T")


class Page(msgspec.Struct, Generic[T]):
    payload: list[T] | None


class Week(msgspec.Struct):
    days: list[Day]
    note: str | None = None


def answer(body: bytes, media_type: str = "application/json") -> WireResponse:
    headers = (("content-type", media_type),)
    return WireResponse(200, headers, body, (Hop("https://api.example/x", 200),))


def read(body: bytes, shape: type = Week) -> tuple[object, list[tuple[str, str]]]:
    notes: list[tuple[str, str]] = []
    return decode(answer(body), shape, lambda path, why: notes.append((path, why))), notes


def test_a_good_body_is_decoded_at_once() -> None:
    week, notes = read(b'{"days":[{"items":[{"id":1,"name":"a"}]}],"unknown":3}')
    assert week == Week([Day([Item(1, "a")])])
    assert notes == []


def test_a_bad_record_costs_only_itself() -> None:
    body = b'{"days":[{"items":[{"id":1},{"id":"x"},{"id":3}]},{"items":[]}]}'
    week, notes = read(body)
    assert week == Week([Day([Item(1), Item(3)]), Day([])])
    assert [path for path, _ in notes] == ["$.days[0].items[1].id"]
    assert "x" not in notes[0][1].replace("Expected", "")


def test_a_bad_record_inside_a_generic_envelope_costs_only_itself() -> None:
    page, notes = read(b'{"payload":[{"id":1},{"id":"x"},{"id":3}]}', Page[Item])
    assert page == Page([Item(1), Item(3)])
    assert [path for path, _ in notes] == ["$.payload[1].id"]


def test_a_bare_list_is_salvaged_too() -> None:
    items, notes = read(b'[{"id":1},{"id":null},{"id":2}]', list[Item])  # type: ignore[arg-type]
    assert items == [Item(1), Item(2)]
    assert [path for path, _ in notes] == ["$[1].id"]


def test_a_bad_record_of_a_map_costs_only_itself_and_its_key_is_not_told() -> None:
    body = b'{"1000":{"id":1},"1001":{"id":"x"},"1002":{"id":3}}'
    items, notes = read(body, dict[str, Item])  # type: ignore[arg-type]
    assert items == {"1000": Item(1), "1002": Item(3)}
    assert [path for path, _ in notes] == ["$.*.id"]


def test_a_map_of_which_more_than_half_is_bad_is_a_changed_shape() -> None:
    with pytest.raises(ShapeChanged) as caught:
        read(b'{"1000":{"id":"x"}}', dict[str, Item])  # type: ignore[arg-type]
    assert caught.value.context["path"] == "$.*.id"


def test_a_record_whose_own_list_is_bad_costs_only_itself() -> None:
    body = b'{"days":[{"items":[{"id":1}]},{"items":[{"id":"x"}]},{"items":[{"id":3}]}]}'
    week, notes = read(body)
    assert [item.id for day in week.days for item in day.items] == [1, 3]
    assert [path for path, _ in notes] == ["$.days[1].items[0].id"]


def test_more_than_half_bad_is_a_changed_shape() -> None:
    with pytest.raises(ShapeChanged) as caught:
        read(b'[{"id":1},{"id":null},{"id":"x"}]', list[Item])  # type: ignore[arg-type]
    assert caught.value.context["path"] == "$[1].id"


@pytest.mark.parametrize("body", [b"{}", b'{"days":{}}', b'{"days":null}', b"[]", b"3"])
def test_a_bad_envelope_is_a_changed_shape(body: bytes) -> None:
    with pytest.raises(ShapeChanged):
        read(body)


@pytest.mark.parametrize(
    "body",
    [b"", b'{"days":[', b"{'days':[]}", b'{"days":NaN}', b'"\xff"', b'{"note":"\xff canary"}'],
)
def test_broken_json_is_named_so(body: bytes) -> None:
    with pytest.raises(BadResponse) as caught:
        read(body)
    assert not isinstance(caught.value, ShapeChanged | UnexpectedHtml)
    assert caught.value.__cause__ is None  # the decoder's own errors hold the body


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"days":' * 100_000])
def test_what_nests_too_deep_is_too_large_and_not_worth_another_try(body: bytes) -> None:
    with pytest.raises(AnswerTooLarge):
        read(body)


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/json"])
def test_a_web_page_is_recognised(media_type: str) -> None:
    page = answer(b"<!DOCTYPE html><html><body>hello</body></html>", media_type)
    with pytest.raises(UnexpectedHtml):
        decode(page, Week, lambda _path, _why: None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_nothing_but_our_errors_escapes(value: object) -> None:
    body = msgspec.json.encode({"days": value})
    try:
        week, _ = read(body)
    except GatewayError:
        return
    assert isinstance(week, Week)


def test_a_changed_shape_keeps_the_payload_for_a_report_without_its_content() -> None:
    with pytest.raises(ShapeChanged) as caught:
        read(b'{"days":{"pupil":"Primerov","mark":5}}')
    report = str(caught.value.report)
    assert "pupil" in report
    assert "Primerov" not in report + str(caught.value) + str(caught.value.to_problem())
