"""Login and password on the site, with every detour."""

from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.core.contract.steps import Captcha, Confirm, Form
from gateway.core.errors import (
    AccountLocked,
    BadResponse,
    CaptchaRequired,
    ClientRejected,
    ConsentRefused,
    EsiaOnly,
    ForbiddenAddress,
    ForgedState,
    InteractionRequired,
    LoginError,
    MissingSetting,
    PasswordRejected,
    ProviderUnavailable,
    ReplayedState,
    TemporaryPassword,
    TokenRejected,
    WrongCredentials,
)
from gateway.core.wire.request import RequestKind
from tests.plugins.dnevnik_ru.login.play import CLIENT, LOGIN_HOST, TOKEN, Play, settings
from tests.plugins.dnevnik_ru.login.samples import (
    COOKIES,
    CREDENTIALS,
    WRONG,
    context,
    login_page,
    opened,
    result_url,
)
from tests.plugins.play import Reply, failing, only, page, picture, redirect

OAUTH = f"{LOGIN_HOST}/oauth2?response_type=token"
OFFER = f"{LOGIN_HOST}/esia/auth/message/OfferLinkingAccounts?returnUrl=x"
NEW_PASSWORD = f"{LOGIN_HOST}/password?login=pesochnikov_p&token=one-time"
CAPTCHA = "0a0b0c0d-1111-4222-8333-444455556666"
PICTURE = f"/captcha/true/{CAPTCHA}"
PASSWORD_PAGE = (
    '<html><div class="message">{}</div><p class="password-rules">Не короче 8 знаков</p>'
    '<input name="Password"><input name="RepeatedPassword"></html>'
)
CONSENT_PAGE = '<html><form><input type="hidden" name="is_granted" value="true"></form></html>'


def sent_in(*hops: Reply) -> tuple[Reply, ...]:
    return (redirect("POST", "/login/", OAUTH, *COOKIES), *hops)


def to_result(url: str | None = None) -> Reply:
    return redirect("GET", "/oauth2", url or result_url())


async def begun(*replies: Reply, **options: object) -> Play:
    play = Play("oauth", *replies, **options)  # type: ignore[arg-type]  # options of Play
    form = await play.start()
    assert [field.name for field in form.fields] == ["login", "password"]
    assert [field.secret for field in form.fields] == [False, True]
    return play


async def test_a_right_password_opens_a_session() -> None:
    play = await begun(*sent_in(to_result(), *opened()))

    session = only(await play.submit(CREDENTIALS))

    assert session.account == "dnevnik_ru:account:1000000000001"
    assert session.method == "oauth"
    assert session.secret("access_token") == TOKEN
    assert session.secret("refresh_token") is None
    assert session.credentials["access_token"].expires_at is None
    assert session.data["family"] == "partner"
    assert session.jar.value("DnevnikAuth_a") == "opaque-a"


async def test_the_password_travels_once_in_the_body_and_leads_to_the_token() -> None:
    play = await begun(*sent_in(to_result(), *opened()))

    await play.submit({"login": " pesochnikov_p ", "password": " with spaces "})

    (sign_in,) = play.script.of_kind(RequestKind.AUTH)
    assert (sign_in.method, sign_in.path, sign_in.params) == ("POST", "/login/", {})
    assert sign_in.body["login"] == "pesochnikov_p"
    assert sign_in.body["password"] == " with spaces "
    return_url = urlsplit(sign_in.body["ReturnUrl"])
    asked = parse_qs(return_url.query)
    assert return_url.geturl().startswith(f"{LOGIN_HOST}/oauth2?")
    assert asked["response_type"] == ["token"]
    assert asked["client_id"] == [CLIENT]
    assert asked["scope"] == ["CommonInfo,ContactInfo,FriendsAndRelatives,EducationalInfo"]
    assert asked["state"][0] in play.record.states
    assert "redirect_uri" not in asked


async def test_cookies_of_the_way_go_along_with_the_next_hop() -> None:
    play = await begun(*sent_in(to_result(), *opened()))

    await play.submit(CREDENTIALS)

    hop = play.script.sent[1]
    assert hop.path == "/oauth2"
    assert hop.cookies == "DnevnikAuth_a=opaque-a; DnevnikAuth_l=opaque-l"


