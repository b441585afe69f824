"""Applications from the person's fields to the school's answer, against the emulator."""

from pathlib import Path
from typing import Any

import pytest

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.session import SessionStatus
from gateway.core.errors import (
    ApplicantNotEntitled,
    CapabilityUnverified,
    ConfigurationError,
    ConnectionBroken,
    ConsentMissing,
    GatewayError,
    InteractionRequired,
    NotSupported,
    OutcomeUnknown,
    PhoneInvalid,
    TooManyApplications,
)
from gateway.core.model.life import Application, ApplicationState
from gateway.core.model.people import Role
from gateway_gosuslugi.emulator.epgu import school
from gateway_gosuslugi.emulator.epgu.contract import TEMPLATE
from tests.plugins.gosuslugi.epgu.support import ACCOUNT, FIELDS, PDF, Office, office

PUSH = "/api/gusmev/push"


async def test_an_application_waits_for_the_school_and_is_confirmed() -> None:
    async with office() as desk:
        number = await desk.file(attachments=(PDF,))
        (filed,) = await desk.all()
        desk.minutes(1.5)
        (with_agency,) = await desk.all()
        desk.minutes(1)
        (waiting,) = await desk.all()
        await desk.post(f"/sandbox/epgu/{number}/decide")
        (confirmed,) = await desk.all()

    assert filed.number == number
    assert filed.id == f"gosuslugi:application:{number}"
    assert [item.state for item in (filed, with_agency, waiting, confirmed)] == [
        ApplicationState.FILED,
        ApplicationState.WAITING,
        ApplicationState.WAITING,
        ApplicationState.CONFIRMED,
    ]
    assert (waiting.state_text, confirmed.state_text) == ("Ожидание подтверждения", "Подтверждено")
    assert (filed.can_be_cancelled, waiting.can_be_cancelled) == (True, False)
    assert confirmed.filed_at is not None
    assert confirmed.changed_at > confirmed.filed_at
    assert [step.state for step in confirmed.history] == [
        ApplicationState.DRAFT,
        ApplicationState.FILED,
        ApplicationState.FILED,
        ApplicationState.WAITING,
        ApplicationState.WAITING,
        ApplicationState.CONFIRMED,
    ]
    assert confirmed.reasons == ()
    assert [item.name for item in confirmed.attachments] == ["answer.pdf"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"child_snils": "000-000-099 99"}, school.NO_SUCH_CHILD),
        ({"child_given_name": "Жанна"}, school.DATA_DIFFER),
        ({"school_name": "Школа, которой нет"}, school.OTHER_SCHOOL),
        (
            {
                "child_snils": "000-000-004 04",
                "child_surname": "Учебнов",
                "child_given_name": "Максим",
                "child_birth_date": "2012-08-08",
                "child_document_issued_on": "2012-09-01",
                "school_name": 'МБОУ "СОШ № 0 г. Пробнинска"',
            },
            school.NOT_A_REPRESENTATIVE,
        ),
    ],
)
async def test_the_school_refuses_for_a_reason(changed: dict[str, str], reason: str) -> None:
    async with office() as desk:
        await desk.file(**changed)
        desk.minutes(4 * 24 * 60)
        (refused,) = await desk.all()

    assert refused.state is ApplicationState.REFUSED
    assert refused.state_text == "Отказ"
    assert refused.reasons == (reason,)


async def test_the_portal_drops_what_is_filed_for_another_person() -> None:
    async with office() as desk:
        with_other = {**FIELDS, "applicant_snils": "000-000-011 03"}
        await desk.diary.file_application(with_other)
        (dropped,) = await desk.all()

    assert dropped.state is ApplicationState.REFUSED
    assert dropped.state_text == "REQ_VERIFY_FAILED"
    assert dropped.reasons == ("Данные заявителя не совпадают с учётной записью",)


async def test_a_pupil_of_sixteen_files_alone() -> None:
    own = {
        "applicant_surname": "Вымыслова",
        "applicant_given_name": "Юлия",
        "applicant_patronymic": "Эскизовна",
        "applicant_birth_date": "2010-01-20",
        "applicant_snils": "000-000-003 03",
        "applicant_relation": "self",
    }
    async with office(identity="esia-student-3", role=Role.STUDENT) as desk:
        number = await desk.file(**own)
        desk.minutes(3)
        await desk.post(f"/sandbox/epgu/{number}/decide")
        (confirmed,) = await desk.all()

    assert confirmed.state is ApplicationState.CONFIRMED


async def test_a_pupil_cannot_file_as_their_parent() -> None:
    async with office(identity="esia-student-3", role=Role.STUDENT) as desk:
        with pytest.raises(ApplicantNotEntitled):
            await desk.file()
        assert desk.carrier.targets == []


async def test_a_mistake_is_told_before_anything_is_sent() -> None:
    async with office() as desk:
        with pytest.raises(PhoneInvalid) as caught:
            await desk.file(applicant_phone="8 900 000-00-06", applicant_email="nobody")
        assert desk.carrier.targets == []

    assert caught.value.context == {"field": "applicant_phone", "further": "1"}


