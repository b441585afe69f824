"""Nothing of an exchange reaches a log, an error or a repr."""

import logging
import ssl
import traceback

import httpx
import pytest

from gateway.core.errors import GatewayError
from gateway.core.transport.client import Transport
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import Trust
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import Body, RequestKind, WireRequest
from tests.core.transport.loopback import Peer, Received, answer, redirect, serve
from tests.core.transport.making import ample, ask, exchange, way

CANARY = "canary-51d0"
SECRETIVE = (("Authorization", f"Bearer {CANARY}"),)
JAR = CookieJar((Cookie("sid", CANARY, "127.0.0.1"),))


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection", "aiohttp"):
        caplog.set_level(logging.DEBUG, logger=name)


async def test_at_debug_level_an_exchange_logs_nothing(
    transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    async def respond(request: Received, peer: Peer) -> None:
        cookies = [f"sid={CANARY}-2"]
        if request.target.startswith("/in"):
            peer.send(redirect(f"/end?token={CANARY}", cookies=cookies))
        else:
            peer.send(answer(CANARY.encode(), headers=[("Set-Cookie", f"x={CANARY}")]))

    async with serve(respond) as server:
        for kind in RequestKind:
            await ask(
                transport,
                way(server.url),
                f"/in?password={CANARY}",
                method="POST",
                kind=kind,
                headers=SECRETIVE,
                jar=JAR,
                body=Body.of_form({"password": CANARY}),
            )
        request = WireRequest("api", "GET", f"/file?t={CANARY}", RequestKind.READ)
        async with transport.stream(request, way(server.url), jar=JAR, deadline=ample) as body:
            async for _ in body:
                pass
        await transport.aclose()
    records = [record for record in caplog.records if record.name.startswith(("http", "aio"))]
    assert records == []
    assert CANARY not in caplog.text


async def test_an_applications_own_requests_log_as_before(
    carrier: HttpxCarrier, caplog: pytest.LogCaptureFixture
) -> None:
    async with serve(answer()) as server:
        await carrier.send(exchange(server.origin))
        assert "httpx" not in {record.name for record in caplog.records}
        async with httpx.AsyncClient(trust_env=False) as client:
            await client.get(server.url)
    assert {"httpx", "httpcore.http11"} <= {record.name for record in caplog.records}


@pytest.mark.parametrize("failure", ["cut", "refused", "certificate", "foreign", "garbage"])
async def test_errors_tell_nothing_of_the_request(
    transport: Transport, server_tls: ssl.SSLContext, trust: Trust, failure: str
) -> None:
    async def respond(_request: Received, peer: Peer) -> None:
        if failure == "foreign":
            peer.send(redirect(f"https://user:{CANARY}@evil.example/?t={CANARY}"))
        elif failure == "garbage":
            peer.send(f"{CANARY}\r\n\r\n".encode())
        else:
            peer.send(f"HTTP/1.1 200 OK\r\nX: {CANARY}\r\nContent-Length: 9\r\n\r\nx".encode())
            peer.close()

    tls = server_tls if failure == "certificate" else None
    async with serve(respond, tls=tls) as server:
        url = "http://127.0.0.1:1" if failure == "refused" else server.url
        with pytest.raises(GatewayError) as caught:
            await ask(transport, way(url), f"/?t={CANARY}", headers=SECRETIVE, jar=JAR)
    error = caught.value
    assert CANARY not in "".join(traceback.format_exception(error))
    assert CANARY not in f"{error!r} {error} {error.context} {error.to_problem()}"


async def test_reprs_tell_nothing_of_a_request_or_its_answer(carrier: HttpxCarrier) -> None:
    async with serve(answer(CANARY.encode(), headers=[("X", CANARY)])) as server:
        asked = exchange(server.origin, headers=SECRETIVE, content=CANARY.encode())
        got = await carrier.send(asked)
    assert CANARY not in f"{asked!r} {got!r}"


async def test_reprs_of_requests_and_responses_tell_nothing(transport: Transport) -> None:
    body = Body.of_form({"password": CANARY})
    request = WireRequest(
        "api",
        "POST",
        f"/{CANARY}",
        RequestKind.READ,
        params=(("t", CANARY),),
        headers=SECRETIVE,
        body=body,
    )
    there = redirect(f"/end#access_token={CANARY}", cookies=[f"a={CANARY}"])
    async with serve(there) as server:
        response, jar = await transport.perform(request, way(server.url), jar=JAR, deadline=ample)
    assert response.location == f"{server.url}/end#access_token={CANARY}"
    for shown in (request, body, response, response.hops, jar, jar.cookies):
        assert CANARY not in repr(shown)
