"""Login and password of mos.ru."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from gateway.core.contract.steps import Choice, CodeMedium, Confirm, Form, OneTimeCode, StepAction
from gateway.core.errors import (
    AccountLocked,
    AccountNotLinked,
    AccountUnknown,
    AntiBotPage,
    ClientRejected,
    CodeAttemptsExhausted,
    CodeExpired,
    FlowError,
    InteractionRequired,
    LoginError,
    MissingSetting,
    ServerFailure,
    SignInCancelled,
    WrongCode,
    WrongCredentials,
)
from gateway.core.wire.request import RequestKind
from gateway_mos_ru.login import words
from tests.plugins.mos_ru.login.play import Play, settings
from tests.plugins.mos_ru.login.samples import (
    AUTHORIZE,
    CLIENT,
    CLIENT_SECRET,
    ENDS,
    EXCHANGE,
    OWN_PERSON,
    PARENT,
    PERSON,
    PROFILE,
    PROFILES,
    REFRESH,
    REGISTER,
    TO_MESH,
    TOKEN,
    exchanged,
    family,
    profiles,
    registered,
    to_mesh,
    welcomed,
)
from tests.plugins.play import NOW, Reply, data, only, page, redirect, text

PASSWORD = "/sps/login/methods/headless/password"
SMS = "/sps/login/methods/headless/sms/bind"
TRUST = "/sps/login/ur/askToTrust"
FIELDS = {"login": " parent@sand.example ", "password": "fictional-password"}
CHALLENGE = "1:6:261005101500:3f2a-uuid::c2FsdA==:"
TRUST_PAGE = "<html><head><title>Доверять этому браузеру?</title></head></html>"


def begun(challenge: str | None = CHALLENGE) -> Reply:
    item: dict[str, Any] = {"inquire": "login_with_password"}
    if challenge is not None:
        item["proofOfWork"] = challenge
    items = [{"inquire": "qr_code"}, item]
    return data("GET", AUTHORIZE, {"inquire": "choose_one", "items": items})


def code(path: str = PASSWORD, value: str = "auth-code-1") -> Reply:
    return redirect("POST", path, f"dnevnik-mes://oauth2redirect?code={value}")


def sms_due(inquire: str = "ask_to_send_sms") -> Reply:
    return data("POST", PASSWORD, {"inquire": "choose_one", "items": [{"inquire": inquire}]})


def sms_sent(**changed: Any) -> Reply:
    told = {"inquire": "enter_sms_code", "contact": "7900…00", "ttl": 300, "remain_attempts": 3}
    return data("POST", SMS, {**told, **changed})


def errors(path: str, word: str, status: int = 200) -> Reply:
    return data("POST", path, {"errors": [{"code": word}]}, status)


def opened() -> tuple[Reply, ...]:
    return (exchanged(), to_mesh(), *welcomed())


async def asked(*replies: Reply, **options: Any) -> Play:
    """A login whose password is being submitted."""
    play = Play("password", **options)
    await play.start()
    play.will(registered(), begun(), *replies)
    return play


async def at_code(**options: Any) -> Play:
    play = await asked(sms_due(), sms_sent(), **options)
    await play.submit(FIELDS)
    return play


class TestPassword:
    async def test_nothing_is_sent_before_the_person_answers(self) -> None:
        play = Play("password")

        step = await play.start()

        assert isinstance(step, Form)
        assert [item.name for item in step.fields] == ["login", "password"]
        assert play.script.sent == []

    async def test_a_right_one_opens_the_account(self) -> None:
        play = await asked(code(), *opened())

        session = only(await play.submit(FIELDS))

        assert session.account == f"mos_ru:account:{PARENT}"
        assert session.method == "password"
        assert session.data == {
            "profile_id": str(PARENT),
            "role": "parent",
            "family": "mobile",
            "client_id": CLIENT,
        }
        assert session.secret("access_token") == TOKEN
        assert session.credentials["access_token"].expires_at == ENDS
        assert session.secret("refresh_token") == REFRESH
        assert session.secret("client_secret") == CLIENT_SECRET
        assert session.credentials["client_secret"].expires_at is None
        assert [item.id for item in session.students] == [f"mos_ru:student:{PERSON}"]
        assert play.script.paths == [
            REGISTER,
            AUTHORIZE,
            PASSWORD,
            EXCHANGE,
            TO_MESH,
            PROFILES,
            PROFILE,
        ]

    async def test_what_the_service_is_asked_with(self) -> None:
        play = await asked(code(), *opened())

        await play.submit(FIELDS)

        device, begin, sent, exchange, mesh, activation, profile = play.script.sent
        assert device.headers["Authorization"] == "Bearer fictional-registration"
        assert device.body == {
            "software_id": "dnevnik.mos.ru",
            "device_type": "android_phone",
            "software_statement": "fictional.jwt.x",
        }
        assert begin.params["display"] == "script"
        assert begin.params["client_id"] == CLIENT
        assert begin.params["code_challenge"] == "challenge-1"
        assert begin.params["code_challenge_method"] == "S256"
        assert begin.params["redirect_uri"] == "dnevnik-mes://oauth2redirect"
        assert begin.params["scope"].split()[0] == "birthday"
        assert sent.kind is RequestKind.AUTH
        assert sent.body["login"] == "parent@sand.example"
        assert sent.body["password"] == "fictional-password"
        stamp = hashlib.sha1(sent.body["proofOfWork"].encode()).digest()
        assert sent.body["proofOfWork"].startswith(CHALLENGE)
        assert stamp[0] >> 2 == 0
        assert exchange.headers["Authorization"].startswith("Basic ")
        assert exchange.body == {
            "grant_type": "authorization_code",
            "code": "auth-code-1",
            "redirect_uri": "dnevnik-mes://oauth2redirect",
            "code_verifier": "verifier-1",
        }
        assert mesh.body == {
            "user_authentication_for_mobile_request": {"mos_access_token": "fictional-mos-access"}
        }
        assert activation.role == "diary"
        assert activation.headers["Auth-Token"] == TOKEN
        assert activation.headers["partner-source-id"] == "MOBILE"
        assert profile.headers["Authorization"] == f"Bearer {TOKEN}"
        assert profile.headers["Profile-Id"] == str(PARENT)
        assert profile.headers["X-Mes-Role"] == "parent"

    async def test_without_a_proof_of_work_none_is_sent(self) -> None:
        play = Play("password")
        await play.start()
        play.will(registered(), begun(None), code(), *opened())

        await play.submit(FIELDS)

        assert "proofOfWork" not in play.script.to(PASSWORD)[0].body

    async def test_registration_data_are_needed(self) -> None:
        play = Play("password", configured=settings(software_statement=None))

        with pytest.raises(MissingSetting, match="SOFTWARE_STATEMENT"):
            await play.start()

    async def test_nothing_secret_lies_in_the_open_state(self) -> None:
        play = await at_code()

        shown = repr(play.record) + str(play.record.state)

        for secret in ("fictional-password", CLIENT_SECRET, "verifier-1"):
            assert secret not in shown
        assert not any(
            "fictional-password" in item.get_secret_value() for item in play.record.secrets.values()
        )


class TestRefusals:
    @pytest.mark.parametrize("status", [200, 400, 401, 403])
    @pytest.mark.parametrize(
        ("word", "error", "text"),
        [
            ("invalid_credentials", WrongCredentials, words.WRONG_PASSWORD),
            ("no_subject_found", AccountUnknown, words.UNKNOWN_LOGIN),
            ("pswd_method_temp_locked", AccountLocked, words.LOCKED),
        ],
    )
    async def test_each_has_an_error_of_its_own(
        self, word: str, error: type[LoginError], text: Any, status: int
    ) -> None:
        play = await asked(errors(PASSWORD, word, status))

        with pytest.raises(error) as raised:
            await play.submit(FIELDS)

        assert type(raised.value) is error
        assert raised.value.text == text
        assert len(play.script.to(PASSWORD)) == 1

    async def test_another_password_begins_anew_on_the_same_device(self) -> None:
        play = await asked(errors(PASSWORD, "invalid_credentials"))
        with pytest.raises(WrongCredentials):
            await play.submit(FIELDS)
        play.will(begun(), code(), *opened())

        await play.submit({**FIELDS, "password": "another"})

        assert len(play.script.to(REGISTER)) == 1
        assert [item.params["code_challenge"] for item in play.script.to(AUTHORIZE)] == [
            "challenge-1",
            "challenge-2",
        ]
        assert play.script.to(EXCHANGE)[0].body["code_verifier"] == "verifier-2"

    @pytest.mark.parametrize("inquire", ["captcha", "fill_profile", "accept_agreement", None])
    async def test_what_only_the_page_can_do_is_left_to_it(self, inquire: str | None) -> None:
        play = await asked(data("POST", PASSWORD, {"inquire": inquire}))

        with pytest.raises(LoginError) as raised:
            await play.submit(FIELDS)

        assert type(raised.value) is LoginError
        assert raised.value.text == words.USE_BROWSER

    async def test_an_unknown_refusal_is_no_wrong_password(self) -> None:
        play = await asked(errors(PASSWORD, "something_new", 401))

        with pytest.raises(LoginError, match="something_new") as raised:
            await play.submit(FIELDS)

        assert not isinstance(raised.value, WrongCredentials)

    async def test_a_bare_401_is_no_wrong_password(self) -> None:
        play = await asked(text("POST", PASSWORD, "Unauthorized", 401))

        with pytest.raises(LoginError) as raised:
            await play.submit(FIELDS)

        assert not isinstance(raised.value, WrongCredentials)

    async def test_a_refused_network_is_told(self) -> None:
        play = await asked(page("POST", PASSWORD, "<html>Forbidden", 403))

        with pytest.raises(AntiBotPage) as raised:
            await play.submit(FIELDS)

        assert raised.value.text == words.REFUSED_NETWORK

    async def test_a_page_or_another_address_is_left_to_the_browser(self) -> None:
        for reply in (
            page("POST", PASSWORD, "<html><title>Вход</title>"),
            redirect("POST", PASSWORD, "https://login.mos.ru/sps/login/ur/completeProfile"),
        ):
            play = await asked(reply)
            with pytest.raises(LoginError) as raised:
                await play.submit(FIELDS)
            assert raised.value.text == words.USE_BROWSER

    async def test_a_sign_in_that_offers_no_password_is_left_to_the_browser(self) -> None:
        play = Play("password")
        await play.start()
        play.will(
            registered(),
            data("GET", AUTHORIZE, {"inquire": "choose_one", "items": [{"inquire": "captcha"}]}),
        )

        with pytest.raises(LoginError, match="captcha") as raised:
            await play.submit(FIELDS)

        assert raised.value.text == words.USE_BROWSER
        assert play.script.to(PASSWORD) == []

    @pytest.mark.parametrize("challenge", ["1:25:2610:x::y:", "2:5:x:y::z:", "x" * 2000, "1:5:\n"])
    async def test_a_proof_that_is_too_hard_or_none_is_not_tried(self, challenge: str) -> None:
        play = Play("password")
        await play.start()
        play.will(registered(), begun(challenge))

        with pytest.raises(LoginError) as raised:
            await play.submit(FIELDS)

        assert raised.value.text == words.USE_BROWSER
        assert play.script.to(PASSWORD) == []

    @pytest.mark.parametrize("status", [400, 401])
    async def test_registration_data_that_are_refused_are_the_operators(self, status: int) -> None:
        play = Play("password")
        await play.start()
        play.will(data("POST", REGISTER, {"error": "invalid_token"}, status))

        with pytest.raises(ClientRejected, match="invalid_token"):
            await play.submit(FIELDS)

    async def test_a_device_that_is_refused_is_the_operators(self) -> None:
        play = Play("password")
        await play.start()
        play.will(registered(), data("GET", AUTHORIZE, {"error": "unauthorized_client"}, 400))

        with pytest.raises(ClientRejected):
            await play.submit(FIELDS)

    @pytest.mark.parametrize(
        ("word", "error"),
        [
            ("invalid_client", ClientRejected),
            ("unsupported_grant_type", ClientRejected),
            ("access_denied", SignInCancelled),
            ("invalid_grant", LoginError),
        ],
    )
    async def test_a_refused_exchange(self, word: str, error: type[LoginError]) -> None:
        play = await asked(code(), data("POST", EXCHANGE, {"error": word}, 401))

        with pytest.raises(error) as raised:
            await play.submit(FIELDS)

        assert type(raised.value) is error
        assert not isinstance(raised.value, WrongCredentials)

    async def test_a_refusal_may_come_with_the_link(self) -> None:
        play = await asked(
            redirect("POST", PASSWORD, "dnevnik-mes://oauth2redirect?error=access_denied")
        )

        with pytest.raises(SignInCancelled):
            await play.submit(FIELDS)

    async def test_a_person_without_a_diary(self) -> None:
        play = await asked(code(), exchanged(), to_mesh(None))

        with pytest.raises(AccountNotLinked) as raised:
            await play.submit(FIELDS)

        assert raised.value.text == words.NOT_LINKED_MOSCOW

    @pytest.mark.parametrize(
        "reply",
        [
            page("GET", AUTHORIZE, "<html><title>Вход"),
            redirect("GET", AUTHORIZE, "https://login.mos.ru/sps/login/methods/password"),
        ],
    )
    async def test_a_sign_in_that_begins_with_a_page_is_left_to_the_browser(
        self, reply: Reply
    ) -> None:
        play = Play("password")
        await play.start()
        play.will(registered(), reply)

        with pytest.raises(LoginError) as raised:
            await play.submit(FIELDS)

        assert raised.value.text == words.USE_BROWSER

    @pytest.mark.parametrize("status", [400, 401, 403])
    async def test_a_diary_that_does_not_take_the_sign_in(self, status: int) -> None:
        refused = data("POST", TO_MESH, {"message": "mos_access_token is invalid"}, status)
        play = await asked(code(), exchanged(), refused)

        with pytest.raises(LoginError) as raised:
            await play.submit(FIELDS)

        assert type(raised.value) is LoginError

    async def test_an_oauth_word_in_place_of_a_refusal(self) -> None:
        play = await asked(data("POST", PASSWORD, {"error": "access_denied"}, 400))

        with pytest.raises(SignInCancelled):
            await play.submit(FIELDS)


class TestSms:
    @pytest.mark.parametrize("inquire", ["ask_to_send_sms", "go_to_web"])
    async def test_it_is_asked_for_once_and_waited_for(self, inquire: str) -> None:
        play = await asked(sms_due(inquire), sms_sent())

        step = await play.submit(FIELDS)

        assert isinstance(step, OneTimeCode)
        assert step.medium is CodeMedium.SMS
        assert step.sent_to == "7900…00"
        assert step.length == 6
        assert step.attempts_left == 3
        assert step.expires_at == NOW + timedelta(seconds=300)
        assert StepAction.RESEND in step.actions
        assert play.script.to(SMS)[0].body == {}

    async def test_the_code_opens_the_account(self) -> None:
        play = await at_code()
        play.will(code(SMS), *opened())

        session = only(await play.submit("123 456"))

        assert play.script.to(SMS)[1].body == {"sms-code": "123456"}
        assert session.secret("access_token") == TOKEN

    async def test_a_wrong_one_shows_the_step_again_with_fewer_tries(self) -> None:
        play = await at_code()
        play.will(errors(SMS, "invalid_otp"))

        step = await play.submit("111111")

        assert step.error.code == WrongCode.code
        assert step.attempts_left == 2
        play.will(code(SMS), *opened())
        assert len(await play.submit("123456")) == 1
        assert len(play.script.to(PASSWORD)) == 1

    async def test_the_service_may_just_ask_for_the_code_again(self) -> None:
        play = await at_code()
        play.will(sms_sent(remain_attempts=1))

        step = await play.submit("111111")

        assert step.error.code == WrongCode.code
        assert step.attempts_left == 1

    async def test_an_expired_one_is_replaced_only_when_the_person_asks(self) -> None:
        play = await at_code()
        play.will(errors(SMS, "expired", 400))
        step = await play.submit("111111")
        assert step.error.code == CodeExpired.code
        assert len(play.script.to(SMS)) == 2
        play.will(sms_sent(ttl=60))

        step = await play.act(StepAction.RESEND)

        assert step.error is None
        assert step.expires_at == NOW + timedelta(seconds=60)
        assert play.script.to(SMS)[2].body == {}

    async def test_a_service_that_wants_to_send_another_waits_for_the_person(self) -> None:
        play = await at_code()
        play.will(data("POST", SMS, {"items": [{"inquire": "ask_to_send_sms"}]}))

        step = await play.submit("111111")

        assert step.error.code == CodeExpired.code

    async def test_it_is_not_sent_another_way(self) -> None:
        play = await at_code()
        play.step = play.step.model_copy(update={"actions": (StepAction.SWITCH,)})

        with pytest.raises(FlowError):
            await play.act(StepAction.SWITCH)

    async def test_without_tries_the_login_ends(self) -> None:
        play = await at_code()
        play.will(errors(SMS, "no_attempts"))

        with pytest.raises(CodeAttemptsExhausted):
            await play.submit("111111")

    @pytest.mark.parametrize("answer", ["12345", "abcdef", "", "1234567", "١٢٣٤٥٦"])
    async def test_what_is_no_code_costs_no_try(self, answer: str) -> None:
        play = await at_code()

        with pytest.raises(WrongCode):
            await play.submit(answer)

        assert len(play.script.to(SMS)) == 1

    async def test_nobody_is_disturbed_by_an_unattended_sign_in(self) -> None:
        play = await asked(sms_due(), person_present=False)

        with pytest.raises(InteractionRequired) as raised:
            await play.submit(FIELDS)

        assert raised.value.reason == "second_factor"
        assert play.script.to(SMS) == []


class TestTrust:
    @pytest.mark.parametrize(
        ("decision", "sent"),
        [
            (True, {"trust": "true", "action": "trust"}),
            (False, {"trust": "false", "action": "do_not_trust"}),
        ],
    )
    async def test_the_person_decides(self, decision: bool, sent: dict[str, str]) -> None:
        play = await at_code()
        play.will(page("POST", SMS, TRUST_PAGE))

        step = await play.submit("123456")

        assert isinstance(step, Confirm)
        play.will(code(TRUST), *opened())
        assert len(await play.submit(decision)) == 1
        assert play.script.to(TRUST)[0].body == sent

    async def test_nobody_there_means_no(self) -> None:
        play = await asked(
            page("POST", PASSWORD, TRUST_PAGE), code(TRUST), *opened(), person_present=False
        )

        await play.submit(FIELDS)

        assert play.script.to(TRUST)[0].body["action"] == "do_not_trust"

    async def test_a_question_without_an_end_is_left_to_the_browser(self) -> None:
        play = await at_code()
        play.will(page("POST", SMS, TRUST_PAGE))
        await play.submit("123456")
        play.will(page("POST", TRUST, TRUST_PAGE))

        with pytest.raises(LoginError) as raised:
            await play.submit(False)

        assert raised.value.text == words.USE_BROWSER


class TestHalfWay:
    async def test_a_diary_that_is_down_costs_no_second_code(self) -> None:
        play = await at_code()
        play.will(code(SMS), exchanged(), to_mesh(), page("GET", PROFILES, "<html>", 503))
        with pytest.raises(ServerFailure):
            await play.submit("123456")
        play.will(*welcomed())

        session = only(await play.submit("123456"))

        assert session.secret("access_token") == TOKEN
        assert len(play.script.to(EXCHANGE)) == 1
        assert len(play.script.to(SMS)) == 2

    async def test_a_password_is_taken_anew_for_it_may_be_anothers(self) -> None:
        play = await asked(code(), exchanged(), to_mesh(), page("GET", PROFILES, "<html>", 503))
        with pytest.raises(ServerFailure):
            await play.submit(FIELDS)
        play.will(begun(), errors(PASSWORD, "invalid_credentials"))

        with pytest.raises(WrongCredentials):
            await play.submit({"login": "another", "password": "another"})

    async def test_several_profiles_are_chosen_from(self) -> None:
        play = await asked(
            code(),
            exchanged(),
            to_mesh(),
            profiles((PARENT, "ParentProfile"), (9, "student"), (7, "StaffProfile")),
        )

        step = await play.submit(FIELDS)

        assert isinstance(step, Choice)
        assert [option.key for option in step.options] == [str(PARENT), "9"]
        assert OWN_PERSON not in str(step)
        play.will(family(number=9, kind="student"))
        session = only(await play.submit("9"))
        assert session.data["profile_id"] == "9"
        assert session.data["role"] == "student"
        assert play.script.to(PROFILE)[0].headers["X-Mes-Role"] == "student"

    async def test_nobody_there_opens_all_of_them(self) -> None:
        play = await asked(
            code(),
            exchanged(),
            to_mesh(),
            profiles((PARENT, "parent"), (9, "student")),
            family(),
            family(number=9, kind="student"),
            person_present=False,
        )

        sessions = await play.submit(FIELDS)

        assert [item.account for item in sessions] == [
            f"mos_ru:account:{PARENT}",
            "mos_ru:account:9",
        ]