async def test_the_operator_chooses_scope_and_address() -> None:
    chosen = settings(scope="CommonInfo,Files", redirect_uri="https://app.example/back")
    back = f"https://app.example/back#access_token={TOKEN}&state=state0{'0' * 17}"
    play = await begun(*sent_in(to_result(back), *opened()), configured=chosen)

    session = only(await play.submit(CREDENTIALS))

    asked = parse_qs(urlsplit(play.script.sent[0].body["ReturnUrl"]).query)
    assert asked["redirect_uri"] == ["https://app.example/back"]
    assert asked["scope"] == ["CommonInfo,Files"]
    assert session.secret("access_token") == TOKEN


async def test_without_an_application_nothing_is_asked() -> None:
    play = Play("oauth", configured=settings(client_id=None))

    with pytest.raises(MissingSetting, match="DIARY_DNEVNIK_RU__CLIENT_ID"):
        await play.start()


@pytest.mark.parametrize("newer", [False, True])
async def test_a_wrong_password_is_sent_exactly_once(newer: bool) -> None:
    play = await begun(page("POST", "/login/", login_page(WRONG, newer=newer)))

    with pytest.raises(WrongCredentials):
        await play.submit(CREDENTIALS)

    assert len(play.script.sent) == 1
    assert play.script.sent[0].kind is RequestKind.AUTH
    assert "password" not in play.record.secrets


async def test_another_password_may_follow_a_wrong_one() -> None:
    play = await begun(page("POST", "/login/", login_page(WRONG)))
    with pytest.raises(WrongCredentials):
        await play.submit(CREDENTIALS)

    play.will(*sent_in(to_result(), *opened()))
    session = only(await play.submit({**CREDENTIALS, "password": "another"}))

    assert session.secret("access_token") == TOKEN


@pytest.mark.parametrize(
    "message, error",
    [
        ("Учетная запись заблокирована. Обратитесь к администратору.", AccountLocked),
        ("Войдите через Госуслуги.", EsiaOnly),
        ("", LoginError),
        ("Что-то пошло не так", LoginError),
    ],
)
async def test_a_refused_account_says_why(message: str, error: type[LoginError]) -> None:
    play = await begun(page("POST", "/login/", login_page(message)))

    with pytest.raises(error) as raised:
        await play.submit(CREDENTIALS)

    assert not isinstance(raised.value, WrongCredentials)


async def test_a_redirect_to_gosuslugi_is_not_opened() -> None:
    play = await begun(
        redirect("POST", "/login/", "https://esia.gosuslugi.ru/aas/oauth2/ac?client_id=X")
    )

    with pytest.raises(EsiaOnly):
        await play.submit(CREDENTIALS)


async def test_a_redirect_to_a_stranger_is_not_opened() -> None:
    play = await begun(redirect("POST", "/login/", "https://login.dnevnik.ru.example/oauth2"))

    with pytest.raises(ForbiddenAddress):
        await play.submit(CREDENTIALS)


async def test_a_chain_without_an_end_is_given_up() -> None:
    hops = [redirect("GET", "/again", f"{LOGIN_HOST}/again") for _ in range(9)]
    play = await begun(redirect("POST", "/login/", f"{LOGIN_HOST}/again"), *hops)

    with pytest.raises(BadResponse):
        await play.submit(CREDENTIALS)

    assert len(play.script.sent) <= 10


class TestState:
    async def test_an_empty_one_is_let_pass_on_our_own_way(self) -> None:
        play = await begun(*sent_in(to_result(result_url(state="")), *opened()))

        assert only(await play.submit(CREDENTIALS)).secret("access_token") == TOKEN

    async def test_a_foreign_one_is_refused_before_the_token_is_used(self) -> None:
        play = await begun(*sent_in(to_result(result_url(state="somebody-elses"))))

        with pytest.raises(ForgedState):
            await play.submit(CREDENTIALS)

        assert all(item.role == "login" for item in play.script.sent)

    async def test_a_used_one_is_refused(self) -> None:
        first = failing("GET", "/v2/users/me/context", ProviderUnavailable())
        play = await begun(*sent_in(to_result(), first))
        with pytest.raises(ProviderUnavailable):
            await play.submit(CREDENTIALS)

        play.will(*sent_in(to_result(result_url(state="state0" + "0" * 17))))
        with pytest.raises(ReplayedState):
            await play.submit(CREDENTIALS)

    async def test_each_try_after_a_used_one_has_a_fresh_one(self) -> None:
        first = failing("GET", "/v2/users/me/context", ProviderUnavailable())
        play = await begun(*sent_in(to_result(), first))
        with pytest.raises(ProviderUnavailable):
            await play.submit(CREDENTIALS)

        play.will(*sent_in(to_result(result_url(state="state1" + "0" * 17)), *opened()))
        assert only(await play.submit(CREDENTIALS)).method == "oauth"


