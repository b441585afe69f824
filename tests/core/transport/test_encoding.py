"""Queries and bodies as bytes."""

import json
from email import message_from_bytes
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import InvalidRequest
from gateway.core.transport.encoding import encode_body, encode_target
from gateway.core.wire.request import Body

texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_path_without_parameters_stays_as_it_is() -> None:
    assert encode_target("/v2/persons/1%2F2", ()) == "/v2/persons/1%2F2"


def test_parameters_keep_order_and_repetition() -> None:
    target = encode_target("/a", (("id", "1"), ("name", "Иванов П."), ("id", "2"), ("x", "")))
    assert target == "/a?id=1&name=%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2%20%D0%9F.&id=2&x="


def test_parameters_join_a_query_that_is_there() -> None:
    assert encode_target("/a?x=1", (("y", "2"),)) == "/a?x=1&y=2"


@given(params=st.lists(st.tuples(texts, texts), min_size=1))
def test_any_parameters_come_back(params: list[tuple[str, str]]) -> None:
    target = encode_target("/a", params)
    assert target.isascii()
    query = target.partition("?")[2]
    assert parse_qsl(query, keep_blank_values=True) == params


@pytest.mark.parametrize(
    "path", ["", "a", "https://x/", "/a b", "/a#b", "/a\r\nX: y", "/оценки", "/a\x00", "/a\x7f"]
)
def test_a_path_that_is_not_ready_is_refused(path: str) -> None:
    with pytest.raises(InvalidRequest):
        encode_target(path, ())


def test_half_a_surrogate_is_no_parameter() -> None:
    with pytest.raises(InvalidRequest):
        encode_target("/a", (("x", "\ud800"),))


def test_no_body_has_no_type() -> None:
    assert encode_body(None) == (b"", None)


def test_json_is_compact_and_keeps_letters() -> None:
    content, media_type = encode_body(Body.of_json({"login": "Пётр", "n": [1, None]}))
    assert content == '{"login":"Пётр","n":[1,null]}'.encode()
    assert media_type == "application/json"
    assert encode_body(Body.of_json(None))[0] == b"null"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1j: 1}, "\ud800"])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(InvalidRequest) as caught:
        encode_body(Body.of_json(value))
    assert caught.value.__cause__ is None


def test_json_that_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(InvalidRequest):
        encode_body(Body.of_json(loop))


def test_a_form_keeps_order_and_repetition() -> None:
    content, media_type = encode_body(
        Body.of_form([("login", "пётр@дом"), ("password", "a&b=c d"), ("login", "x")])
    )
    assert content == (
        b"login=%D0%BF%D1%91%D1%82%D1%80%40%D0%B4%D0%BE%D0%BC&password=a%26b%3Dc+d&login=x"
    )
    assert media_type == "application/x-www-form-urlencoded"


def test_bytes_go_as_they_are() -> None:
    assert encode_body(Body.of_bytes(b"\x00\xff", "image/png")) == (b"\x00\xff", "image/png")


def test_a_media_type_cannot_smuggle_a_header() -> None:
    with pytest.raises(InvalidRequest):
        encode_body(Body.of_bytes(b"", "a/b\r\nX: y"))
    with pytest.raises(InvalidRequest):
        encode_body(Body.of_multipart(("f", None, "a/b\r\nX: y", b"")))


def test_multipart_can_be_read_by_another_parser() -> None:
    content, media_type = encode_body(
        Body.of_multipart(
            ("comment", None, "", "Справка".encode()),
            ("file", "справка.pdf", "application/pdf", b"%PDF\r\n--not-a-boundary\r\n"),
        )
    )
    assert media_type is not None
    message = message_from_bytes(b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + content)
    parts = message.get_payload()
    assert isinstance(parts, list)
    first, second = parts
    assert isinstance(first, type(message))
    assert isinstance(second, type(message))
    assert first.get_param("name", header="content-disposition") == "comment"
    assert first["content-type"] is None
    assert first.get_payload(decode=True) == "Справка".encode()
    assert second.get_content_type() == "application/pdf"
    assert second.get_payload(decode=True) == b"%PDF\r\n--not-a-boundary\r\n"
    assert 'filename="справка.pdf"'.encode() in content


def test_multipart_names_cannot_break_out() -> None:
    content, _ = encode_body(
        Body.of_multipart(('a"; x="\r\nX: y', 'b"\r\n\r\n.pdf', "text/plain", b""))
    )
    assert b'name="a%22; x=%22%0D%0AX: y"; filename="b%22%0D%0A%0D%0A.pdf"' in content


def test_the_boundary_differs_each_time() -> None:
    body = Body.of_multipart(("a", None, "text/plain", b"1"))
    assert encode_body(body)[1] != encode_body(body)[1]
    assert encode_body(body, boundary=lambda: "edge")[1] == "multipart/form-data; boundary=edge"


@given(value=st.recursive(st.none() | st.booleans() | texts, st.lists, max_leaves=10))
def test_any_json_comes_back(value: object) -> None:
    assert json.loads(encode_body(Body.of_json(value))[0]) == value
