"""What goes over the wire is recorded, made ill on demand, and can be read as a capture."""

import gzip
import http.client
import json

from gateway.core.replay.payloads import read_payloads
from gateway.sandbox.faults import FaultKind
from gateway.testing.bench import Bench
from gateway.testing.recording import Exchange, har
from tests.testing.mutants import bench_of


def ask(bench: Bench, path: str, body: bytes | None = None) -> int:
    connection = http.client.HTTPConnection(bench.origin.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET" if body is None else "POST", path, body)
        return connection.getresponse().status
    finally:
        connection.close()


def test_requests_and_answers_are_recorded() -> None:
    with bench_of() as bench:
        status = ask(
            bench, "/v1/sign-in?a=%20b", json.dumps({"login": "x", "password": "y"}).encode()
        )
        (exchange,) = bench.traffic.since(0)
    assert (exchange.method, exchange.path) == ("POST", "/v1/sign-in?a=%20b")
    assert exchange.status == status == 401
    assert json.loads(exchange.answer) == {"error": "wrong_password"}
    assert exchange.holds(["password"])
    assert not exchange.holds(["wrong_password"])


def test_answers_go_wrong_inside_the_block_only() -> None:
    with bench_of() as bench:
        with bench.traffic.striking(FaultKind.UNAVAILABLE, times=1):
            first, second = ask(bench, "/v1/me"), ask(bench, "/v1/me")
        assert (first, second, ask(bench, "/v1/me")) == (503, 401, 401)


def test_what_a_person_asks_is_not_recorded() -> None:
    with bench_of() as bench:
        with bench.traffic.striking(FaultKind.ERROR_500), bench.traffic.by_person():
            assert ask(bench, "/v1/me") == 401
        assert len(bench.traffic) == 0


def test_a_recording_reads_as_a_capture() -> None:
    with bench_of() as bench:
        ask(bench, "/v1/me?x=1")
        exchanges = bench.traffic.since(0)
    (payload,) = read_payloads("capture.har", har(exchanges))
    assert (payload.path, payload.method, payload.status) == ("/v1/me?x=1", "GET", 401)
    assert payload.body == exchanges[0].answer


def test_a_capture_holds_what_was_packed_as_it_was_before() -> None:
    packed = Exchange("GET", "/", (), answer=gzip.compress(b"{}"), encoding="gzip")
    plain = Exchange("GET", "/", (), answer=b"{}")
    for exchange in (packed, plain):
        (payload,) = read_payloads("capture.har", har([exchange]))
        assert payload.body == b"{}"
