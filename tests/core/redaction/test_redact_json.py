import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.redaction import redact_json

SHAPES: list[tuple[object, object]] = [
    (None, None),
    (True, True),
    (42, 0),
    (-1.5, 0.0),
    ("", ""),
    ("Иван Иванов", "«str:11»"),
    ("GradeMark", "«enum:9»"),
    ("not_graded", "«enum:10»"),
    ("2025-09-01", "dddd-dd-dd"),
    ("2025-09-01T10:00:00.5Z", "dddd-dd-ddTdd:dd:dd.dZ"),
    ("01.09.2025", "dd.dd.dddd"),
    ("+7 900 000-00-00", "+d ddd ddd-dd-dd"),
    ("4,5", "d,d"),
    ("5-", "d-"),
    ("н/а", "«str:3»"),
    ("-", "«str:1»"),
    ("1" * 40, "d" * 40),
    ("1" * 41, "«str:41»"),
    ("https://example.org/x", "«url:21»"),
    ("ivan@example.org", "«email:16»"),
    ("550e8400-e29b-41d4-a716-446655440000", "«uuid:36»"),
    ("<p>Здравствуйте</p>", "«html:19»"),
    (["a", 1], ["«enum:1»", 0]),
    ({"a": {"b": [None]}}, {"a": {"b": [None]}}),
    (
        {"lesson_id": 1, "xsi:type": "x", "$ref": 2},
        {"lesson_id": 0, "xsi:type": "«enum:1»", "$ref": 0},
    ),
    ({"1000000000001": 1}, {"ddddddddddddd": 0}),
    ({"1.9": 1, "2.9": 2, "3.9": 3}, {"d.d": 0, "d.d#2": 0, "d.d#3": 0}),
    ({"student_123456": 1}, {"student_dddddd": 0}),
    ({"Иванов Иван": 5}, {"«str:11»": 0}),
    ({"ivan@example.org": 5}, {"«email:16»": 0}),
    ((1, 2), [0, 0]),
    (b"abc", "«bytes»"),
    ({1, 2}, "«set»"),
]


@pytest.mark.parametrize("value, shape", SHAPES)
def test_the_shape_stays_and_the_content_goes(value: object, shape: object) -> None:
    reduced = redact_json(value)
    assert reduced == shape
    assert type(reduced) is type(shape)


def test_without_lengths_two_answers_of_one_schema_look_the_same() -> None:
    one = {"marks": [{"v": "5", "by": "Иванова"}, {"v": "4", "by": "Петров"}], "byId": {"1": 1}}
    other = {"marks": [{"v": "2", "by": "Сидорова"}], "byId": {"2": 7, "3": 8}}
    assert redact_json(one, keep_shape=False) == redact_json(other, keep_shape=False)
    assert redact_json(one) != redact_json(other)


def test_without_lengths_every_kind_of_item_is_kept_once() -> None:
    assert redact_json([1, 2, 1.5, True, "a", "bc", None], keep_shape=False) == [
        *(0, 0.0, True, "«enum»", None)
    ]


def test_long_lists_and_objects_are_cut() -> None:
    assert redact_json([1] * 60) == [*([0] * 50), "«10 more»"]
    reduced = redact_json({f"k{chr(97 + n % 26)}{chr(97 + n // 26)}": n for n in range(300)})
    assert isinstance(reduced, dict)
    assert len(reduced) == 201
    assert reduced["«cut»"] == "«100 more»"


def test_depth_is_cut_even_of_a_value_that_holds_itself() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert "«cut»" in json.dumps(redact_json(endless), ensure_ascii=False)


def test_the_size_is_bounded() -> None:
    wide: object = 1
    for _ in range(5):
        wide = [wide] * 50
    text = json.dumps(redact_json(wide), ensure_ascii=False)
    assert 4_500 < text.count("0,") <= 5_000
    assert len(text) < 100_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(JSON, st.booleans())
@settings(deadline=None)
def test_the_shape_of_any_json_is_json_without_digits_or_foreign_letters(
    value: object, keep: bool
) -> None:
    reduced = redact_json({"data": value}, keep_shape=keep)
    text = json.dumps(reduced, ensure_ascii=False)
    assert json.loads(text) == reduced
    assert not set(text) & set("АБВабвиЖя")


@given(st.text(st.characters(categories=["L"]), min_size=3), st.text(min_size=1))
@settings(deadline=None)
def test_no_value_of_an_object_comes_through(name: str, comment: str) -> None:
    text = json.dumps(redact_json({"n": [name, {"c": f"{comment} {name}"}]}), ensure_ascii=False)
    known = '{"n": [" «str:0123456789»", "«enum»"c"html url email uuid dddd'
    assert name not in text or name in known
