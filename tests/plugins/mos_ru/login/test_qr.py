"""Sign-in by QR code."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from gateway.core.contract.steps import (
    Choice,
    CodeMedium,
    Confirm,
    OneTimeCode,
    ShowQr,
    StepAction,
    WaitForApproval,
)
from gateway.core.errors import (
    AntiBotPage,
    ApprovalExpired,
    ApprovalRejected,
    BadResponse,
    CodeAttemptsExhausted,
    CodeExpired,
    FlowError,
    ForbiddenAddress,
    LoginError,
    ServerFailure,
    WrongCode,
)
from gateway_mos_ru.login import words
from gateway_mos_ru.login.qr import MOST_CODES
from gateway_mos_ru.settings import MosSettings
from tests.plugins.mos_ru.login.play import Play
from tests.plugins.mos_ru.login.samples import (
    PROFILES,
    REFRESH,
    TOKEN,
    cookie,
    welcomed,
)
from tests.plugins.play import NOW, Reply, data, only, page, redirect

WEB_LOGIN = "/v3/auth/sudir/login"
AUTHORIZE = "/sps/oauth/ae"
PASSWORD_PAGE = "/sps/login/methods/password"
PULL = "/sps/login/methods/headless/qrCode/pull"
COMPLETE = "/sps/login/methods/qrCode/complete"
CALLBACK = "/v3/auth/sudir/callback"
TRUST = "/sps/login/ur/askToTrust"
LINK = "https://login.mos.ru/qr/fictional"
BACK = "back-1"
META = (
    '<html><meta http-equiv="refresh" content="0;url=https://login.mos.ru/sps/oauth/ae?'
    "response_type=code&amp;client_id=dnevnik.mos.ru&amp;"
    'redirect_uri=https://school.mos.ru/v3/auth/sudir/callback">'
)
ENDS = int((NOW + timedelta(minutes=2)).timestamp())


def opened() -> tuple[Reply, ...]:
    return (
        page("GET", WEB_LOGIN, META),
        redirect(
            "GET",
            AUTHORIZE,
            f"https://login.mos.ru{PASSWORD_PAGE}?bo={BACK}",
            cookie("origin", f"x|{BACK}", "login.mos.ru"),
        ),
        page("GET", PASSWORD_PAGE),
    )


def pulled(command: str = "showQRCode", **told: Any) -> Reply:
    shown = {"link": LINK, "expires": ENDS} if command == "showQRCode" else {}
    return data("GET", PULL, {"command": command, **shown, **told})


def called_back(refresh: str | None = REFRESH) -> Reply:
    cookies = [cookie("aupd_token", TOKEN)]
    if refresh is not None:
        cookies.append(cookie("aupd_refresh_token", refresh))
    return redirect("GET", CALLBACK, "https://school.mos.ru/diary/", *cookies)


def to_callback(method: str, path: str) -> Reply:
    return redirect(method, path, f"https://school.mos.ru{CALLBACK}?code=code-1")


def to_factor(method: str, path: str, factor: str) -> Reply:
    return redirect(method, path, f"https://login.mos.ru/sps/login/methods2/{factor}?bo={BACK}")


def factor_page(factor: str, html: str = "<html>") -> Reply:
    return page("GET", f"/sps/login/methods2/{factor}", html)


def state(**told: Any) -> str:
    parts = ",".join(f'"{name}":{value!r}'.replace("'", '"') for name, value in told.items())
    return f"<html><script>var vrfCodeConf = {{{parts}}};</script>"


async def at_code() -> Play:
    play = Play("qr", *opened(), pulled())
    await play.start()
    return play.later(1)


async def at_factor(factor: str = "sms", html: str = "<html>", *more: Reply) -> Play:
    play = await at_code()
    play.will(
        pulled("needComplete"),
        to_factor("POST", COMPLETE, factor),
        factor_page(factor, html),
        *more,
    )
    await play.poll()
    return play


class TestShowing:
    async def test_the_code_of_the_site_is_shown(self) -> None:
        play = Play("qr", *opened(), pulled())

        step = await play.start()

        assert isinstance(step, ShowQr)
        assert step.content == LINK
        assert step.poll_after == 1.0
        assert step.expires_at == NOW + timedelta(minutes=2)
        begin, authorize, *_, pull = play.script.sent
        assert begin.role == "api"
        assert authorize.headers["Referer"] == "https://school.mos.ru/"
        assert authorize.params["redirect_uri"] == "https://school.mos.ru/v3/auth/sudir/callback"
        assert pull.headers["X-Requested-With"] == "XMLHttpRequest"

    async def test_no_data_of_the_application_are_needed(self) -> None:
        play = Play("qr", *opened(), pulled(), configured=MosSettings())

        assert isinstance(await play.start(), ShowQr)

    async def test_it_is_not_asked_for_twice_in_a_second(self) -> None:
        play = Play("qr", *opened(), pulled())
        step = await play.start()

        assert await play.later(0.4).poll() == step
        assert len(play.script.to(PULL)) == 1
        play.will(pulled())
        await play.later(0.7).poll()
        assert len(play.script.to(PULL)) == 2

    async def test_a_new_code_takes_the_place_of_an_old_one(self) -> None:
        play = await at_code()
        play.will(pulled("needRefresh", cause="expired"), *opened(), pulled(link=LINK + "2"))

        step = await play.poll()

        assert step.content == LINK + "2"
        assert play.script.sent[-2].cookies == f"origin=x|{BACK}"

    async def test_a_code_past_its_end_is_replaced(self) -> None:
        play = await at_code()
        later = int((NOW + timedelta(minutes=9)).timestamp())
        play.will(pulled(), *opened(), pulled(expires=later))

        step = await play.later(180).poll()

        assert step.expires_at == NOW + timedelta(minutes=9)

    async def test_nobody_is_waited_for_for_ever(self) -> None:
        play = await at_code()
        for _ in range(MOST_CODES - 1):
            play.will(pulled("needRefresh"), *opened(), pulled())
            await play.poll()
            play.later(1)
        play.will(pulled("needRefresh"))

        with pytest.raises(ApprovalExpired):
            await play.poll()

    async def test_a_refusal_on_the_phone_ends_the_login(self) -> None:
        play = await at_code()
        play.will(pulled("needRefresh", cause="rejected_by_user"))

        with pytest.raises(ApprovalRejected):
            await play.poll()

    async def test_an_unknown_command_is_left_to_the_browser(self) -> None:
        play = await at_code()
        play.will(pulled("askForRetinaScan"))

        with pytest.raises(LoginError, match="askForRetinaScan") as raised:
            await play.poll()

        assert raised.value.text == words.USE_BROWSER

    async def test_a_page_without_a_way_on_is_a_bad_answer(self) -> None:
        play = Play("qr", page("GET", WEB_LOGIN, "<html>"))

        with pytest.raises(BadResponse):
            await play.start()

    async def test_the_sign_in_never_leaves_the_service(self) -> None:
        elsewhere = META.replace("login.mos.ru", "evil.example")
        play = Play("qr", page("GET", WEB_LOGIN, elsewhere))

        with pytest.raises(ForbiddenAddress):
            await play.start()

        assert play.script.paths == [WEB_LOGIN]

    async def test_a_refused_network_is_told(self) -> None:
        play = Play("qr", *opened()[:1], page("GET", AUTHORIZE, "<html>no", 403))

        with pytest.raises(AntiBotPage) as raised:
            await play.start()

        assert raised.value.text == words.REFUSED_NETWORK

    async def test_it_is_scanned_not_answered(self) -> None:
        play = Play("qr", *opened(), pulled())
        await play.start()

        with pytest.raises(FlowError):
            await play.submit("x")
        play.step = play.step.model_copy(update={"actions": (StepAction.RESEND,)})
        with pytest.raises(FlowError):
            await play.act(StepAction.RESEND)

    async def test_a_factor_is_not_waited_for(self) -> None:
        play = await at_factor()
        play.step = play.step.model_copy(update={"poll_after": 1.0})

        with pytest.raises(FlowError):
            await play.poll()

    async def test_a_lost_hop_of_the_sign_in_is_no_lost_session(self) -> None:
        play = Play("qr", *opened()[:1], page("GET", AUTHORIZE, "<html>", 401))

        with pytest.raises(LoginError):
            await play.start()


class TestApproval:
    async def test_the_phone_is_waited_for(self) -> None:
        play = await at_code()
        play.will(pulled("askForConfirm"))

        step = await play.poll()

        assert isinstance(step, WaitForApproval)
        assert step.poll_after == 1.0

    async def test_it_opens_the_account_with_the_sites_cookies(self) -> None:
        play = await at_code()
        play.will(pulled("needComplete"), to_callback("POST", COMPLETE), called_back(), *welcomed())

        session = only(await play.poll())

        complete = play.script.to(COMPLETE)[0]
        assert complete.body == {}
        assert complete.headers["Origin"] == "https://login.mos.ru"
        assert complete.headers["Referer"] == f"https://login.mos.ru{PASSWORD_PAGE}?bo={BACK}"
        assert play.script.to(CALLBACK)[0].params == {"code": "code-1"}
        assert session.data["family"] == "web"
        assert session.secret("access_token") == TOKEN
        assert session.secret("refresh_token") == REFRESH
        assert session.method == "qr"
        assert len(session.jar) == 0

    async def test_without_a_refresh_token_it_lasts_as_long_as_its_token(self) -> None:
        play = await at_code()
        play.will(
            pulled("needComplete"), to_callback("POST", COMPLETE), called_back(None), *welcomed()
        )

        session = only(await play.poll())

        assert session.data["family"] == "pasted"
        assert session.secret("refresh_token") is None

    async def test_a_diary_that_is_down_costs_no_second_scan(self) -> None:
        play = await at_code()
        play.will(
            pulled("needComplete"),
            to_callback("POST", COMPLETE),
            called_back(),
            page("GET", PROFILES, "<html>", 502),
        )
        with pytest.raises(ServerFailure):
            await play.poll()
        play.will(*welcomed())

        assert len(await play.later(1).poll()) == 1
        assert len(play.script.to(COMPLETE)) == 1

    async def test_a_page_of_its_own_is_left_to_the_browser(self) -> None:
        play = await at_code()
        play.will(
            pulled("needComplete"),
            redirect("POST", COMPLETE, "https://login.mos.ru/sps/login/ur/completeProfile"),
            page("GET", "/sps/login/ur/completeProfile"),
        )

        with pytest.raises(LoginError) as raised:
            await play.poll()

        assert raised.value.text == words.USE_BROWSER

    async def test_redirects_have_an_end(self) -> None:
        play = await at_code()
        again = "https://login.mos.ru/sps/x"
        play.will(
            pulled("needComplete"),
            redirect("POST", COMPLETE, again),
            *[redirect("GET", "/sps/x", again)] * 10,
        )

        with pytest.raises(BadResponse):
            await play.poll()


SECOND_FACTORS = [
    ("sms", CodeMedium.SMS, "/sps/login/methods/sms", {"sms-code": "123456"}),
    ("email", CodeMedium.EMAIL, "/sps/login/methods/email", {"email-code": "123456"}),
    ("totp", CodeMedium.APP, "/sps/login/methods/totp", {"otp": "123456"}),
]


class TestSecondFactor:
    @pytest.mark.parametrize(("factor", "medium", "path", "sent"), SECOND_FACTORS)
    async def test_its_code_opens_the_account(
        self, factor: str, medium: CodeMedium, path: str, sent: dict[str, str]
    ) -> None:
        play = await at_factor(factor)

        assert isinstance(play.step, OneTimeCode)
        assert play.step.medium is medium
        assert play.step.length == 6
        assert (StepAction.RESEND in play.step.actions) is (factor != "totp")
        play.will(to_callback("POST", path), called_back(), *welcomed())
        session = only(await play.submit("123456"))
        assert session.secret("access_token") == TOKEN
        assert play.script.to(path)[0].body == sent
        assert play.script.to(path)[0].params == {"bo": BACK}

    async def test_a_call_is_asked_for_and_told_by_its_last_digits(self) -> None:
        ask, path = "/sps/login/method/flashCall", "/sps/login/method/flashCall/code"
        play = await at_factor("flashCall", "<html>", page("POST", ask))

        assert play.step.medium is CodeMedium.CALL
        assert play.step.length == 4
        play.will(to_callback("POST", path), called_back(), *welcomed())
        await play.submit("0042")
        assert play.script.to(path)[0].body == {"code": "0042"}

    async def test_a_call_that_cannot_be_made_gives_way(self) -> None:
        ask = "/sps/login/method/flashCall"
        play = await at_factor(
            "flashCall", "<html>", to_factor("POST", ask, "sms"), factor_page("sms")
        )

        assert play.step.medium is CodeMedium.SMS

    async def test_what_the_page_knows_of_the_code_is_shown(self) -> None:
        play = await at_factor("sms", state(ttl=120, attemptsLeft=3))

        assert play.step.attempts_left == 3
        assert play.step.expires_at == NOW + timedelta(seconds=121)

    @pytest.mark.parametrize(
        ("told", "error", "left"),
        [
            ({"error": "Неверный код", "ttl": 100, "attemptsLeft": 2}, WrongCode, 2),
            ({"error": "Срок действия кода истёк", "ttl": 9, "attemptsLeft": 2}, CodeExpired, 2),
            ({"error": "Код", "ttl": 0, "attemptsLeft": 2}, CodeExpired, 2),
            ({}, WrongCode, None),
        ],
    )
    async def test_a_code_that_does_not_do(
        self, told: dict[str, Any], error: type[LoginError], left: int | None
    ) -> None:
        play = await at_factor()
        play.will(page("POST", "/sps/login/methods/sms", state(**told)))

        step = await play.submit("111111")

        assert step.error.code == error.code
        assert step.attempts_left == left
        play.will(to_callback("POST", "/sps/login/methods/sms"), called_back(), *welcomed())
        assert len(await play.submit("123456")) == 1

    async def test_a_page_without_words_counts_the_tries_itself(self) -> None:
        play = await at_factor("sms", state(ttl=120, attemptsLeft=3))
        play.will(to_factor("POST", "/sps/login/methods/sms", "sms"), factor_page("sms"))

        step = await play.submit("111111")

        assert step.error.code == WrongCode.code
        assert step.attempts_left == 2

    async def test_without_tries_the_login_ends(self) -> None:
        play = await at_factor()
        none_left = state(error="Неверный код", ttl=100, attemptsLeft=0)
        play.will(page("POST", "/sps/login/methods/sms", none_left))

        with pytest.raises(CodeAttemptsExhausted):
            await play.submit("111111")

    async def test_another_code_is_sent_when_the_person_asks(self) -> None:
        play = await at_factor()
        play.will(factor_page("sms", state(ttl=60)))

        step = await play.act(StepAction.RESEND)

        assert step.medium is CodeMedium.SMS
        assert len(play.script.to("/sps/login/methods2/sms")) == 2

    async def test_the_code_may_come_another_way(self) -> None:
        html = (
            f'<html><a href="/sps/login/methods2/email?bo={BACK}">почта</a>'
            f'<a href="/sps/login/methods2/webauthn?bo={BACK}">ключ</a>'
        )
        play = await at_factor("sms", html)

        choice = await play.act(StepAction.SWITCH)

        assert isinstance(choice, Choice)
        assert [option.key for option in choice.options] == ["email"]
        play.will(factor_page("email"))
        step = await play.submit("email")
        assert step.medium is CodeMedium.EMAIL
        play.will(to_callback("POST", "/sps/login/methods/email"), called_back(), *welcomed())
        assert len(await play.submit("123456")) == 1

    async def test_a_page_that_names_no_ways_leaves_the_known_ones(self) -> None:
        play = await at_factor("sms")

        choice = await play.act(StepAction.SWITCH)

        assert [option.key for option in choice.options] == ["email", "flashCall"]

    async def test_an_unknown_one_is_left_to_the_browser(self) -> None:
        with pytest.raises(LoginError) as raised:
            await at_factor("webauthn")

        assert raised.value.text == words.USE_BROWSER

    @pytest.mark.parametrize("answer", ["12345", "0042", "abcdef"])
    async def test_what_is_no_code_costs_no_try(self, answer: str) -> None:
        play = await at_factor()

        with pytest.raises(WrongCode):
            await play.submit(answer)


class TestTrust:
    async def _asked(self) -> Play:
        play = await at_code()
        play.will(
            pulled("needComplete"),
            redirect("POST", COMPLETE, f"https://login.mos.ru{TRUST}?bo={BACK}"),
            page("GET", TRUST, "<html><title>Доверять этому браузеру?</title>"),
        )
        await play.poll()
        return play

    @pytest.mark.parametrize(("decision", "action"), [(True, "trust"), (False, "do_not_trust")])
    async def test_the_person_decides(self, decision: bool, action: str) -> None:
        play = await self._asked()

        assert isinstance(play.step, Confirm)
        play.will(to_callback("POST", TRUST), called_back(), *welcomed())
        assert len(await play.submit(decision)) == 1
        sent: Sequence[Any] = [item for item in play.script.to(TRUST) if item.method == "POST"]
        assert sent[0].body["action"] == action
        assert sent[0].params == {"bo": BACK}

    async def test_a_question_without_an_end_is_left_to_the_browser(self) -> None:
        play = await self._asked()
        play.will(page("POST", TRUST, "<html><title>Доверять этому браузеру?</title>"))

        with pytest.raises(LoginError) as raised:
            await play.submit(False)

        assert raised.value.text == words.USE_BROWSER
