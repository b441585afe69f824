"""The envelope: parts, lists, withdrawal, dictionaries, files, errors."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from gateway.core.contract.link import DiaryLink
from gateway.core.errors import (
    AccessDenied,
    BadResponse,
    CancellationRefused,
    ConfigurationError,
    ConsentMissing,
    FilingNotPermitted,
    GatewayError,
    InteractionRequired,
    InvalidId,
    InvalidRequest,
    NotFound,
    NotSupported,
    TooManyApplications,
)
from gateway.core.ids import Ids
from gateway.core.model.life import ApplicationState
from gateway.core.wire.outcome import OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse
from gateway_gosuslugi.emulator.epgu.contract import SERVICE_CODE, TARGET_CODE, partner_settings
from gateway_gosuslugi.epgu.archive import LEAST_PART
from gateway_gosuslugi.epgu.form import DiaryForm, read_form
from gateway_gosuslugi.epgu.links import FileKey, file_key, source_of
from gateway_gosuslugi.epgu.mapping import followed_record
from gateway_gosuslugi.epgu.moments import asked_after, moment_of
from gateway_gosuslugi.epgu.orders import Followed, Orders, inner_order
from gateway_gosuslugi.epgu.partner import Filing, Partner, partner_of
from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.epgu.signing import signed
from gateway_gosuslugi.epgu.states import STATES, push_state, rejection_of, state_of
from gateway_gosuslugi.epgu.verdict import classified
from gateway_gosuslugi.epgu.wire import OrderDetails
from tests.plugins.gosuslugi.epgu.support import ACCOUNT, FIELDS, ORIGIN, TODAY, Office, office

GUID = UUID("00000000-0000-4000-8000-000000000001")
META = {"region": "27000000000", "serviceCode": SERVICE_CODE, "targetCode": TARGET_CODE}


@asynccontextmanager
async def orders(**own: Any) -> AsyncIterator[tuple[Office, Orders]]:
    async with office(**own) as desk:
        caller = desk.gateway._caller
        opened = await caller._services.keeper.open(ACCOUNT)
        link: DiaryLink = caller._link(opened, by_person=True)
        yield desk, Orders(link)


def the_partner() -> Partner:
    return partner_of(PartnerSettings.model_validate(partner_settings()), {"epgu": ORIGIN})


def large_form() -> DiaryForm:
    form = read_form(FIELDS, today=TODAY)
    noise = ("scan.pdf", "application/pdf", b"%PDF-" + os.urandom(2 * LEAST_PART + 1000))
    return replace(form, files=(noise,))


async def test_a_large_archive_goes_in_parts_under_one_number() -> None:
    async with orders() as (desk, portal):
        number = await portal.reserve(the_partner(), "27000000000")
        pushed = await portal.push(Filing(the_partner(), large_form(), GUID, number))
        found = await portal.follow(number)

    assert pushed == number
    assert desk.carrier.targets.count("/api/gusmev/push/chunked") == 3
    assert found.push.code == "DONE"
    assert found.order is not None
    names = {item.file_name for item in found.order.order_attachment_files or ()}
    assert names == {f"req_{GUID}.xml", "1_scan.pdf"}


async def test_states_of_known_applications_are_listed_and_strangers_left_out() -> None:
    async with orders() as (desk, portal):
        first, second = int(await desk.file()), int(await desk.file())
        found = await portal.statuses([first, second, 1])
        assert await portal.statuses([]) == ()

    assert {item.order_id: item.status and item.status.status_id for item in found} == {
        first: 21,
        second: 21,
    }


async def test_only_what_has_moved_since_is_listed_page_after_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gateway_gosuslugi.epgu.orders.PAGE_SIZE", 2)
    async with orders() as (desk, portal):
        old = int(await desk.file())
        desk.minutes(30)
        await portal.follow(old)
        moment = desk.clock.now()
        desk.minutes(1)
        new = [int(await desk.file()) for _ in range(3)]
        found = await portal.updated_after(moment)

    assert [item.order_id for item in found] == new


async def test_an_application_is_withdrawn_while_that_is_allowed() -> None:
    async with orders() as (desk, portal):
        number = int(await desk.file())
        await portal.cancel(number, "передумали")
        (withdrawn,) = await desk.all()
        other = int(await desk.file())
        desk.minutes(3)
        with pytest.raises(CancellationRefused):
            await portal.cancel(other, "поздно")
        with pytest.raises(NotFound):
            await portal.cancel(1, "нет такого")

    assert withdrawn.state is ApplicationState.CANCELLED
    assert withdrawn.history[-1].comment == "передумали"


async def test_somebody_elses_application_is_closed() -> None:
    async with orders() as (desk, portal):
        await desk.file()
        async with office(identity="esia-mother-c") as other:
            foreign = await other.post(
                "/api/gusmev/order", json=META, headers={"Authorization": "Bearer x"}
            )
        assert foreign.status_code == 401
        book = await desk.post("/api/gusmev/order", json=META)
        number = book.json()["orderId"]
        token = other.tokens[0]
        answer = await desk.post(
            f"/api/gusmev/order/{number}", headers={"Authorization": f"Bearer {token}"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "order_access")
        with pytest.raises(NotFound):
            await portal.follow(1)


async def test_dictionaries_are_open_and_hang_under_their_parents() -> None:
    async with orders() as (desk, portal):
        regions = await portal.dictionary("SANDBOX_REGIONS")
        schools = await portal.dictionary("SANDBOX_SCHOOLS", parent="39")
        page = await portal.dictionary("SANDBOX_SCHOOLS", page=1)
        with pytest.raises(NotFound):
            await portal.dictionary("NOTHING")
        assert all("Authorization" not in headers for headers in desk.carrier.headers)

    assert "39" in {item.value for item in regions}
    assert {item.parent_value for item in schools} == {"39"}
    assert len(page) > len(schools)


async def test_the_file_of_an_answer_is_reached_by_both_editions() -> None:
    async with orders() as (desk, _):
        number = await desk.file()
        desk.minutes(3)
        await desk.post(f"/sandbox/epgu/{number}/decide")
        (confirmed,) = await desk.all()
        (file,) = confirmed.attachments
        caller = desk.gateway._caller
        opened = await caller._services.keeper.open(ACCOUNT)
        link = caller._link(opened)
        student = opened.session.students[0]
        for edition in ("1.12", "1.13"):
            opened.adapter.settings = opened.adapter.settings.model_copy(
                update={"epgu_specification": edition}
            )
            source = opened.adapter.open_attachment(link, student, attachment_id=file.id)
            answer = await desk.post(source.path, method="GET", params=dict(source.params))
            assert (source.role, source.name) == ("epgu", "answer.pdf")
            assert answer.content.startswith(b"%PDF-")
        with pytest.raises(NotSupported):
            opened.adapter.open_attachment(link, student, attachment_id="gosuslugi:file:1")
        with pytest.raises(InvalidId):
            opened.adapter.open_attachment(
                link, student, attachment_id="gosuslugi:application_file:1"
            )


PART = ("file", ("a.z001", b"x" * 10, "application/zip"))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"chunk": "1", "chunks": "2"}, 400),
        ({"chunk": "0", "chunks": "2"}, 400),
        ({"chunk": "2", "chunks": "2"}, 400),
        ({"chunk": "x", "chunks": "2"}, 400),
        ({"chunk": "0", "chunks": "1"}, 200),
    ],
)
async def test_the_portal_is_strict_about_parts(fields: dict[str, str], status: int) -> None:
    async with office() as desk:
        number = (await desk.post("/api/gusmev/order", json=META)).json()["orderId"]
        answer = await desk.post(
            "/api/gusmev/push/chunked",
            data={**fields, "orderId": str(number), "meta": msgspec.json.encode(META).decode()},
            files=[PART],
        )
        follow = await desk.post(f"/api/gusmev/order/{number}")

    assert answer.status_code == status
    if status == 200:
        assert follow.json()["code"] == "INVALID_FILES_STRUCTURE"
    else:
        assert follow.json()["order"] is None


async def test_parts_come_within_five_minutes() -> None:
    part = [("file", ("a.z001", b"x" * LEAST_PART, "application/zip"))]
    async with office() as desk:
        number = (await desk.post("/api/gusmev/order", json=META)).json()["orderId"]
        statuses = []
        for index, pause in ((0, 0), (1, 4), (2, 2)):
            desk.minutes(pause)
            fields = {"chunk": str(index), "chunks": "3", "orderId": str(number)}
            answer = await desk.post("/api/gusmev/push/chunked", data=fields, files=part)
            statuses.append(answer.status_code)

    assert statuses == [206, 206, 400]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/api/gusmev/order", {**META, "serviceCode": "1"}, 400, "service_not_found"),
        ("/api/gusmev/order", {**META, "region": ""}, 400, "bad_request"),
        ("/api/gusmev/order", [], 400, "bad_request"),
        ("/api/gusmev/order/word", None, 400, "bad_request"),
    ],
)
async def test_the_portal_names_what_is_wrong(path: str, body: Any, status: int, code: str) -> None:
    async with office() as desk:
        answer = await desk.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_portal_itself_counts_to_twenty() -> None:
    async with office() as desk:
        answers = [await desk.post("/api/gusmev/order", json=META) for _ in range(21)]
        desk.minutes(11)
        later = await desk.post("/api/gusmev/order", json=META)

    assert [item.status_code for item in answers] == [200] * 20 + [409]
    assert answers[-1].json()["code"] == "limitation_exception"
    assert later.status_code == 200


async def test_the_school_decides_once() -> None:
    async with office() as desk:
        number = await desk.file()
        first = await desk.post(f"/sandbox/epgu/{number}/decide")
        second = await desk.post(f"/sandbox/epgu/{number}/decide")
        stranger = await desk.post("/sandbox/epgu/1/decide")

    assert first.json() == {"status": "Подтверждено"}
    assert (second.status_code, stranger.status_code) == (404, 404)


# Answers without a portal.


def answer(status: int, body: bytes, role: str = "epgu") -> tuple[WireRequest, WireResponse]:
    request = WireRequest(role=role, method="POST", path="/x", kind=RequestKind.WRITE)
    headers = (("content-type", "application/json"),)
    return request, WireResponse(status, headers, body, (Hop("https://x.example", status),))


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "access_denied_person_permissions", ConsentMissing),
        (403, "access_denied_personal_data", AccessDenied),
        (403, "access_denied_service", FilingNotPermitted),
        (403, "access_denied_system", FilingNotPermitted),
        (403, "access_denied_user", FilingNotPermitted),
        (403, "access_denied_user_legal", FilingNotPermitted),
        (403, "access_denied_of_a_new_kind", AccessDenied),
        (403, "bad_delegation", FilingNotPermitted),
        (400, "config_delegation", FilingNotPermitted),
        (403, "push_denied", FilingNotPermitted),
        (400, "bad_request", InvalidRequest),
        (403, "cancel_not_allowed", CancellationRefused),
        (409, "limitation_exception", TooManyApplications),
        (400, "not_found", NotFound),
        (403, "order_access", AccessDenied),
        (400, "service_not_found", ConfigurationError),
    ],
)
def test_every_documented_code_has_its_error(
    status: int, code: str, kind: type[GatewayError]
) -> None:
    body = msgspec.json.encode({"code": code, "message": "слова портала"})
    found = classified(*answer(status, body))

    assert found is not None
    assert found.kind is OutcomeKind.REFUSED
    assert type(found.error) is kind
    assert found.error.http_status == status
    assert "слова портала" not in str(found.error.to_problem())


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, OutcomeKind.REFUSED),
        (401, OutcomeKind.SESSION_LOST),
        (429, OutcomeKind.THROTTLED),
    ],
)
def test_some_answers_are_told_by_their_status(status: int, kind: OutcomeKind) -> None:
    found = classified(*answer(status, b""))
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"code":"internal_error"}', b"{" * 9])
def test_what_has_no_known_code_is_left_to_its_status(body: bytes) -> None:
    assert classified(*answer(500, body)) is None


def test_answers_of_other_hosts_are_left_alone() -> None:
    assert classified(*answer(401, b"", role="api")) is None


def test_requests_to_other_hosts_carry_no_token() -> None:
    request = WireRequest(role="api", method="GET", path="/x", kind=RequestKind.READ)
    assert signed(request, None) is request


async def test_a_token_that_is_over_needs_its_person() -> None:
    async with orders() as (desk, portal):
        desk.minutes(31 * 24 * 60)
        with pytest.raises(InteractionRequired):
            await portal.updated_after(desk.clock.now())


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_list_is_asked_for_again_where_that_helps(status: int) -> None:
    path = "/api/gusmev/order/getUpdatedAfter"
    async with orders() as (desk, portal):
        desk.carrier.spoilt[path] = (status, b"{}")
        assert await portal.updated_after(desk.clock.now()) == ()
        assert desk.carrier.targets == [path, path]


def test_an_application_inside_an_answer_is_read_or_refused() -> None:
    noted: list[str] = []
    note = lambda path, reason: noted.append(path)  # noqa: E731 - takes two
    assert inner_order(None, note) is None
    assert inner_order("", note) is None
    found = inner_order('{"id":"7","orderStatusId":2,"statuses":[{"statusId":2},5]}', note)
    assert found is not None
    assert (found.id, found.order_status_id) == (7, 2)
    assert noted
    for text in ("{", "[]", '{"orderStatusId":2}'):
        with pytest.raises(BadResponse):
            inner_order(text, note)


def test_the_number_decides_and_the_name_is_shown() -> None:
    text = '{"id":7,"orderStatusId":4,"orderStatusName":"Истекло время подписания документов"}'
    found = Followed(7, OrderDetails("DONE", order=text), inner_order(text, lambda *_: None))
    record = followed_record(Ids("gosuslugi"), found)

    assert record["state"] is ApplicationState.REFUSED
    assert record["state_text"] == "Истекло время подписания документов"


def test_unknown_numbers_are_unknown_and_known_ones_keep_their_meaning() -> None:
    assert state_of(None) is ApplicationState.UNKNOWN
    assert state_of(99) is ApplicationState.UNKNOWN
    assert [STATES[number] for number in (50, 51, 52)] == [
        ApplicationState.WAITING,
        ApplicationState.CONFIRMED,
        ApplicationState.REFUSED,
    ]
    assert push_state("RETRY") is ApplicationState.FILED
    assert push_state("VALIDATION_ERROR") is ApplicationState.REFUSED
    assert push_state("SOMETHING_NEW") is ApplicationState.UNKNOWN
    assert rejection_of("DONE") is None
    assert isinstance(rejection_of("LIMITATION_EXCEPTION"), TooManyApplications)


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("terrabyte://00/123/answer.pdf/3", FileKey("123", "3", "answer.pdf")),
        ("terrabyte://00/11/123/answer.pdf/3", FileKey("123", "3", "answer.pdf")),
        ("https://example.org/123/answer.pdf/3", None),
        ("terrabyte://00/../answer.pdf/3", None),
        ("terrabyte://00/123/a?b/3", None),
        (None, None),
    ],
)
def test_links_of_files_are_read_or_refused(link: str | None, key: FileKey | None) -> None:
    assert file_key(link) == key


def test_files_are_asked_by_the_edition_of_the_specification() -> None:
    key = FileKey("123", "3", "answer.pdf")
    old, new = source_of(key, "1.12", "77"), source_of(key, "1.13", "77")

    assert old.path == "/api/storage/v2/files/123/3/download"
    assert dict(old.params) == {"mnemonic": "answer.pdf"}
    assert new.path == "/api/gusmev/files/download/123/3"
    assert dict(new.params) == {"mnemonic": "answer.pdf", "eserviceCode": "77"}


def test_moments_have_an_offset_or_are_moscows() -> None:
    told = datetime(2030, 11, 2, 4, 27, 22, 586000, tzinfo=UTC)
    assert moment_of("2030-11-02T07:27:22.586+0300") == told
    assert moment_of("2030-11-02T07:27:22.586") == told
    assert moment_of("вчера") is None
    assert moment_of(None) is None
    assert asked_after(told) == "2030-11-02T07:27:22.586"
