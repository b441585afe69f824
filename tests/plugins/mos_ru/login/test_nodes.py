"""Ways into a regional node."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.core.contract.flow import StepInput
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.loading import load
from gateway.core.contract.settings import ProviderSettings
from gateway.core.contract.steps import (
    CodeMedium,
    CompletedBy,
    OneTimeCode,
    Redirect,
    Step,
    StepAction,
)
from gateway.core.errors import (
    ConfigurationError,
    FlowError,
    ForgedState,
    IllegalAnswer,
    LoginError,
    MethodNotOffered,
    ReplayedState,
    ServerFailure,
    SignInCancelled,
    TemporaryPassword,
    WrongCredentials,
)
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import RequestKind
from gateway_mos_ru.adapter import MosAdapter
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.login import words
from gateway_mos_ru.settings import NodeSettings
from tests.plugins.mos_ru.login.play import KALUGA, MOSCOW, OBLAST, Play
from tests.plugins.mos_ru.login.samples import PROFILES, cookie, jwt, welcomed
from tests.plugins.play import data, only, page, redirect, text

TOKEN = jwt(iss="https://authedu.mosreg.ru", rgn="50")
SESSIONS, CALLBACK = "/lms/api/sessions", "/v3/auth/kauth/callback"
ESIA, EXCHANGE = "/v3/auth/esia/login", "/v3/auth/token"
FIELDS = {"login": " petrov.test ", "password": "fictional-password"}
LINK = "dnevnik-mes://authRegionRedirect"


class TestPassword:
    async def _asked(self) -> Play:
        play = Play("password", declaration=OBLAST)
        await play.start()
        assert play.script.sent == []
        return play

    async def test_a_right_one_opens_the_account(self) -> None:
        play = await self._asked()
        told = {"id": 1, "authentication_token": "one-time-1", "password_change_required": False}
        play.will(
            data("POST", SESSIONS, told),
            data("GET", CALLBACK, {}, 200, cookie("aupd_token", TOKEN, "authedu.mosreg.ru")),
            *welcomed(),
        )

        session = only(await play.submit(FIELDS))

        sent, callback = play.script.sent[:2]
        assert sent.kind is RequestKind.AUTH
        assert sent.body == {"login": "petrov.test", "password_plain": "fictional-password"}
        assert callback.params == {"code": "one-time-1"}
        assert session.data["family"] == "node"
        assert session.secret("access_token") == TOKEN
        assert session.secret("refresh_token") == TOKEN
        assert session.account == "mosreg_ru:account:3000001"

    async def test_the_cookie_may_come_with_a_redirect(self) -> None:
        play = await self._asked()
        play.will(
            data("POST", SESSIONS, {"authentication_token": "one-time-1"}),
            redirect(
                "GET",
                CALLBACK,
                "https://authedu.mosreg.ru/",
                cookie("aupd_token", TOKEN, "authedu.mosreg.ru"),
            ),
            *welcomed(),
        )

        assert len(await play.submit(FIELDS)) == 1

    @pytest.mark.parametrize("kind", ["authentication_error", ["x", "authentication_error"]])
    async def test_a_wrong_one_is_sent_once(self, kind: Any) -> None:
        play = await self._asked()
        play.will(data("POST", SESSIONS, {"type": kind, "description": "x"}, 401))

        with pytest.raises(WrongCredentials):
            await play.submit(FIELDS)

        assert len(play.script.sent) == 1

    @pytest.mark.parametrize("status", [400, 401, 403, 422])
    async def test_another_refusal_is_no_wrong_password(self, status: int) -> None:
        play = await self._asked()
        play.will(data("POST", SESSIONS, {"type": "new_kind", "description": "x"}, status))

        with pytest.raises(LoginError, match="new_kind") as raised:
            await play.submit(FIELDS)

        assert not isinstance(raised.value, WrongCredentials)

    async def test_a_bare_401_is_no_wrong_password(self) -> None:
        play = await self._asked()
        play.will(page("POST", SESSIONS, "<html>no", 401))

        with pytest.raises(LoginError) as raised:
            await play.submit(FIELDS)

        assert not isinstance(raised.value, WrongCredentials)

    async def test_a_temporary_one_must_be_changed_first(self) -> None:
        play = await self._asked()
        told = {"authentication_token": "one-time-1", "password_change_required": True}
        play.will(data("POST", SESSIONS, told))

        with pytest.raises(TemporaryPassword):
            await play.submit(FIELDS)

    async def test_a_callback_without_a_cookie_is_said_so(self) -> None:
        play = await self._asked()
        play.will(
            data("POST", SESSIONS, {"authentication_token": "one-time-1"}), page("GET", CALLBACK)
        )

        with pytest.raises(LoginError, match="no token"):
            await play.submit(FIELDS)


async def opened(**options: Any) -> tuple[Play, str]:
    """A login whose page is open, and the state that was sent."""
    play = Play("esia", declaration=OBLAST, **options)
    step = await play.start()
    assert isinstance(step, Redirect)
    return play, parse_qs(urlsplit(step.url).query)["state"][0]


class TestEsia:
    async def test_the_person_goes_through_the_nodes_own_door(self) -> None:
        play, state = await opened()

        step = play.step
        assert step.url.startswith("https://authedu.mosreg.ru/v3/auth/esia/login?")
        assert parse_qs(urlsplit(step.url).query)["redirect_url"] == [LINK]
        assert step.completes_by is CompletedBy.APP_SCHEME_URL
        assert re.match(step.pattern, f"{LINK}?code=x&state={state}")
        assert play.script.sent == []

    async def test_the_link_opens_the_account(self) -> None:
        play, state = await opened()
        play.will(data("GET", EXCHANGE, {"token": TOKEN}), *welcomed())

        session = only(await play.submit(f"{LINK}?code=code-1&state={state}"))

        exchange = play.script.to(EXCHANGE)[0]
        assert exchange.params == {"code": "code-1", "state": state}
        assert exchange.kind is RequestKind.AUTH
        assert session.data["family"] == "node"
        assert session.secret("refresh_token") == TOKEN
        assert session.method == "esia"

    async def test_another_application_may_be_named(self) -> None:
        play, _ = await opened(configured=NodeSettings(app_scheme="dnevnik-myschool"))

        assert "dnevnik-myschool%3A%2F%2FauthRegionRedirect" in play.step.url

    @pytest.mark.parametrize("state", ["&state=another", ""])
    async def test_a_foreign_link_is_not_taken(self, state: str) -> None:
        play, _ = await opened()

        with pytest.raises(ForgedState):
            await play.submit(f"{LINK}?code=code-1{state}")

    @pytest.mark.parametrize("status", [200, 400, 401])
    async def test_a_spent_code_is_said_so(self, status: int) -> None:
        play, state = await opened()
        play.will(data("GET", EXCHANGE, {"message": "no"}, status))

        with pytest.raises(LoginError) as raised:
            await play.submit(f"{LINK}?code=code-1&state={state}")

        assert raised.value.text == words.CODE_SPENT
        with pytest.raises(ReplayedState):
            await play.submit(f"{LINK}?code=code-1&state={state}")

    async def test_what_is_no_such_link_is_said_so(self) -> None:
        play, _ = await opened()

        with pytest.raises(IllegalAnswer):
            await play.submit("https://authedu.mosreg.ru/?code=x")

    async def test_a_refusal_at_gosuslugi(self) -> None:
        play, state = await opened()

        with pytest.raises(SignInCancelled):
            await play.submit(f"{LINK}?error=access_denied&state={state}")

    async def test_a_diary_that_is_down_costs_no_second_code(self) -> None:
        play, state = await opened()
        play.will(data("GET", EXCHANGE, {"token": TOKEN}), text("GET", PROFILES, "", 503))
        with pytest.raises(ServerFailure):
            await play.submit(f"{LINK}?code=code-1&state={state}")
        play.will(*welcomed())

        assert len(await play.submit(f"{LINK}?code=code-1&state={state}")) == 1


class Gosuslugi:
    """A sign-in system that asks for a code first."""

    name = "esia"

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        assert request.completes_by is CompletedBy.APP_SCHEME_URL
        return OneTimeCode(medium=CodeMedium.SMS, poll_after=1.0)

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> Step | SignInResult:
        state = parse_qs(urlsplit(request.start_url).query)["state"][0]
        return SignInResult(f"{LINK}?code={answer}&state={state}", CookieJar())

    async def poll(
        self, link: LoginLink, request: SignInRequest, step: Step
    ) -> Step | SignInResult:
        return step

    async def act(
        self, link: LoginLink, request: SignInRequest, step: Step, action: StepAction
    ) -> Step | SignInResult:
        return step


class TestSignInSystem:
    async def test_it_is_used_where_it_is_installed(self) -> None:
        play = Play("esia", declaration=KALUGA, identity=Gosuslugi())
        await play.start()
        assert await play.poll() == play.step
        token = jwt(iss="https://education.admoblkaluga.ru", rgn="40")
        play.will(data("GET", EXCHANGE, {"token": token}), *welcomed())

        session = only(await play.submit("111111"))

        assert play.script.to(EXCHANGE)[0].params["code"] == "111111"
        assert session.secret("access_token") == token

    async def test_what_it_does_not_offer_cannot_be_done(self) -> None:
        play, _ = await opened()
        play.step = play.step.model_copy(update={"poll_after": 1.0})

        with pytest.raises(FlowError):
            await play.poll()


class TestMethods:
    async def test_only_declared_ones_are_offered(self) -> None:
        adapter = MosAdapter(OBLAST, OBLAST.instances[0], NodeSettings())

        with pytest.raises(MethodNotOffered):
            adapter.login_flow("qr")

    async def test_settings_of_another_provider_are_refused(self) -> None:
        adapter = MosAdapter(MOSCOW, MOSCOW.instances[0], NodeSettings())

        with pytest.raises(ConfigurationError):
            adapter.login_flow("qr")

    def test_every_declared_one_has_a_flow(self) -> None:
        for declaration in DECLARATIONS:
            settings = load(declaration.settings, ProviderSettings)()
            adapter = MosAdapter(declaration, declaration.instances[0], settings)
            for method in declaration.login_methods:
                assert adapter.login_flow(method.name) is not None
