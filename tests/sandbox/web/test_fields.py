import pytest

from gateway.sandbox.web.fields import (
    BARE,
    BadBodyError,
    body_pairs,
    collected,
    json_body,
    query_pairs,
)

FORM = "application/x-www-form-urlencoded"


def test_names_of_a_query_are_kept_in_order_with_their_values() -> None:
    assert query_pairs(b"a=1&b=%D0%B9&a=&c=x+y") == [
        ("a", "1"),
        ("b", "й"),
        ("a", ""),
        ("c", "x y"),
    ]


@pytest.mark.parametrize(
    ("kind", "body", "pairs"),
    [
        (FORM, b"a=1&b=2", [("a", "1"), ("b", "2")]),
        (
            "application/json",
            b'{"a": 1, "b": [true, "x"], "c": null}',
            [("a", "1"), ("b", "true"), ("b", "x")],
        ),
        ("", b' [1, "2"]', [(BARE, "1"), (BARE, "2")]),
        ("", b'{"a": 1.5}', [("a", "1.5")]),
        ("application/json", b"", []),
        ("multipart/form-data; boundary=x", b"--x--", []),
    ],
)
def test_a_body_is_read_by_its_type_or_its_first_sign(
    kind: str, body: bytes, pairs: list[tuple[str, str]]
) -> None:
    assert body_pairs(kind, body) == pairs


@pytest.mark.parametrize(("kind", "body"), [("application/json", b"{"), (FORM, b"\xff")])
def test_an_unreadable_body_says_so(kind: str, body: bytes) -> None:
    with pytest.raises(BadBodyError):
        body_pairs(kind, body)


def test_a_body_nested_too_deeply_is_no_json() -> None:
    with pytest.raises(BadBodyError):
        json_body(b"[" * 100_000)


def test_names_are_collected_in_lower_case() -> None:
    assert collected([("A", "1"), ("b", "2"), ("a", "3")]) == {"a": ["1", "3"], "b": ["2"]}