async def test_a_reserved_number_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "numbered.xml"
    text = TEMPLATE.read_text(encoding="utf-8").replace("{{guid}}", "{{order}}")
    path.write_text(text, encoding="utf-8")
    async with office(epgu_template=path, epgu_number_inside=True) as desk:
        number = await desk.file()
        paths = list(desk.carrier.targets)
        desk.minutes(3)
        await desk.post(f"/sandbox/epgu/{number}/decide")
        (confirmed,) = await desk.all()

    assert paths == ["/api/gusmev/order", f"{PUSH}/chunked"]
    assert confirmed.number == number
    assert confirmed.state is ApplicationState.CONFIRMED


async def test_an_answer_that_was_lost_is_found_again_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "numbered.xml"
    text = TEMPLATE.read_text(encoding="utf-8").replace("{{guid}}", "{{order}}")
    path.write_text(text, encoding="utf-8")
    async with office(epgu_template=path, epgu_number_inside=True) as desk:
        desk.carrier.spoilt[f"{PUSH}/chunked"] = (502, b"")
        number = await desk.file()
        (filed,) = await desk.all()

    assert filed.number == number
    assert desk.carrier.targets.count(f"{PUSH}/chunked") == 1


async def test_without_a_number_a_lost_answer_stays_unknown_and_is_not_repeated() -> None:
    async with office() as desk:
        desk.carrier.spoilt[PUSH] = ConnectionBroken("cut")
        with pytest.raises((OutcomeUnknown, ConnectionBroken)):
            await desk.file()
        assert desk.carrier.targets == [PUSH]


async def test_the_twenty_first_application_waits_before_it_is_sent() -> None:
    async with office() as desk:
        for _ in range(20):
            await desk.file()
        with pytest.raises(TooManyApplications) as caught:
            await desk.file()
        assert len(desk.carrier.targets) == 20
        assert caught.value.retry_after == pytest.approx(600, abs=1)
        desk.minutes(10.1)
        await desk.file()


async def test_a_portal_that_counts_otherwise_is_believed() -> None:
    async with office() as desk:
        body = b'{"code":"limitation_exception","message":"limit"}'
        desk.carrier.spoilt[PUSH] = (409, body)
        with pytest.raises(TooManyApplications) as caught:
            await desk.file()

    assert caught.value.retry_after == 600


async def test_a_person_who_has_not_consented_is_told_so() -> None:
    async with office(consent=False) as desk:
        with pytest.raises(ConsentMissing) as caught:
            await desk.file()

    assert "согласия" in caught.value.text.ru
    assert caught.value.http_status == 403


async def test_without_a_token_nothing_is_sent_and_the_diary_stays_open() -> None:
    async with office(token=False) as desk:
        for call in (desk.file, desk.all):
            with pytest.raises(InteractionRequired):
                await call()
        assert desk.carrier.targets == []
        assert (await desk.gateway.account(ACCOUNT)).status is SessionStatus.ACTIVE


async def test_whoever_is_no_partner_is_told_before_any_request() -> None:
    nothing: dict[str, Any] = {
        "epgu_service_code": None,
        "epgu_target_code": None,
        "epgu_template": None,
    }
    async with office(**nothing) as desk:
        info = desk.diary.supports(Capability.FILE_APPLICATION)
        for call in (desk.file, desk.all):
            with pytest.raises(NotSupported) as caught:
                await call()
            assert "договор" in caught.value.text.ru
        assert desk.carrier.targets == []

    assert info.support is Support.UNSUPPORTED
    assert info.reason is not None
    assert "договор" in info.reason.ru


async def test_a_partner_must_allow_what_nobody_has_verified() -> None:
    async with office(allow_unverified=False) as desk:
        assert desk.diary.supports(Capability.FILE_APPLICATION).support is Support.UNKNOWN
        with pytest.raises(CapabilityUnverified):
            await desk.file()
        assert desk.carrier.targets == []


@pytest.mark.parametrize("base_url", [None, "https://svcdev-beta.test.gosuslugi.ru"])
async def test_the_template_of_the_sandbox_never_reaches_a_real_portal(
    base_url: str | None,
) -> None:
    async with office(base_url=base_url) as desk:
        with pytest.raises(ConfigurationError):
            await desk.file()
        assert desk.carrier.targets == []


@pytest.mark.parametrize("lacking", ["epgu_service_code", "epgu_target_code", "epgu_template"])
async def test_a_partner_without_one_of_the_three_files_nothing(lacking: str) -> None:
    without: dict[str, Any] = {lacking: None}
    async with office(**without) as desk:
        with pytest.raises(NotSupported):
            await desk.file()
        assert desk.carrier.targets == []


async def test_the_token_goes_to_the_portal_alone_and_into_no_error() -> None:
    async with office() as desk:
        desk.carrier.spoilt[PUSH] = (400, b'{"code":"bad_request","message":"secret words"}')
        with pytest.raises(GatewayError) as caught:
            await desk.file()
        assert all(item["Authorization"].startswith("Bearer ") for item in desk.carrier.headers)

    shown = f"{caught.value} {caught.value.to_problem()}"
    assert desk.tokens[0] not in shown
    assert "secret words" not in shown


async def test_what_was_filed_is_listed_at_once() -> None:
    async with office() as desk:
        assert await _cached(desk) == ()
        number = await desk.file()
        assert [item.number for item in await _cached(desk)] == [number]


async def _cached(desk: Office) -> tuple[Application, ...]:
    return (await desk.gateway.list_applications("gosuslugi:account:1")).value
