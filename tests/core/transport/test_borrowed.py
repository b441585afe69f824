"""Applications test their own code with the mocks of httpx and respx."""

import gzip
import json

import httpx
import pytest
import respx

from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.declaration import Renewal
from gateway.core.errors import ConnectFailed, ServerFailure
from gateway.core.registry.plugins import Registry
from gateway.core.transport.borrowed import transport_over
from gateway.testing.clock import VirtualClock
from tests.core.scripted import DAY, HOST, STUDENT, SamplePlugin, marks


async def signed_in(router: respx.Router) -> AsyncGateway:
    router.post(f"{HOST}/login").respond(json={"access": "token"})
    made = AsyncGateway(
        settings=Settings(login_rate=1000.0),
        registry=Registry([], plugins={"sample": SamplePlugin(Renewal.NONE)}),
        clock=VirtualClock(auto=True),
        transport=transport_over(httpx.MockTransport(router.async_handler)),
    )
    await made.login("sample", login="parent", password="right-password")
    return made


async def test_a_respx_router_answers_the_gateway_without_patching() -> None:
    router = respx.Router()
    route = router.get(f"{HOST}/marks/7").respond(json=marks(1, 2))
    async with await signed_in(router) as gateway:
        answer = await (await gateway.diary(STUDENT)).list_marks(DAY, DAY)
    assert [mark.id for mark in answer] == ["sample:mark:1", "sample:mark:2"]
    assert route.calls.last.request.headers["Authorization"] == "Bearer token"
    assert route.calls.last.request.url.params["from"] == DAY.isoformat()


async def test_a_compressed_answer_is_decoded_within_bounds() -> None:
    router = respx.Router()
    body = gzip.compress(json.dumps(marks(1)).encode())
    router.get(f"{HOST}/marks/7").respond(content=body, headers={"content-encoding": "gzip"})
    async with await signed_in(router) as gateway:
        assert len((await (await gateway.diary(STUDENT)).list_marks(DAY, DAY)).value) == 1


@pytest.mark.parametrize(
    "effect, error, sends",
    [
        (httpx.ConnectError("refused"), ConnectFailed, 3),
        (httpx.Response(503), ServerFailure, 3),
    ],
    ids=["refused", "unavailable"],
)
async def test_its_failures_go_through_the_whole_pipeline(
    effect: object, error: type[Exception], sends: int
) -> None:
    router = respx.Router()
    route = router.get(f"{HOST}/marks/7").mock(side_effect=[effect] * 5)
    async with await signed_in(router) as gateway:
        with pytest.raises(error):
            await (await gateway.diary(STUDENT)).list_marks(DAY, DAY)
    assert route.call_count == sends
