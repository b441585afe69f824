"""Reading a body as text by what its content type says."""

import pytest

from gateway.core.wire.response import Hop, WireResponse


def response(content_type: str, body: bytes) -> WireResponse:
    hop = Hop("https://api.diary.example/", 200)
    return WireResponse(200, (("content-type", content_type),), body, (hop,))


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html; charset=windows-1251",
        'text/html; CHARSET="Windows-1251"',
        "text/html; charset=windows-1251; version=2",
        "text/html; version=2; charset='windows-1251' ; x=y",
    ],
)
def test_the_declared_charset_is_used_wherever_it_stands(content_type: str) -> None:
    assert response(content_type, "Оценки".encode("cp1251")).text == "Оценки"


@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/html; charset=", "text/html; charset=no-such", "text/html; charset=hex",
     "text/html; charset=idna", "text/html; charset=a\x00b"],
)  # fmt: skip
def test_a_charset_that_cannot_be_used_is_read_as_utf8(content_type: str) -> None:
    assert response(content_type, "Оценки".encode()).text == "Оценки"


def test_broken_bytes_do_not_break_the_text() -> None:
    assert response("text/plain; charset=utf-8", b"ok \xff").text == "ok �"
