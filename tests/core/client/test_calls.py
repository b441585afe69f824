import asyncio
import logging
from datetime import timedelta

import pytest

from gateway.core.config import Settings
from gateway.core.contract.capability import Capability, Support
from gateway.core.errors import (
    AccessDenied,
    BadResponse,
    CacheMiss,
    CapabilityUnverified,
    ConnectionBroken,
    DeadlineExceeded,
    GatewayError,
    InteractionRequired,
    NotFound,
    NotSupported,
    OtherFamily,
    OutcomeUnknown,
    ServerFailure,
    ShapeChanged,
)
from gateway.core.transport.exchange import Sent, TransportFault, faulted
from gateway.testing.clock import VirtualClock
from tests.core.scripted import (
    ACCOUNT,
    DAY,
    STUDENT,
    ScriptedCarrier,
    gateway,
    marks,
    signed_in_gateway,
)


async def test_a_read_is_answered_and_then_cached() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1, 2)))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        first = await diary.list_marks(DAY, DAY)
        second = await diary.list_marks(DAY, DAY)
    assert [mark.id for mark in first] == ["sample:mark:1", "sample:mark:2"]
    assert second is first
    assert carrier.paths() == ["/marks/7"]
    assert first.covered is not None
    assert DAY in first.covered
    assert first.complete
    assert not first.stale


async def test_credentials_travel_in_the_header_that_sign_adds() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, []))
    async with await signed_in_gateway(carrier) as made:
        await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    assert ("Authorization", "Bearer first-access") in carrier.sent[0].headers
    assert any(
        name == "User-Agent" and value.startswith("diary-gateway/")
        for name, value in carrier.sent[0].headers
    )


async def test_a_long_range_is_asked_in_windows_and_joined() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        answer = await diary.list_marks(DAY, DAY + timedelta(days=69))
    assert len(carrier.sent) == 3
    assert [mark.id for mark in answer] == ["sample:mark:1"]
    assert answer.covered is not None
    assert (answer.covered.end - answer.covered.start).days == 69


async def test_an_unsupported_capability_sends_nothing() -> None:
    carrier = ScriptedCarrier()
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        assert diary.supports(Capability.MEALS).support is Support.UNSUPPORTED
        with pytest.raises(NotSupported) as caught:
            await diary.list_meals(DAY, DAY)
    assert caught.value.text.ru == "Питания нет."
    assert (caught.value.provider, caught.value.operation) == ("sample", "list_meals")
    assert carrier.sent == []


async def test_an_unverified_capability_opens_only_by_the_operators_leave() -> None:
    carrier = ScriptedCarrier()
    async with await signed_in_gateway(carrier) as made:
        with pytest.raises(CapabilityUnverified):
            await (await made.diary(STUDENT)).list_messages()
    allowing = Settings(providers={"sample": {"allow_unverified": True}}, login_rate=1000.0)
    async with await signed_in_gateway(carrier, settings=allowing) as made:
        assert (await (await made.diary(STUDENT)).list_messages()).value == ()


async def test_another_familys_child_is_refused_without_a_request() -> None:
    carrier = ScriptedCarrier()
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary("sample:student:8", account=ACCOUNT)
        with pytest.raises(OtherFamily):
            await diary.list_marks(DAY, DAY)
    assert carrier.sent == []


async def test_an_old_answer_is_served_while_the_provider_is_down() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier, clock=clock) as made:
        diary = await made.diary(STUDENT)
        fresh = await diary.list_marks(DAY, DAY)
        await clock.sleep(3600)
        carrier.on("/marks/7", (503, {}))
        stale = await diary.list_marks(DAY, DAY)
        assert stale.stale
        assert stale.value is fresh.value
        assert isinstance(stale.error, ServerFailure)
        with pytest.raises(ServerFailure):
            await diary.list_marks(DAY, DAY, max_age=0)
        await clock.sleep(2 * 86400)
        with pytest.raises(ServerFailure):
            await diary.list_marks(DAY, DAY)


@pytest.mark.parametrize(("status", "error"), [(401, InteractionRequired), (403, AccessDenied)])
async def test_nothing_old_is_served_to_who_may_not_see_it(
    status: int, error: type[GatewayError]
) -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier, clock=clock) as made:
        diary = await made.diary(STUDENT)
        await diary.list_marks(DAY, DAY)
        await clock.sleep(3600)
        carrier.on("/marks/7", (status, {}))
        with pytest.raises(error):
            await diary.list_marks(DAY, DAY)


async def test_cached_only_never_sends() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        with pytest.raises(CacheMiss):
            await diary.list_marks(DAY, DAY, cached_only=True)
        assert carrier.sent == []
        await diary.list_marks(DAY, DAY)
        assert (await diary.list_marks(DAY, DAY, cached_only=True)).value


async def test_raw_bodies_travel_only_when_asked_for_and_are_never_kept() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        with_raw = await diary.list_marks(DAY, DAY, keep_raw=True)
        without = await diary.list_marks(DAY, DAY)
    assert with_raw.raw[0].body.startswith(b'[{"id": 1')
    assert without.raw == ()
    assert "first-access" not in repr(with_raw)
    assert b"2026" not in repr(with_raw.raw[0]).encode()


