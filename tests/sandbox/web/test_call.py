import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from gateway.sandbox.web.call import WebCall
from gateway.sandbox.web.dispatch import application, asked_method, json_answer
from gateway.sandbox.web.fields import BadBodyError


class Refusal(Exception):
    """What the emulator of these tests raises."""


class Call(WebCall[None, str]):
    def unreadable(self, error: BadBodyError) -> Exception:
        return Refusal(str(error))


def call(query: bytes = b"", body: bytes = b"", kind: str = "") -> Call:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": query,
        "headers": [(b"content-type", kind.encode())] if kind else [],
    }
    return Call(None, "here", Request(scope), body, {})


def test_the_fields_of_query_and_body_stand_together() -> None:
    asked = call(b"Name=1&other=", b'{"name": [2, 3]}')
    assert asked.values("absent", "NAME") == ["1", "2", "3"]
    assert asked.text("other", "name") == ""
    assert asked.text("absent", "name") == "1"
    assert asked.text("absent") == ""


def test_lists_come_with_commas_or_bare() -> None:
    assert call(b"ids=1,2,&ids=+3").many("ids") == ["1", "2", "3"]
    assert call(body=b"[4, 5]").many("ids") == ["4", "5"]
    assert call().many("ids") == []


def test_a_body_that_cannot_be_read_is_refused_as_the_service_does() -> None:
    with pytest.raises(Refusal, match="JSON"):
        _ = call(body=b"{", kind="application/json").fields


async def test_an_application_answers_every_path_and_method() -> None:
    def answer(request: Request, body: bytes) -> Response:
        told = {"method": asked_method(request), "body": body.decode()}
        return json_answer(json_answer(told, "application/json"), "text/plain")

    transport = httpx.ASGITransport(application(answer, pause=lambda: 0.001))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        reply = await client.put("/any/where", content="text")
        assert reply.json() == {"method": "PUT", "body": "text"}
        assert reply.headers["content-type"] == "application/json"
        assert (await client.head("/")).status_code == 200
    assert asked_method(Request({"type": "http", "method": "HEAD"})) == "GET"
