"""Payloads captured elsewhere become the model; nothing given is dropped in silence."""

import json

import pytest

from gateway import normalize
from gateway.core.contract.declaration import Renewal
from gateway.core.errors import GatewayError, InvalidRequest, ShapeChanged, UnknownProvider
from gateway.core.registry.plugins import Registry
from gateway.core.replay.normalize import Normalized, _CaptureClock, _mapped
from gateway.core.replay.payloads import Payload, dates_in
from tests.core.scripted import SamplePlugin

MARKS = [
    {"id": 1, "text": "5", "date": "2025-09-03"},
    {"id": 2, "text": "4", "date": "2025-10-04"},
]
REGISTRY = Registry([], plugins={"sample": SamplePlugin(Renewal.NONE)})


def read(operation: str = "list_marks", **files: object) -> Normalized:
    contents = {
        name: item if isinstance(item, bytes) else json.dumps(item).encode()
        for name, item in files.items()
    }
    return normalize("sample", operation, contents, registry=REGISTRY)


def test_a_bare_body_is_recognised_by_its_structure() -> None:
    result = read(marks=MARKS)
    assert [mark.id for mark in result.value] == ["sample:mark:1", "sample:mark:2"]
    assert result.complete
    assert result.to_json()["schema"] == "diary-gateway/1"


def test_a_fixture_is_recognised_by_its_route() -> None:
    exchange = {
        "request": {"method": "GET", "path": "/marks/7?from=2025-09-01"},
        "response": {"status": 200, "body": MARKS},
    }
    assert len(read(one=exchange).value) == 2
    assert len(read(all={"exchanges": [exchange]}).value) == 2


def test_a_har_capture_is_matched_by_url_among_other_traffic() -> None:
    def entry(url: str, body: object) -> dict[str, object]:
        return {
            "request": {"method": "GET", "url": url},
            "response": {
                "status": 200,
                "content": {"text": json.dumps(body), "mimeType": "application/json"},
            },
        }

    har = {
        "log": {
            "entries": [
                entry("https://metrics.example/collect", {"ok": True}),
                entry("https://api.sample.example/marks/7?from=2025-09-01", MARKS),
            ]
        }
    }
    result = read(capture=har)
    assert len(result.value) == 2
    assert result.unused == ()


@pytest.mark.parametrize(
    ("origins", "mapped"),
    [
        (("http://127.0.0.1:8080",), True),
        (("https://api.sample.example",), False),
        (("http://127.0.0.1:8080", "https://api.sample.example"), False),
        (("http://127.0.0.1:8080", "https://metrics.example"), False),
        ((None,), False),
    ],
)
def test_a_capture_of_one_other_origin_tells_where_the_hosts_were_mapped(
    origins: tuple[str | None, ...], mapped: bool
) -> None:
    hosts = {"api": "https://api.sample.example", "login": "https://sample.example/login/"}
    payloads = [Payload("one", b"", origin=origin) for origin in origins]
    expected = {"api": "http://127.0.0.1:8080", "login": "http://127.0.0.1:8080/login"}
    assert _mapped(hosts, payloads) == (expected if mapped else {})


def test_what_cannot_be_read_is_listed_by_path() -> None:
    result = read(marks=[*MARKS, {"id": "x", "text": "5", "date": "2025-09-05", "extra": 1}])
    assert len(result.value) == 2
    assert [item.path for item in result.issues] == ["$[2].id"]
    assert result.unmapped == {"marks": ("$[].extra",)}
    assert not result.complete


def test_a_file_that_nothing_asked_for_is_named() -> None:
    result = read(marks=MARKS, other={"something": {"else": True}})
    assert result.unused == ("other",)
    assert not result.complete


def test_an_indispensable_file_that_is_missing_is_named() -> None:
    result = read()
    assert result.value is None
    assert [item.template for item in result.missing] == ["/marks/{student}"]


def test_a_body_of_a_changed_shape_is_an_error_that_names_the_place() -> None:
    with pytest.raises(ShapeChanged) as caught:
        read(marks={"marks": {"changed": "whole"}})
    assert caught.value.context["path"] == "$"


def test_now_is_when_it_was_captured() -> None:
    clock = _CaptureClock((Payload("marks", json.dumps(MARKS).encode()),), None)
    assert clock.now().date().isoformat() == "2025-10-04"


@pytest.mark.parametrize(
    ("body", "path", "day"),
    [
        (b'{"days":{"20251004":{"name":"20251004"}}}', None, "2025-10-04"),
        (b"{}", "/diary?days=20250929-20251005", "2025-10-05"),
    ],
)
def test_days_without_signs_between_their_parts_are_days_too(
    body: bytes, path: str | None, day: str
) -> None:
    clock = _CaptureClock((Payload("diary", body, path),), None)
    assert clock.now().date().isoformat() == day


def test_numbers_that_look_like_days_are_none() -> None:
    assert dates_in((Payload("marks", b'{"id":20251004,"key":"2025100412"}'),)) is None


async def test_it_works_inside_a_running_loop() -> None:
    assert len(read(marks=MARKS).value) == 2


@pytest.mark.parametrize("body", [b"", b"{", b"<html></html>", b"\xff", b"[" * 9000])
def test_rubbish_is_no_crash(body: bytes) -> None:
    try:
        assert read(rubbish=body).value is None
    except GatewayError:
        return


def test_an_operation_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        read("list_spaceships", marks=MARKS)
    with pytest.raises(UnknownProvider):
        normalize("nobody", "list_marks", {}, registry=REGISTRY)
