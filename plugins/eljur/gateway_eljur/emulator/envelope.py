"""The form of answers: the envelope, JSON or XML (notes 2.1, 4, 5)."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import JsonObject, encode
from gateway_eljur.emulator import xml
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.errors import ApiError
from gateway_eljur.emulator.quirks import Quirks

JSON_TYPE: Final = "application/json"
XML_TYPE: Final = "text/xml; charset=utf-8"
GOOD: Final = 200


def good(call: Call, result: object) -> Response:
    """An answer with data."""
    return _sent(call, GOOD, None, result)


def refused(call: Call, error: ApiError) -> Response:
    """A refusal; its HTTP status repeats the state."""
    return _sent(call, error.state, error.error, error.result)


def json(value: object, status: int = GOOD) -> Response:
    """A bare JSON answer."""
    return Response(encode(value), status, media_type=JSON_TYPE)


def _sent(call: Call, state: int, error: str | None, result: object) -> Response:
    quirks = call.service.quirks
    envelope: JsonObject = {
        "state": str(state) if quirks.state_as_text else state,
        "error": error,
        "result": _emptied(result) if quirks.empty_maps_as_lists else result,
    }
    if wants_json(call):
        return Response(encode({"response": envelope}), state, media_type=JSON_TYPE)
    return Response(xml.rendered(envelope), state, media_type=XML_TYPE)


def wants_json(call: Call) -> bool:
    """Whether `out_format` asks for JSON; without it the service answers in XML."""
    try:
        return call.text("out_format").strip().lower() == "json"
    except ApiError:  # a body that cannot be read: the query alone decides
        return "out_format=json" in call.request.url.query.lower()


def number(quirks: Quirks, text: str) -> str | int:
    """The number of a person in an answer."""
    return int(text) if quirks.int_ids else text


def _emptied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _emptied(item) for key, item in value.items()} if value else []
    if isinstance(value, list):
        return [_emptied(item) for item in value]
    return value