async def test_drift_of_one_record_is_noted_and_strict_raises() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, [*marks(1, 2), {"id": 3, "text": None, "date": "x"}]))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        answer = await diary.list_marks(DAY, DAY)
    assert len(answer.value) == 2
    assert not answer.complete
    assert answer.issues[0].path == "$[2].text"


async def test_a_changed_envelope_is_our_defect_and_named() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, {"marks": []}))
    async with await signed_in_gateway(carrier) as made:
        with pytest.raises(ShapeChanged) as caught:
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    assert caught.value.context["path"] == "$"
    assert len(carrier.sent) == 1


async def test_a_caller_who_leaves_does_not_end_the_call() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        waiting = asyncio.create_task(diary.list_marks(DAY, DAY))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        answer = await diary.list_marks(DAY, DAY)
    assert answer.value
    assert len(carrier.sent) == 1


async def test_an_impatient_caller_gets_a_deadline_error() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/marks/7", (429, {}))
    async with await signed_in_gateway(carrier, clock=clock) as made:
        with pytest.raises(DeadlineExceeded):
            await (await made.diary(STUDENT)).list_marks(DAY, DAY, timeout=0.001)


async def test_an_absent_thing_is_remembered_for_a_minute() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/lesson/9", (404, {}))
    async with await signed_in_gateway(carrier, clock=clock) as made:
        diary = await made.diary(STUDENT)
        for _ in range(2):
            with pytest.raises(NotFound):
                await diary.get_lesson("sample:lesson:9")
        assert len(carrier.sent) == 1
        await clock.sleep(61)
        with pytest.raises(NotFound):
            await diary.get_lesson("sample:lesson:9")
    assert len(carrier.sent) == 2


async def test_a_missing_route_is_no_missing_thing() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (404, {}))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        with pytest.raises(NotFound):
            await diary.list_marks(DAY, DAY)
        carrier.on("/marks/7", (200, marks(1)))
        assert (await diary.list_marks(DAY, DAY)).value


async def test_a_write_makes_what_it_changes_old() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    carrier.on("/done", (200, {}))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        await diary.list_marks(DAY, DAY)
        receipt = await diary.set_homework_done("sample:homework:3")
        await diary.list_marks(DAY, DAY)
    assert receipt.target == "sample:homework:3"
    assert carrier.paths() == ["/marks/7", "/done", "/marks/7"]


async def test_a_write_without_an_answer_is_of_unknown_outcome_and_not_repeated() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    lost = faulted(ConnectionBroken(), TransportFault.SENT_NO_ANSWER, Sent(started=True))
    carrier.on("/done", lost)
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        await diary.list_marks(DAY, DAY)
        with pytest.raises(OutcomeUnknown):
            await diary.set_homework_done("sample:homework:3")
        await diary.list_marks(DAY, DAY)
    assert carrier.paths() == ["/marks/7", "/done", "/marks/7"]


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"<html>done?</html>"])
async def test_a_write_whose_answer_cannot_be_read_is_of_unknown_outcome(body: bytes) -> None:
    carrier = ScriptedCarrier()
    carrier.on("/hand-in", (200, body))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        with pytest.raises(OutcomeUnknown) as caught:
            await diary.reply("sample:message:3", text="Понял.")
    assert isinstance(caught.value.__cause__, BadResponse)
    assert carrier.paths() == ["/hand-in"]


async def test_what_could_not_be_read_before_a_write_leaves_nothing_unknown() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/lesson/9", (200, b"{"))
    async with await signed_in_gateway(carrier, clock=clock) as made:
        diary = await made.diary(STUDENT)
        with pytest.raises(BadResponse):
            await diary.mark_read("sample:message:3")
    assert set(carrier.paths()) == {"/lesson/9"}


async def test_erasing_an_account_drops_its_answers() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (200, marks(1)))
    async with await signed_in_gateway(carrier) as made:
        diary = await made.diary(STUDENT)
        await diary.list_marks(DAY, DAY)
        await made.erase(ACCOUNT)
        assert await made.accounts() == ()
        with pytest.raises(GatewayError):
            await diary.list_marks(DAY, DAY)


async def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    carrier = ScriptedCarrier()
    carrier.on("/marks/7", (500, {"text": "Примеров"}))
    async with await signed_in_gateway(carrier, clock=VirtualClock(auto=True)) as made:
        with pytest.raises(ServerFailure) as caught:
            await (await made.diary(STUDENT)).list_marks(DAY, DAY)
    written = caplog.text + str(caught.value) + repr(caught.value.to_problem())
    for secret in ("right-password", "first-access", "Примеров", "Образец"):
        assert secret not in written


async def test_an_unknown_student_is_named_before_anything_is_sent() -> None:
    carrier = ScriptedCarrier()
    async with gateway(carrier) as made:
        with pytest.raises(GatewayError):
            await made.diary(STUDENT)
    assert carrier.sent == []