class TestResult:
    @pytest.mark.parametrize(
        "outcome, error",
        [
            ("access_denied", ConsentRefused),
            ("invalid_request", ClientRejected),
            ("fail", LoginError),
            ("<script>", LoginError),
        ],
    )
    async def test_anything_but_success_is_a_failure(
        self, outcome: str, error: type[LoginError]
    ) -> None:
        play = await begun(*sent_in(to_result(result_url(outcome=outcome))))

        with pytest.raises(error) as raised:
            await play.submit(CREDENTIALS)

        assert TOKEN not in str(raised.value)
        assert "<" not in str(raised.value)

    async def test_the_service_must_say_success_itself(self) -> None:
        url = result_url().replace("&result=success", "")
        play = await begun(*sent_in(to_result(url)))

        with pytest.raises(LoginError):
            await play.submit(CREDENTIALS)

    async def test_success_without_a_token_is_another_protocol(self) -> None:
        play = await begun(*sent_in(to_result(result_url(token=""))))

        with pytest.raises(BadResponse):
            await play.submit(CREDENTIALS)

    async def test_an_error_page_of_oauth_blames_the_application(self) -> None:
        html = '<html><div class="error__description">\n<p>Приложение не найдено</p></div></html>'
        play = await begun(*sent_in(page("GET", "/oauth2", html)))

        with pytest.raises(ClientRejected):
            await play.submit(CREDENTIALS)

    async def test_the_start_page_leads_to_one_more_request_for_the_token(self) -> None:
        home = redirect("POST", "/login/", "https://dnevnik.ru/userfeed", *COOKIES)
        feed = page("GET", "/userfeed", "<html>лента</html>")
        play = await begun(home, feed, to_result(), *opened())

        assert only(await play.submit(CREDENTIALS)).secret("access_token") == TOKEN

    async def test_the_token_is_asked_for_only_once_more(self) -> None:
        home = redirect("POST", "/login/", "https://dnevnik.ru/userfeed", *COOKIES)
        feed = page("GET", "/userfeed", "<html>лента</html>")
        back = redirect("GET", "/oauth2", "https://dnevnik.ru/userfeed")
        play = await begun(home, feed, back, feed)

        with pytest.raises(LoginError):
            await play.submit(CREDENTIALS)


class TestCaptcha:
    async def begun(self, *replies: Reply, **options: object) -> tuple[Play, Captcha]:
        asking = page("POST", "/login/", login_page("Введите символы с картинки.", CAPTCHA))
        play = await begun(asking, picture(PICTURE), *replies, **options)
        step = await play.submit(CREDENTIALS)
        assert isinstance(step, Captcha)
        return play, step

    async def test_it_is_shown_to_the_person(self) -> None:
        _, step = await self.begun()

        assert step.image.startswith(b"\x89PNG")
        assert step.media_type == "image/png"
        assert step.error is None

    async def test_its_solution_sends_the_same_password_again(self) -> None:
        play, _ = await self.begun(*sent_in(to_result(), *opened()))

        session = only(await play.submit(" 48151 "))

        first, second = play.script.of_kind(RequestKind.AUTH)
        assert second.body == {**first.body, "Captcha.Id": CAPTCHA, "Captcha.Input": "48151"}
        assert session.secret("access_token") == TOKEN

    async def test_a_wrong_solution_shows_a_new_picture(self) -> None:
        other = CAPTCHA.replace("0a", "9f")
        play, _ = await self.begun(
            page("POST", "/login/", login_page("Неправильно введены символы с картинки.", other)),
            picture(f"/captcha/true/{other}", b"\x89PNG another"),
            *sent_in(to_result(), *opened()),
        )

        step = await play.submit("00000")
        assert isinstance(step, Captcha)
        assert step.image == b"\x89PNG another"
        assert step.error is not None
        assert step.error.code == "auth.wrong_captcha"

        await play.submit("48151")
        assert play.script.of_kind(RequestKind.AUTH)[-1].body["Captcha.Id"] == other

    async def test_a_wrong_password_behind_it_shows_the_form_again(self) -> None:
        play, _ = await self.begun(page("POST", "/login/", login_page(WRONG, CAPTCHA)))

        step = await play.submit("48151")

        assert isinstance(step, Form)
        assert step.error is not None
        assert step.error.code == "auth.wrong_credentials"
        assert "password" not in play.record.secrets
        play.will(*sent_in(to_result(), *opened()))
        assert only(await play.submit(CREDENTIALS)).method == "oauth"

    async def test_words_about_the_password_win_over_the_picture(self) -> None:
        play = await begun(page("POST", "/login/", login_page(WRONG, CAPTCHA)))

        with pytest.raises(WrongCredentials):
            await play.submit(CREDENTIALS)

        assert len(play.script.sent) == 1

    async def test_without_a_person_it_is_not_even_fetched(self) -> None:
        play = await begun(page("POST", "/login/", login_page("", CAPTCHA)), person_present=False)

        with pytest.raises(CaptchaRequired):
            await play.submit(CREDENTIALS)

        assert len(play.script.sent) == 1

    async def test_a_page_in_its_place_is_no_picture(self) -> None:
        play = await begun(
            page("POST", "/login/", login_page("", CAPTCHA)), page("GET", PICTURE, "<html></html>")
        )

        with pytest.raises(BadResponse):
            await play.submit(CREDENTIALS)


