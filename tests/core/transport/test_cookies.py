"""Cookies belong to accounts; connections have none."""

import asyncio
from random import Random

import pytest

from gateway.core.transport.client import Transport
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import RequestKind
from tests.core.transport.loopback import Peer, Received, answer, redirect, serve
from tests.core.transport.making import ask, way


async def test_one_accounts_cookie_never_travels_with_another(transport: Transport) -> None:
    """Fifty accounts over shared connections, in random order, each with a canary of its own."""

    async def echo(request: Received, peer: Peer) -> None:
        seen = request.header("cookie") or ""
        who = request.header("x-account") or ""
        peer.send(answer(seen.encode(), headers=[("Set-Cookie", f"sid=canary-{who}-2; Path=/")]))

    jars = {str(number): CookieJar() for number in range(50)}
    rng = Random(7)
    slots = asyncio.Semaphore(8)

    async def live(who: str) -> None:
        for turn in range(4):
            await asyncio.sleep(rng.random() / 500)
            async with slots:
                response, jars[who] = await ask(
                    transport, to, headers=(("X-Account", who),), jar=jars[who]
                )
            assert response.body.decode() == ("" if turn == 0 else f"sid=canary-{who}-2")

    async with serve(echo) as server:
        to = way(server.url)
        await asyncio.gather(*(live(who) for who in jars))
        assert server.connections <= 8
    assert len(server.requests) == 200


async def test_the_jar_is_the_callers_and_stays_unchanged(transport: Transport) -> None:
    before = CookieJar((Cookie("a", "1", "127.0.0.1"),))
    async with serve(answer(headers=[("Set-Cookie", "b=2"), ("Set-Cookie", "a=; Max-Age=0")])) as s:
        _, after = await ask(transport, way(s.url), jar=before)
    assert [cookie.name for cookie in before] == ["a"]
    assert [cookie.name for cookie in after] == ["b"]


async def test_cookies_go_where_the_rules_send_them(transport: Transport) -> None:
    host = "127.0.0.1"
    jar = CookieJar(
        (
            Cookie("root", "1", host),
            Cookie("deep", "2", host, path="/login"),
            Cookie("elsewhere", "3", host, path="/other"),
            Cookie("foreign", "4", "diary.example", host_only=False),
            Cookie("secure", "5", host, secure=True),
            Cookie("old", "6", host, expires=1.0),
        )
    )
    async with serve(answer()) as server:
        await ask(transport, way(server.url), "/login/step", jar=jar)
    assert server.requests[0].header("cookie") == "deep=2; root=1"


async def test_an_account_without_cookies_sends_no_header(transport: Transport) -> None:
    async with serve(answer()) as server:
        await ask(transport, way(server.url))
    assert server.requests[0].header("cookie") is None


@pytest.mark.parametrize("kind", [RequestKind.READ, RequestKind.AUTH])
async def test_cookies_of_a_hop_go_along_to_the_next(
    transport: Transport, kind: RequestKind
) -> None:
    async def login(request: Received, peer: Peer) -> None:
        if request.target == "/":
            peer.send(redirect("/in/next", cookies=["sid=1; Path=/in", "lone=2; Path=/out"]))
        else:
            peer.send(answer())

    async with serve(login) as server:
        response, jar = await ask(transport, way(server.url), kind=kind)
    assert server.requests[1].header("cookie") == "sid=1"
    assert {cookie.name for cookie in response.hops[0].cookies} == {"sid", "lone"}
    assert {cookie.name for cookie in jar} == {"sid", "lone"}


async def test_a_cookie_for_a_foreign_domain_is_not_taken(transport: Transport) -> None:
    headers = [("Set-Cookie", "a=1; Domain=example.org"), ("Set-Cookie", "no cookie")]
    async with serve(answer(headers=headers)) as server:
        response, jar = await ask(transport, way(server.url))
    assert response.hops[0].cookies == ()
    assert len(jar) == 0
