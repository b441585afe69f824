"""Redirect chains over real sockets."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from gateway.core.errors import BadResponse, ForbiddenAddress
from gateway.core.transport.addresses import Origin, Target
from gateway.core.transport.client import Transport
from gateway.core.transport.redirects import Step, following, resolve
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import Body, RequestKind, WireRequest
from tests.core.transport.loopback import Peer, Received, Respond, answer, redirect, serve
from tests.core.transport.making import ample, ask, way

CANARY = "canary-7f3a"


def routes(table: dict[str, bytes]) -> Respond:
    """Answers by target; anything else is 404."""

    async def respond(request: Received, peer: Peer) -> None:
        peer.send(table.get(request.target, answer(status=404)))

    return respond


async def test_a_redirect_is_given_back_unless_it_is_to_be_followed(transport: Transport) -> None:
    async with serve(redirect("/next#here")) as server:
        response, _ = await ask(transport, way(server.url), follow=False)
    assert response.status == 302
    assert response.location == f"{server.url}/next#here"
    assert len(server.requests) == 1


async def test_a_chain_is_followed_and_every_hop_is_told(transport: Transport) -> None:
    table = {
        "/": redirect("/one?x=1", cookies=["a=1"]),
        "/one?x=1": redirect("two", status=301),
        "/two": redirect("?y=2", status=307),
        "/two?y=2": answer(b"done"),
    }
    async with serve(routes(table)) as server:
        response, jar = await ask(transport, way(server.url))
    assert response.body == b"done"
    assert [(hop.url.removeprefix(server.url), hop.status) for hop in response.hops] == [
        ("/", 302),
        ("/one?x=1", 301),
        ("/two", 307),
        ("/two?y=2", 200),
    ]
    assert [hop.location for hop in response.hops] == [
        f"{server.url}/one?x=1",
        f"{server.url}/two",
        f"{server.url}/two?y=2",
        None,
    ]
    assert [cookie.name for cookie in response.hops[0].cookies] == ["a"]
    assert jar.value("a") == "1"


async def test_a_fragment_stays_in_the_urls_and_off_the_wire(transport: Transport) -> None:
    table = {
        "/": redirect("/oauth2/result?ok#access_token=abc&state="),
        "/oauth2/result?ok": redirect("/end"),
        "/end": answer(),
    }
    async with serve(routes(table)) as server:
        response, _ = await ask(transport, way(server.url))
    assert response.hops[1].url == f"{server.url}/oauth2/result?ok#access_token=abc&state="
    # As browsers do, a target without a fragment inherits the one before.
    assert response.url == f"{server.url}/end#access_token=abc&state="
    assert all("#" not in request.target for request in server.requests)


@pytest.mark.parametrize(
    "location, url, resolved",
    [
        ("/b", "https://h.example/a/c?d", "https://h.example/b"),
        ("b", "https://h.example/a/c?d", "https://h.example/a/b"),
        ("?e", "https://h.example/a/c?d", "https://h.example/a/c?e"),
        ("../b/./c", "https://h.example/x/y/z", "https://h.example/x/b/c"),
        ("//o.example/b", "https://h.example/a", "https://o.example/b"),
        ("#t=1", "https://h.example/a?d#old", "https://h.example/a?d#t=1"),
        ("", "https://h.example/a?d#old", "https://h.example/a?d#old"),
        ("/b#", "https://h.example/a#old", "https://h.example/b"),
        (" /b\t", "https://h.example/a", "https://h.example/b"),
        ("app:/done?x", "https://h.example/a", "app:/done?x"),
    ],
)
def test_a_location_is_resolved_as_a_browser_does(location: str, url: str, resolved: str) -> None:
    assert resolve(location, url) == resolved


def test_a_location_that_is_no_reference_is_a_bad_response() -> None:
    with pytest.raises(BadResponse):
        resolve("https://[::1", "https://h.example/")


async def test_a_location_of_what_is_no_redirect_changes_nothing(transport: Transport) -> None:
    async with serve(answer(b"x", status=201, headers=[("Location", "https://[::1")])) as server:
        response, _ = await ask(transport, way(server.url))
    assert (response.status, response.location) == (201, None)
    assert response.header("location") == "https://[::1"


async def test_a_redirect_without_a_location_is_the_answer(transport: Transport) -> None:
    async with serve(answer(b"x", status=302)) as server:
        response, _ = await ask(transport, way(server.url))
    assert (response.status, response.location) == (302, None)


@pytest.mark.parametrize("status", [300, 304, 305, 306])
async def test_other_statuses_are_not_followed(transport: Transport, status: int) -> None:
    async with serve(redirect("/next", status=status)) as server:
        response, _ = await ask(transport, way(server.url))
    assert response.status == status
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "status, method, then, keeps_body",
    [
        (301, "POST", "GET", False),
        (302, "POST", "GET", False),
        (303, "POST", "GET", False),
        (303, "PUT", "GET", False),
        (307, "POST", "POST", True),
        (308, "POST", "POST", True),
        (301, "PUT", "PUT", True),
        (302, "GET", "GET", False),
        (303, "HEAD", "HEAD", False),
        (301, "HEAD", "HEAD", False),
    ],
)
async def test_methods_change_as_the_standard_says(
    transport: Transport, status: int, method: str, then: str, keeps_body: bool
) -> None:
    body = Body.of_json({"a": 1}) if method in {"POST", "PUT"} else None

    async def respond(request: Received, peer: Peer) -> None:
        first = len(server.requests) == 1
        whole = redirect("/next", status=status) if first else answer()
        peer.send(whole)

    async with serve(respond) as server:
        await ask(
            transport,
            way(server.url),
            method=method,
            kind=RequestKind.WRITE,
            body=body,
            headers=(("Content-Language", "ru"),),
        )
    last = server.requests[1]
    assert last.method == then
    assert last.body == (b'{"a":1}' if keeps_body else b"")
    if method != then:
        assert last.header("content-type") is None
        assert last.header("content-language") is None
        assert last.header("content-length") is None


@pytest.mark.parametrize("most", [5, 10])
async def test_a_chain_has_a_greatest_length(transport: Transport, most: int) -> None:
    async def onwards(request: Received, peer: Peer) -> None:
        peer.send(redirect(f"/{len(server.requests)}"))

    async with serve(onwards) as server:
        with pytest.raises(BadResponse):
            await ask(transport, way(server.url, redirects=most))
    assert len(server.requests) == most + 1


async def test_a_chain_of_just_the_greatest_length_arrives(transport: Transport) -> None:
    async def onwards(request: Received, peer: Peer) -> None:
        number = len(server.requests)
        peer.send(redirect(f"/{number}") if number <= 5 else answer(b"end"))

    async with serve(onwards) as server:
        response, _ = await ask(transport, way(server.url))
    assert response.body == b"end"


async def test_a_loop_ends_at_its_first_repetition(transport: Transport) -> None:
    async with serve(redirect("/")) as server:
        with pytest.raises(BadResponse):
            await ask(transport, way(server.url))
    assert len(server.requests) == 2


async def test_coming_back_with_another_cookie_is_no_loop(transport: Transport) -> None:
    async def check(request: Received, peer: Peer) -> None:
        known = request.header("cookie") is not None
        peer.send(answer(b"in") if known else redirect("/", cookies=["seen=1"]))

    async with serve(check) as server:
        response, _ = await ask(transport, way(server.url))
    assert response.body == b"in"
    assert server.requests[1].header("cookie") == "seen=1"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/",
        "//evil.example/x",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:{port}/",
        "https://127.0.0.1:{port}/",
        "http://127.0.0.1:1/",
        "http://user@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}@evil.example/",
        "http://0x7f000001:{port}/",
        "http://127.1:{port}/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "app.diary://done#access_token=1",
        "https:/\\evil.example",
    ],
)
async def test_a_foreign_location_is_not_followed(transport: Transport, location: str) -> None:
    async def lead_away(request: Received, peer: Peer) -> None:
        peer.send(redirect(location.format(port=server.origin.port)))

    async with serve(lead_away) as server:
        with pytest.raises(ForbiddenAddress):
            await ask(
                transport,
                way(server.url),
                headers=(("Access-Token", CANARY),),
                secret_headers=("access-token",),
            )
    assert len(server.requests) == 1


async def test_a_sister_origin_is_followed_but_gets_no_credential(transport: Transport) -> None:
    secret = (
        ("Authorization", f"Bearer {CANARY}"),
        ("at", CANARY),
        ("Access-Token", CANARY),
        ("Auth-Token", CANARY),
        ("X-Custom-Key", CANARY),
    )
    async with serve(answer(b"there")) as other, serve(redirect(f"{other.url}/x")) as server:
        to = way(server.url, other.url)
        jar = CookieJar((Cookie("sid", CANARY, "127.0.0.1", path="/private"),))
        response, _ = await ask(
            transport,
            to,
            "/private/a",
            headers=(*secret, ("X-App", "1"), ("Referer", f"https://x.example/?t={CANARY}")),
            secret_headers=tuple(name.lower() for name, _ in secret),
            jar=jar,
        )
    assert response.body == b"there"
    assert sum(CANARY in value for _, value in server.requests[0].headers) == 7
    assert not any(CANARY in value for _, value in other.requests[0].headers)
    assert other.requests[0].header("x-app") == "1"


async def test_credentials_stay_behind_for_good(transport: Transport) -> None:
    async def back(request: Received, peer: Peer) -> None:
        peer.send(redirect(f"{server.url}/again"))

    async def start(request: Received, peer: Peer) -> None:
        first = request.target == "/"
        peer.send(redirect(f"{other.url}/") if first else answer(b"end"))

    async with serve(back) as other, serve(start) as server:
        response, _ = await ask(
            transport,
            way(server.url, other.url),
            headers=(("Access-Token", CANARY),),
            secret_headers=("access-token",),
        )
    assert response.body == b"end"
    assert server.requests[0].header("access-token") == CANARY
    assert server.requests[1].header("access-token") is None


async def test_credentials_stay_on_the_way_inside_one_origin(transport: Transport) -> None:
    async with serve(routes({"/": redirect("/x"), "/x": answer()})) as server:
        await ask(
            transport,
            way(server.url),
            headers=(("Access-Token", CANARY),),
            secret_headers=("access-token",),
        )
    assert [request.header("access-token") for request in server.requests] == [CANARY, CANARY]


HOME, ABROAD = Origin.parse("https://home.example"), Origin.parse("https://abroad.example")
OF_THE_BODY = ("Content-Type", "Content-Language", "Content-Location", "Content-Encoding")
OF_THE_ORIGIN = ("Authorization", "COOKIE", "origin", "Proxy-Authorization", "Referer")


def sent_step(*names: str, content: bytes = b"") -> Step:
    return Step(
        method="POST",
        url="https://home.example/a?token=abc#code",
        origin=HOME,
        target="/a?token=abc",
        headers=tuple((name, CANARY) for name in names),
        content=content,
    )


def followed(
    step: Step, status: int, origin: Origin, kind: RequestKind = RequestKind.WRITE
) -> Step:
    target = Target(origin, "/b")
    return following(step, status, target.url, target, kind=kind, secret_headers=["x-secret"])


def test_what_belongs_to_an_origin_never_goes_abroad_whatever_was_declared() -> None:
    step = sent_step(*OF_THE_ORIGIN, "X-Secret", "X-App")
    assert followed(step, 307, HOME).headers == step.headers
    assert followed(step, 307, ABROAD).headers == (("X-App", CANARY),)


def test_what_describes_a_body_goes_where_the_body_goes() -> None:
    step = sent_step(*OF_THE_BODY, "X-App", content=b"body")
    assert (followed(step, 307, HOME).headers, followed(step, 307, HOME).content) == (
        step.headers,
        b"body",
    )
    assert (followed(step, 302, HOME).headers, followed(step, 302, HOME).content) == (
        (("X-App", CANARY),),
        b"",
    )


def test_only_the_body_of_a_login_is_kept_from_another_origin() -> None:
    login, empty = sent_step(content=b"password=1"), sent_step()
    assert followed(login, 307, ABROAD, RequestKind.WRITE).content == b"password=1"
    assert followed(login, 307, HOME, RequestKind.AUTH).content == b"password=1"
    assert followed(login, 303, ABROAD, RequestKind.AUTH).content == b""
    assert followed(empty, 307, ABROAD, RequestKind.AUTH).origin == ABROAD
    with pytest.raises(ForbiddenAddress) as refused:
        followed(login, 307, ABROAD, RequestKind.AUTH)
    assert refused.value.host == "abroad.example"
    assert refused.value.reason == "credentials across origins"


def test_a_step_shows_only_where_it_goes() -> None:
    step = sent_step("X-Secret", content=b"password=1")
    assert step.path == "/a"
    assert not any(hidden in repr(step) for hidden in ("token", "code", CANARY, "password"))


@pytest.mark.parametrize("kind", [RequestKind.AUTH, RequestKind.REFRESH])
async def test_the_body_of_a_login_never_goes_to_another_origin(
    transport: Transport, kind: RequestKind
) -> None:
    moved = 307
    async with (
        serve(answer()) as other,
        serve(redirect(f"{other.url}/", status=moved)) as server,
    ):
        with pytest.raises(ForbiddenAddress):
            await ask(
                transport,
                way(server.url, other.url),
                method="POST",
                kind=kind,
                body=Body.of_form({"password": CANARY}),
            )
    assert other.requests == []


async def test_each_hop_is_guarded_by_its_own_origin(transport: Transport) -> None:
    entered: list[Origin] = []
    inside = 0

    def guard(origin: Origin) -> AbstractAsyncContextManager[None]:
        @asynccontextmanager
        async def slot() -> AsyncIterator[None]:
            nonlocal inside
            entered.append(origin)
            inside += 1
            assert inside == 1
            yield
            inside -= 1

        return slot()

    async with serve(answer()) as other, serve(redirect(f"{other.url}/")) as server:
        request = WireRequest("api", "GET", "/", RequestKind.READ, redirects="follow")
        await transport.perform(
            request,
            way(server.url, other.url),
            jar=CookieJar(),
            deadline=ample,
            guard=guard,
        )
    assert entered == [server.origin, other.origin]
    assert inside == 0


async def test_a_role_with_a_path_prefix_is_asked_below_it(transport: Transport) -> None:
    async with serve(answer()) as server:
        response, _ = await ask(transport, way(f"{server.url}/sandbox/"), "/v2/users/me")
    assert server.requests[0].target == "/sandbox/v2/users/me"
    assert server.requests[0].header("host") == server.url.removeprefix("http://")
    assert response.url == f"{server.url}/sandbox/v2/users/me"