class TestLinkingOffer:
    async def begun(self, *replies: Reply) -> Play:
        offer = page("GET", "/esia/auth/message/OfferLinkingAccounts", "<html>Свяжите</html>")
        play = await begun(redirect("POST", "/login/", OFFER, *COOKIES), offer, *replies)
        assert isinstance(await play.submit(CREDENTIALS), Confirm)
        return play

    async def test_declining_asks_for_the_token_in_the_same_cookie_session(self) -> None:
        play = await self.begun(to_result(), *opened())

        session = only(await play.submit(False))

        repeated = play.script.sent[2]
        assert (repeated.method, repeated.path) == ("GET", "/oauth2")
        assert repeated.cookies == "DnevnikAuth_a=opaque-a; DnevnikAuth_l=opaque-l"
        assert repeated.params["client_id"] == CLIENT
        assert session.secret("access_token") == TOKEN
        assert len(play.script.of_kind(RequestKind.AUTH)) == 1

    async def test_linking_itself_is_left_to_the_site(self) -> None:
        play = await self.begun()

        with pytest.raises(LoginError, match="site") as raised:
            await play.submit(True)

        assert "на сайте" in raised.value.text.ru
        assert len(play.script.sent) == 2

    async def test_consent_may_follow(self) -> None:
        play = await self.begun(page("GET", "/oauth2", CONSENT_PAGE))

        assert isinstance(await play.submit(False), Confirm)
        play.will(redirect("POST", "/oauth2/", result_url()), *opened())
        assert only(await play.submit(True)).secret("access_token") == TOKEN

    async def test_without_a_person_nobody_decides(self) -> None:
        offer = page("GET", "/esia/auth/message/OfferLinkingAccounts", "<html>Свяжите</html>")
        play = await begun(redirect("POST", "/login/", OFFER), offer, person_present=False)

        with pytest.raises(InteractionRequired) as raised:
            await play.submit(CREDENTIALS)

        assert raised.value.method == "oauth"


class TestConsent:
    async def begun(self, *replies: Reply) -> tuple[Play, Confirm]:
        play = await begun(*sent_in(page("GET", "/oauth2", CONSENT_PAGE), *replies))
        step = await play.submit(CREDENTIALS)
        assert isinstance(step, Confirm)
        return play, step

    async def test_the_question_names_what_will_be_seen(self) -> None:
        _, step = await self.begun()

        assert "расписание, задания и оценки" in step.question.ru
        assert "relatives and friends" in step.question.en

    async def test_granting_it_brings_the_token(self) -> None:
        play, _ = await self.begun(redirect("POST", "/oauth2/", result_url()), *opened())

        session = only(await play.submit(True))

        (granted,) = play.script.of_kind(RequestKind.WRITE)
        assert granted.body["is_granted"] == "true"
        assert granted.body["access_token"] == granted.params["access_token"] == "0"
        assert granted.params["client_id"] == CLIENT
        assert granted.params["state"] == "state0" + "0" * 17
        assert session.secret("access_token") == TOKEN

    async def test_refusing_it_sends_nothing(self) -> None:
        play, _ = await self.begun()

        with pytest.raises(ConsentRefused):
            await play.submit(False)

        assert len(play.script.sent) == 2

    async def test_the_same_question_again_is_no_way_on(self) -> None:
        play, _ = await self.begun(page("POST", "/oauth2/", CONSENT_PAGE))

        with pytest.raises(LoginError):
            await play.submit(True)


