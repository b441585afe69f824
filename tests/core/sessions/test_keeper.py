"""Rotating tokens: durable before use, one refresh for all, never blind twice."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from gateway.core.contract.declaration import Renewal
from gateway.core.contract.link import RenewalLink
from gateway.core.contract.session import Credential, Session, SessionStatus
from gateway.core.errors import (
    AccessDenied,
    AntiBotPage,
    CertificateInvalid,
    CircuitOpen,
    ConnectFailed,
    ConnectionBroken,
    DeadlineExceeded,
    GatewayError,
    InteractionRequired,
    Maintenance,
    Overloaded,
    ProviderUnavailable,
    RateLimited,
    ServerFailure,
)
from gateway.core.pipeline.breaker import BreakerState
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange, RawAnswer, Sent, TransportFault, faulted
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import Body, RequestKind
from gateway.testing.clock import VirtualClock
from tests.core.scripted import (
    ACCOUNT,
    DAY,
    HOST,
    STUDENT,
    SampleAdapter,
    ScriptedCarrier,
    Token,
    signed_in_gateway,
)

FIRST = {"access": "old-access", "refresh": "old-refresh"}
SECOND = {"access": "new-access", "refresh": "new-refresh"}


def accepts(*tokens: str) -> Callable[[Exchange], tuple[int, object]]:
    def reply(exchange: Exchange) -> tuple[int, object]:
        token = dict(exchange.headers)["Authorization"].removeprefix("Bearer ")
        return (200, []) if token in tokens else (401, {})

    return reply


async def stored(store: MemoryStore) -> Session:
    found = await store.load(RecordKind.SESSIONS, ACCOUNT)
    assert found is not None
    return SessionCodec().decode(found.payload)


async def test_a_refresh_is_marked_then_stored_then_used() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    seen: list[tuple[SessionStatus, str | None]] = []

    def refreshing(_: Exchange) -> tuple[int, object]:
        session = SessionCodec().decode(store._records[RecordKind.SESSIONS, ACCOUNT].payload)
        seen.append((session.status, session.secret("access_token")))
        return 200, SECOND

    carrier.on("/refresh", refreshing)
    carrier.on("/marks/7", accepts("new-access"))
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING
    ) as made:
        await (await made.diary(STUDENT)).list_marks(DAY, DAY)
        assert seen == [(SessionStatus.REFRESHING, "old-access")]
        session = await stored(store)
    assert session.status is SessionStatus.ACTIVE
    assert session.secret("refresh_token") == "new-refresh"
    assert carrier.paths() == ["/marks/7", "/refresh", "/marks/7"]


async def test_waiting_calls_share_one_refresh() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/refresh", (200, SECOND))
    carrier.on("/marks/7", accepts("new-access"))
    async with await signed_in_gateway(carrier, token=FIRST, renewal=Renewal.ROTATING) as made:
        diary = await made.diary(STUDENT)
        days = [DAY.replace(day=day) for day in range(1, 20)]
        await asyncio.gather(*(diary.list_marks(day, day) for day in days))
    assert carrier.paths().count("/refresh") == 1


async def test_two_processes_share_one_refresh() -> None:
    one, other, store = ScriptedCarrier(), ScriptedCarrier(), MemoryStore()
    for carrier in (one, other):
        carrier.on("/marks/7", accepts("new-access"))
    one.on("/refresh", (200, SECOND))
    options = {"token": FIRST, "store": store, "renewal": Renewal.ROTATING}
    async with await signed_in_gateway(one, **options) as first:  # type: ignore[arg-type]
        second = type(first)(store=store, registry=first.registry, transport=Transport(other))
        async with second:
            theirs = await second.diary(STUDENT)
            await (await first.diary(STUDENT)).list_marks(DAY, DAY)
            await theirs.list_marks(DAY, DAY)
    assert one.paths().count("/refresh") == 1
    assert other.paths() == ["/marks/7", "/marks/7"]


async def test_an_unknown_outcome_tries_the_old_tokens_once_each() -> None:
    carrier, store, clock = ScriptedCarrier(), MemoryStore(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts())
    carrier.on(
        "/refresh",
        lambda _: faulted(ConnectionBroken(), TransportFault.SENT_NO_ANSWER, Sent(started=True)),
    )
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        with pytest.raises(ProviderUnavailable):
            await diary.list_marks(DAY, DAY)
        assert (await stored(store)).status is SessionStatus.REFRESHING
        with pytest.raises(InteractionRequired):
            await diary.list_marks(DAY, DAY)
        assert (await stored(store)).status is SessionStatus.NEEDS_LOGIN
        sent = len(carrier.sent)
        with pytest.raises(InteractionRequired):
            await diary.list_marks(DAY, DAY)
    assert carrier.paths() == ["/marks/7", "/refresh", "/marks/7", "/refresh"]
    assert len(carrier.sent) == sent


async def test_a_refused_refresh_asks_for_the_person() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    carrier.on("/marks/7", accepts())
    carrier.on("/refresh", (401, {}))
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING
    ) as made:
        with pytest.raises(InteractionRequired):
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    assert (await stored(store)).status is SessionStatus.NEEDS_LOGIN


async def test_a_refresh_that_was_not_sent_costs_nothing() -> None:
    carrier, store, clock = ScriptedCarrier(), MemoryStore(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts("new-access"))
    carrier.on("/refresh", lambda _: faulted(ConnectFailed(), TransportFault.NOT_SENT))
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        with pytest.raises(ConnectFailed):
            await diary.list_marks(DAY, DAY)
        assert (await stored(store)).status is SessionStatus.ACTIVE
        carrier.on("/refresh", (200, SECOND))
        await clock.sleep(60)
        assert (await diary.list_marks(DAY, DAY)).value == ()


NOTHING_REACHED_THE_SERVICE = [
    CircuitOpen(retry_after=5),
    Overloaded(),
    DeadlineExceeded(),
    Maintenance(),
    AntiBotPage(http_status=403),
    RateLimited(http_status=429, retry_after=3600),
    faulted(CertificateInvalid(), TransportFault.CERTIFICATE),
]


@pytest.mark.parametrize("error", NOTHING_REACHED_THE_SERVICE, ids=lambda error: error.code)
async def test_what_never_reached_the_service_costs_nothing_however_often(
    error: GatewayError,
) -> None:
    carrier, store, clock = ScriptedCarrier(), MemoryStore(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts("new-access"))
    carrier.on("/refresh", error)
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        for _ in range(3):
            with pytest.raises(GatewayError):
                await diary.list_marks(DAY, DAY)
            assert (await stored(store)).status is SessionStatus.ACTIVE
            await clock.sleep(7200)
        carrier.on("/refresh", (200, SECOND))
        assert (await diary.list_marks(DAY, DAY)).value == ()


async def test_an_outage_while_a_token_comes_due_costs_no_sign_in() -> None:
    carrier, store, clock = ScriptedCarrier(), MemoryStore(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts("old-access", "new-access"))
    carrier.on("/refresh", (200, SECOND))
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        await clock.sleep(28 * 86400)
        breaker = made._services.engine.breaker(HOST)
        breaker.force(BreakerState.OPEN)
        for _ in range(3):
            with pytest.raises(CircuitOpen):
                await diary.list_marks(DAY, DAY, max_age=0)
        breaker.force(None)
        assert (await diary.list_marks(DAY, DAY)).value == ()
    assert (await stored(store)).status is SessionStatus.ACTIVE
    assert carrier.paths() == ["/refresh", "/marks/7"]


@pytest.mark.parametrize("answer", [(200, b"{"), (404, {}), (500, {})])
async def test_an_answer_that_tells_nothing_is_asked_for_twice_at_most(
    answer: tuple[int, object],
) -> None:
    carrier, store, clock = ScriptedCarrier(), MemoryStore(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts())
    carrier.on("/refresh", answer)
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        for _ in range(4):
            with pytest.raises(GatewayError, match=r"\[(provider|session)\."):
                await diary.list_marks(DAY, DAY)
    assert carrier.paths().count("/refresh") == 2
    assert (await stored(store)).status is SessionStatus.NEEDS_LOGIN


async def test_the_old_access_token_comes_before_a_second_refresh() -> None:
    carrier, store, clock = ScriptedCarrier(), MemoryStore(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts("old-access"))
    carrier.on("/refresh", (502, {}))
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        await clock.sleep(28 * 86400)
        for _ in range(2):
            assert (await diary.list_marks(DAY, DAY, max_age=0)).value == ()
    assert carrier.paths() == ["/refresh", "/marks/7", "/marks/7"]


async def test_renewals_do_not_come_sooner_each_time() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts("old-access", "new-access"))
    carrier.on("/refresh", (200, SECOND))
    async with await signed_in_gateway(
        carrier, token=FIRST, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        for _ in range(360):
            await clock.sleep(86400)
            await diary.list_marks(DAY, DAY, max_age=0)
    assert 13 <= carrier.paths().count("/refresh") <= 17  # every 80 % of 30 days, give or take


async def test_a_call_that_lost_its_session_in_several_requests_renews_it_once() -> None:
    """The second request learns of the loss when the first was already sent again."""
    carrier, late = ScriptedCarrier(), asyncio.Event()
    tokens: list[str] = []

    class Uneven(ScriptedCarrier):
        async def send(self, exchange: Exchange) -> RawAnswer:
            if "from=2026-12-16" in exchange.target and not late.is_set():
                answer = await super().send(exchange)
                await late.wait()
                return answer
            answer = await super().send(exchange)
            if answer.status == 200 and "/marks" in exchange.target:
                late.set()
            return answer

    carrier = Uneven()
    carrier.on("/marks/7", accepts("new-access"))
    carrier.on("/refresh", lambda _: (tokens.append("refresh"), (200, SECOND))[1])
    async with await signed_in_gateway(carrier, token=FIRST, renewal=Renewal.ROTATING) as made:
        diary = await made.diary(STUDENT)
        await diary.list_marks(DAY, DAY.replace(month=12, day=31))
    assert late.is_set()
    assert tokens == ["refresh"]


async def test_a_new_cookie_is_no_new_sign_in() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", accepts("new-access"))
    carrier.on("/refresh", (200, SECOND))
    async with await signed_in_gateway(carrier, token=FIRST, renewal=Renewal.ROTATING) as made:
        keeper = made._services.keeper
        account = await keeper.open(ACCOUNT)
        rejected = account.session
        account.replace(replace(rejected, jar=CookieJar((Cookie("seen", "1", "x.example"),))))
        await keeper.renew(account, rejected)
        assert account.session.secret("access_token") == "new-access"
        await keeper.renew(account, rejected)
    assert carrier.paths() == ["/refresh"]


async def test_a_second_refusal_after_a_good_refresh_is_no_loop() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", accepts())
    carrier.on("/refresh", (200, SECOND))
    async with await signed_in_gateway(carrier, token=FIRST, renewal=Renewal.ROTATING) as made:
        with pytest.raises(AccessDenied):
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    assert carrier.paths() == ["/marks/7", "/refresh", "/marks/7"]


async def test_a_token_is_renewed_before_its_life_ends() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/marks/7", accepts("old-access", "new-access"))
    carrier.on("/refresh", (200, SECOND))
    async with await signed_in_gateway(
        carrier, token=FIRST, renewal=Renewal.ROTATING, clock=clock
    ) as made:
        diary = await made.diary(STUDENT)
        await clock.sleep(28 * 86400)
        await diary.list_marks(DAY, DAY)
    assert carrier.paths() == ["/refresh", "/marks/7"]


async def test_without_a_refresh_token_only_a_person_can_go_on() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    carrier.on("/marks/7", accepts())
    async with await signed_in_gateway(carrier, store=store) as made:
        with pytest.raises(InteractionRequired) as caught:
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    assert caught.value.method == "password"
    assert carrier.paths() == ["/marks/7"]
    assert (await stored(store)).status is SessionStatus.NEEDS_LOGIN


async def test_an_account_erased_during_a_refresh_stays_erased() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    carrier.on("/marks/7", accepts("new-access"))

    def erased(_: Exchange) -> tuple[int, object]:
        store._records.pop((RecordKind.SESSIONS, ACCOUNT))
        return 200, SECOND

    carrier.on("/refresh", erased)
    async with await signed_in_gateway(
        carrier, token=FIRST, store=store, renewal=Renewal.ROTATING
    ) as made:
        with pytest.raises(Exception, match=r"store\.|session\."):
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    assert await store.list_keys(RecordKind.SESSIONS) == ()


class TestARenewalOfTwoRequests:
    """The first uses the refresh token up; the second may fail."""

    @pytest.fixture(autouse=True)
    def _in_two_steps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def refresh(_: SampleAdapter, link: RenewalLink, session: Session) -> Session:
            body = Body.of_json({"refresh": session.secret("refresh_token")})
            answer = await link.request(
                "api", "POST", "/refresh", kind=RequestKind.REFRESH, body=body
            )
            token = decode(answer, Token, link.note)
            left = session.with_credentials(
                refresh_token=Credential(SecretStr(token.refresh or "")),
            )
            await link.keep(left)
            await link.request("api", "POST", "/activate", kind=RequestKind.REFRESH)
            access = Credential(SecretStr(token.access), link.now() + timedelta(days=30))
            return replace(left.with_credentials(access_token=access), jar=link.jar)

        monkeypatch.setattr(SampleAdapter, "refresh", refresh)

    def _carrier(self, store: MemoryStore, activation: object = None) -> ScriptedCarrier:
        carrier, pairs = ScriptedCarrier(), iter("abc")
        valid = {"old-refresh"}

        def refreshing(exchange: Exchange) -> tuple[int, object]:
            given = json.loads(exchange.content)["refresh"]
            if given not in valid:
                return 401, {}
            valid.remove(given)
            number = next(pairs)
            valid.add(f"refresh-{number}")
            return 200, {"access": f"access-{number}", "refresh": f"refresh-{number}"}

        carrier.on("/refresh", refreshing)
        carrier.on("/activate", activation or (200, {}))  # type: ignore[arg-type]  # a reply
        carrier.on("/marks/7", accepts("access-a", "access-b", "access-c"))
        return carrier

    async def test_the_new_token_is_stored_before_the_second(self) -> None:
        store = MemoryStore()
        seen: list[tuple[SessionStatus, str | None, str | None]] = []

        def activating(_: Exchange) -> tuple[int, object]:
            found = SessionCodec().decode(store._records[RecordKind.SESSIONS, ACCOUNT].payload)
            seen.append((found.status, found.secret("access_token"), found.secret("refresh_token")))
            return 200, {}

        carrier = self._carrier(store, activating)
        async with await signed_in_gateway(
            carrier, token=FIRST, store=store, renewal=Renewal.ROTATING
        ) as made:
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
        assert seen == [(SessionStatus.ACTIVE, "old-access", "refresh-a")]
        assert (await stored(store)).secret("access_token") == "access-a"

    async def test_an_outage_of_the_second_costs_no_sign_in_however_often(self) -> None:
        store, clock = MemoryStore(), VirtualClock(auto=True)
        carrier = self._carrier(store, (503, {}))
        async with await signed_in_gateway(
            carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
        ) as made:
            diary = await made.diary(STUDENT)
            for _ in range(2):
                with pytest.raises(ProviderUnavailable):
                    await diary.list_marks(DAY, DAY)
            carrier.on("/activate", (200, {}))
            await diary.list_marks(DAY, DAY)
        session = await stored(store)
        assert session.status is SessionStatus.ACTIVE
        assert session.secret("refresh_token") == "refresh-c"

    async def test_waiting_calls_do_not_take_the_half_way_for_a_renewal(self) -> None:
        store, clock = MemoryStore(), VirtualClock(auto=True)
        carrier = self._carrier(store)
        answers = iter([(503, {})])
        carrier.on("/activate", lambda _: next(answers, (200, {})))
        async with await signed_in_gateway(
            carrier, token=FIRST, store=store, renewal=Renewal.ROTATING, clock=clock
        ) as made:
            diary = await made.diary(STUDENT)
            days = [DAY.replace(day=day) for day in range(1, 4)]
            found = await asyncio.gather(
                *(diary.list_marks(day, day) for day in days), return_exceptions=True
            )
        failed = [item for item in found if isinstance(item, BaseException)]
        assert [type(item) for item in failed] == [ServerFailure]
        assert carrier.paths().count("/refresh") == 2

    async def test_a_refusal_of_the_second_asks_for_the_person(self) -> None:
        store = MemoryStore()
        carrier = self._carrier(store, (401, {}))
        async with await signed_in_gateway(
            carrier, token=FIRST, store=store, renewal=Renewal.ROTATING
        ) as made:
            with pytest.raises(InteractionRequired):
                await (await made.diary(STUDENT)).list_marks(DAY, DAY)
        session = await stored(store)
        assert session.status is SessionStatus.NEEDS_LOGIN
        assert session.secret("refresh_token") == "refresh-a"

    async def test_an_account_erased_half_way_stays_erased(self) -> None:
        store, carrier = MemoryStore(), ScriptedCarrier()
        carrier.on("/marks/7", accepts("access-a"))

        def erasing(_: Exchange) -> tuple[int, object]:
            del store._records[RecordKind.SESSIONS, ACCOUNT]
            return 200, {"access": "access-a", "refresh": "refresh-a"}

        carrier.on("/refresh", erasing)
        async with await signed_in_gateway(
            carrier, token=FIRST, store=store, renewal=Renewal.ROTATING
        ) as made:
            with pytest.raises(GatewayError):
                await (await made.diary(STUDENT)).list_marks(DAY, DAY)
        assert await store.load(RecordKind.SESSIONS, ACCOUNT) is None
        assert "/activate" not in carrier.paths()
