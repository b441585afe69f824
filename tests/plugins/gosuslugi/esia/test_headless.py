"""Signing in without a browser, against the sandbox."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from gateway.core.contract.steps import (
    Captcha,
    Choice,
    CodeMedium,
    Confirm,
    Form,
    OneTimeCode,
    Question,
    Redirect,
    ShowQr,
    Step,
    WaitForApproval,
)
from gateway.core.errors import (
    AccountLocked,
    AccountUnknown,
    CodeAttemptsExhausted,
    ConsentRefused,
    IllegalAnswer,
    LoginError,
    WrongCaptcha,
    WrongCode,
    WrongCredentials,
)
from gateway_gosuslugi.esia.identity.headless import qr
from tests.plugins.gosuslugi.esia.diary import Visit, visit
from tests.plugins.gosuslugi.esia.stand import serving

MOTHER = ("+7 900 000-00-06", "gosuslugi-parent-two-1")
PLAIN = ("+79000000010", "gosuslugi-parent-one-1")
BY_APP = ("000-000-013 05", "gosuslugi-second-factor-1")
BY_MAX = ("obraztsova.p.17@example.org", "gosuslugi-no-children-1")
BY_PUSH = ("+79000000017", "gosuslugi-unlinked-1")
PICTURED = ("89000000007", "gosuslugi-two-identities-1-1")
QUESTIONED = ("+79000000002", "gosuslugi-esia-only-1")
RISKY = ("+79000000003", "gosuslugi-simplified-1")
CONSENTING = ("+79000000000", "gosuslugi-student-1")
STUBBORN = ("+79000000018", "gosuslugi-stranger-1")
LOCKED = ("+79000000014", "gosuslugi-locked-1")


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving() as found:
        yield found


def error_of(step: Step) -> str | None:
    return None if step.error is None else step.error.code


def phone(origin: str, login: str, content: str = "") -> None:
    token = content.partition("signed_token=")[2]
    body = {"login": login, "signed_token": token} if token else {"login": login}
    httpx.post(f"{origin}/__esia__/phone", json=body).raise_for_status()


def forget(origin: str, session: str) -> None:
    """The person signs out of ЕСИА in the same browser."""
    query = {"client_id": "PGU", "redirect_url": "https://diary.example.org/"}
    httpx.get(f"{origin}/idp/ext/Logout", params=query, cookies={"ESIA_SESSION": session})


class TestWay:
    async def test_off_unless_the_operator_turns_it_on(self, origin: str) -> None:
        async with visit(origin, headless=False) as login:
            assert isinstance(login.step, Redirect)

    async def test_the_person_chooses_and_the_browser_comes_first(self, origin: str) -> None:
        async with visit(origin) as login:
            assert isinstance(login.step, Choice)
            assert [option.key for option in login.step.options] == ["browser", "qr", "password"]
            await login.submit("browser")
            assert isinstance(login.step, Redirect)
            assert login.step.cookie_names == ("u", "sp_session", "acc_t")

    async def test_the_browsers_cookies_must_all_be_there(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.submit("browser")
            with pytest.raises(IllegalAnswer):
                await login.submit({"u": "1"})
            await login.submit({"u": "1", "sp_session": "fictional", "acc_t": "fictional"})
            assert login.account() == "sample:account:1"

    async def test_the_form_says_who_gets_the_password(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.submit("password")
            assert isinstance(login.step, Form)
            secret = login.step.fields[1]
            assert secret.secret
            assert secret.hint is not None
            assert "браузере" in secret.hint.ru


class TestPassword:
    async def test_a_right_one_opens_the_diary(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*PLAIN)
            assert login.account().startswith("sample:account:")

    async def test_a_wrong_one_shows_the_form_again(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(PLAIN[0], "wrong-one")
            assert isinstance(login.step, Form)
            assert error_of(login.step) == WrongCredentials.code
            await login.submit({"login": PLAIN[0], "password": PLAIN[1]})
            assert login.account()

    async def test_the_same_wrong_one_is_not_sent_twice(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(PLAIN[0], "wrong-one")
            await login.submit({"login": PLAIN[0], "password": "wrong-one"})
            assert error_of(login.step) == "auth.known_wrong_secret"

    async def test_a_locked_account_is_told_apart(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*LOCKED)
            assert isinstance(login.login.error, AccountLocked)

    async def test_nothing_of_it_is_kept(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*MOTHER)
            record, _ = await login.gateway._logins._load(login.login.id)
            assert record.secrets == {}


class TestCodes:
    async def test_by_sms(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*MOTHER)
            assert isinstance(login.step, OneTimeCode)
            assert login.step.medium is CodeMedium.SMS
            assert login.step.length == 6
            await login.submit("123 456")
            assert login.account()

    async def test_by_an_application(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*BY_APP)
            assert isinstance(login.step, OneTimeCode)
            assert login.step.medium is CodeMedium.APP
            await login.submit("654321")
            assert login.account()

    async def test_by_the_messenger_with_the_tries_left(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*BY_MAX)
            assert isinstance(login.step, OneTimeCode)
            assert login.step.medium is CodeMedium.MESSENGER
            assert login.step.attempts_left == 3
            assert login.step.sent_to == "+7(9**)***-**-16"
            assert login.step.expires_at is not None
            await login.submit("000000")
            assert error_of(login.step) == WrongCode.code
            assert login.step.attempts_left == 2
            await login.submit("123456")
            assert login.account()

    async def test_the_last_wrong_one_ends_it(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*BY_MAX)
            for _ in range(3):
                await login.submit("000000")
            assert isinstance(login.login.error, CodeAttemptsExhausted)

    async def test_what_is_no_code_costs_no_try(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*BY_MAX)
            await login.submit("?")
            assert error_of(login.step) == WrongCode.code
            await login.submit("000000")
            assert login.step.attempts_left == 2


class TestPush:
    async def test_it_is_waited_for(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*BY_PUSH)
            assert isinstance(login.step, WaitForApproval)
            assert login.step.poll_after == 3.0
            await login.poll()
            assert isinstance(login.step, WaitForApproval)
            phone(origin, BY_PUSH[0])
            await login.poll()
            assert login.account()


class TestAnomalies:
    async def test_a_picture_is_for_the_person_and_offers_are_declined(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*PICTURED)
            assert isinstance(login.step, Captcha)
            assert login.step.media_type == "image/svg+xml"
            first = login.step.image
            assert b"24680" in first
            await login.submit("11111")
            assert isinstance(login.step, Captcha)
            assert error_of(login.step) == WrongCaptcha.code
            await login.submit("24680")
            assert login.account()

    async def test_a_question_is_for_the_person(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*QUESTIONED)
            assert isinstance(login.step, Question)
            assert login.step.secret
            await login.submit("Макет")
            assert login.account()

    async def test_a_wrong_password_behind_a_question_is_told(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(QUESTIONED[0], "wrong-one")
            await login.submit("Макет")
            assert isinstance(login.step, Form)
            assert error_of(login.step) == WrongCredentials.code
            await login.submit({"login": QUESTIONED[0], "password": QUESTIONED[1]})
            assert login.account()

    async def test_a_risk_check_by_code(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*RISKY)
            assert isinstance(login.step, OneTimeCode)
            assert login.step.sent_to == "+7(9**)***-**-03"
            await login.submit("123456")
            assert isinstance(login.login.error, LoginError)  # too weak for the portal


class TestOffersAndConsents:
    async def test_a_consent_is_the_persons(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*CONSENTING)
            assert isinstance(login.step, Confirm)
            await login.submit(True)
            assert login.account()

    async def test_without_it_the_sign_in_ends(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*CONSENTING)
            await login.submit(False)
            assert isinstance(login.login.error, ConsentRefused)

    async def test_an_offer_that_cannot_be_declined_is_for_the_browser(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password(*STUBBORN)
            assert login.login.error is not None
            assert "браузере" in login.login.error.text.ru


class TestQr:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(qr.listen, "__kwdefaults__", {"seconds": 0.3})

    async def _shown(self, login: Visit) -> ShowQr:
        await login.submit("qr")
        assert isinstance(login.step, ShowQr)
        assert login.step.content.startswith("gosuslugi://auth/signed_token=")
        return login.step

    async def test_a_silent_stream_is_hung_up_on(self, origin: str) -> None:
        async with visit(origin) as login:
            shown = await self._shown(login)
            for _ in range(6):  # no breaker opens: silence is no failure
                await login.poll()
                assert login.step == shown

    async def test_the_phone_opens_the_diary(self, origin: str) -> None:
        async with visit(origin) as login:
            shown = await self._shown(login)
            phone(origin, PLAIN[0], shown.content)
            await login.poll()
            assert login.account()

    async def test_also_while_somebody_listens(
        self, origin: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(qr.listen, "__kwdefaults__", {"seconds": 10.0})
        async with visit(origin) as login:
            shown = await self._shown(login)
            listening = asyncio.create_task(login.poll())
            await asyncio.to_thread(phone, origin, PLAIN[0], shown.content)
            await listening
            assert login.account()

    async def test_an_outdated_code_is_replaced(self, origin: str) -> None:
        async with visit(origin) as login:
            shown = await self._shown(login)
            record, version = await login.gateway._logins._load(login.login.id)
            record.state["esia:qr"] = "another"
            await login.gateway._logins._save(record, version)
            await login.poll()
            assert isinstance(login.step, ShowQr)
            assert login.step.content != shown.content

    async def test_a_lost_sign_in_begins_anew_with_another_code(self, origin: str) -> None:
        async with visit(origin) as login:
            shown = await self._shown(login)
            record, _ = await login.gateway._logins._load(login.login.id)
            forget(origin, record.cookies.value("ESIA_SESSION") or "")
            await login.poll()
            assert isinstance(login.step, ShowQr)
            assert login.step.content != shown.content
            phone(origin, PLAIN[0], login.step.content)
            await login.poll()
            assert login.account()


class TestAccounts:
    async def test_unknown_accounts(self, origin: str) -> None:
        async with visit(origin) as login:
            await login.password("+79000000999", "x")
            assert error_of(login.step) in {WrongCredentials.code, AccountUnknown.code}