class TestTemporaryPassword:
    async def begun(self, *replies: Reply, **options: object) -> Play:
        asking = redirect("POST", "/login/", NEW_PASSWORD, *COOKIES)
        shown = page("GET", "/password", PASSWORD_PAGE.format(""))
        return await begun(asking, shown, *replies, **options)

    async def test_the_person_chooses_another(self) -> None:
        play = await self.begun(redirect("POST", "/password", OAUTH), to_result(), *opened())

        form = await play.submit(CREDENTIALS)
        assert [field.name for field in form.fields] == ["new_password", "repeat"]
        assert all(field.secret for field in form.fields)
        assert form.fields[0].hint.ru == "Не короче 8 знаков"

        session = only(await play.submit({"new_password": "novyj-1", "repeat": "novyj-1"}))
        changed = play.script.of_kind(RequestKind.AUTH)[1]
        assert changed.params == {"login": "pesochnikov_p", "token": "one-time"}
        assert changed.body == {"Password": "novyj-1", "RepeatedPassword": "novyj-1"}
        assert session.secret("access_token") == TOKEN

    async def test_two_different_ones_are_not_sent(self) -> None:
        play = await self.begun()
        await play.submit(CREDENTIALS)

        with pytest.raises(PasswordRejected) as raised:
            await play.submit({"new_password": "novyj-1", "repeat": "novyj-2"})

        assert raised.value.text.ru == "Пароли не совпадают."
        assert len(play.script.of_kind(RequestKind.AUTH)) == 1

    async def test_a_refused_one_is_asked_for_again_with_the_reason(self) -> None:
        refused = PASSWORD_PAGE.format("Пароль слишком простой")
        play = await self.begun(
            page("POST", "/password", refused),
            redirect("POST", "/password", OAUTH),
            to_result(),
            *opened(),
        )
        await play.submit(CREDENTIALS)

        form = await play.submit({"new_password": "1", "repeat": "1"})
        assert form.error.code == "auth.password_rejected"
        assert form.fields[0].hint.ru == "Пароль слишком простой Не короче 8 знаков"

        assert only(await play.submit({"new_password": "novyj-1", "repeat": "novyj-1"}))

    async def test_a_form_after_the_change_takes_the_new_password(self) -> None:
        play = await self.begun(
            redirect("POST", "/password", f"{LOGIN_HOST}/login"),
            page("GET", "/login", login_page()),
            *sent_in(to_result(), *opened()),
        )
        await play.submit(CREDENTIALS)

        await play.submit({"new_password": "novyj-1", "repeat": "novyj-1"})

        assert play.script.of_kind(RequestKind.AUTH)[2].body["password"] == "novyj-1"

    async def test_without_a_person_it_stays_temporary(self) -> None:
        play = await self.begun(person_present=False)

        with pytest.raises(TemporaryPassword):
            await play.submit(CREDENTIALS)


async def test_nothing_secret_shows_in_what_is_kept_open() -> None:
    play = await begun(*sent_in(to_result(), *opened()))

    session = only(await play.submit(CREDENTIALS))

    shown = repr(play.record) + repr(session)
    assert CREDENTIALS["password"] not in shown
    assert TOKEN not in shown
    assert "opaque-a" not in shown


async def test_a_dead_token_is_told_as_such() -> None:
    dead = Reply("GET", "/v2/users/me/context", 401, b'{"type":"invalidToken"}', "application/json")
    play = await begun(*sent_in(to_result(), dead))

    with pytest.raises(TokenRejected):
        await play.submit(CREDENTIALS)


async def test_the_context_is_read_with_the_token_and_the_site_without() -> None:
    play = await begun(*sent_in(to_result(), *opened()))

    await play.submit(CREDENTIALS)

    by_role = {item.role: item.headers for item in play.script.sent}
    assert by_role["api"]["Access-Token"] == TOKEN
    assert "Access-Token" not in by_role["login"]
    assert context().path == play.script.sent[2].path
