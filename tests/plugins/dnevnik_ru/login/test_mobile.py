"""Login and password at the app's interface, first sign-ins among them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.core.contract.steps import Confirm
from gateway.core.errors import (
    AccountLocked,
    ClientRejected,
    ConsentRefused,
    EsiaOnly,
    IllegalAnswer,
    LoginError,
    MissingSetting,
    NoMembership,
    PasswordRejected,
    RoleNotServed,
    TemporaryPassword,
    WrongCredentials,
)
from gateway.core.model.people import Role
from gateway.core.wire.request import RequestKind
from gateway_dnevnik_ru.declaration import EMAKTAB_UZ
from gateway_dnevnik_ru.login.activation import pattern
from gateway_dnevnik_ru.login.wire import ValidationRule
from gateway_dnevnik_ru.settings import EmaktabSettings
from tests.plugins.dnevnik_ru.login.play import (
    CLIENT,
    CLIENT_SECRET,
    REFRESH,
    TOKEN,
    Play,
    settings,
)
from tests.plugins.dnevnik_ru.login.samples import (
    CREDENTIALS,
    PERSON,
    USER,
    WRONG,
    mobile_grant,
    mobile_opened,
    mobile_person,
    school,
    zone,
)
from tests.plugins.play import Reply, data, only

PATH = "/mobile/v8.5/authorizations/bycredentials"
ACTIVATION = f"/mobile/v8.5/persons/{PERSON}/activation"
CHANGE = f"/mobile/v8.5/persons/{PERSON}/password"
RULES = {
    "emailValidationRules": [{"message": "Неверный адрес", "regexs": [r"^[^@\s]+@[^@\s]+$"]}],
    "phoneValidationRules": [{"message": "Неверный номер", "regexs": [r"^\+?[0-9]{10,12}$"]}],
    "passwordUnacceptableRules": [{"message": "Не короче 8", "regexs": ["^.{0,7}$"]}, None],
    "passwordLevelRules": {"good": [], "strong": [], "unreliable": []},
}
NEW = {"new_password": "novyj-parol-1", "repeat": "novyj-parol-1"}
FILLED_IN = {"email": "anna@example.test", "phone": "+70000000000", **NEW}


def activation(reason: str, **changed: Any) -> dict[str, Any]:
    known = {
        "lastName": "Песочников",
        "firstName": "Пётр",
        "middleName": "Ильич",
        "birthday": "2012-03-04T00:00:00",
        "sex": "Male",
        "isPhoneRequired": False,
        "termsLink": "https://dnevnik.ru/terms",
        "personId": PERSON,
        "token": "one-time",
        "username": CREDENTIALS["login"],
        "password": None,
        **changed,
    }
    return mobile_grant(
        reason=reason, credentials=None, activationData=known, validationRules=RULES
    )


async def begun(*replies: Reply, **options: object) -> Play:
    play = Play("password:mobile", *replies, **options)  # type: ignore[arg-type]  # options of Play
    await play.start()
    return play


async def test_a_right_password_brings_a_pair_of_tokens() -> None:
    play = await begun(data("POST", PATH, mobile_grant()), *mobile_opened())

    session = only(await play.submit(CREDENTIALS))

    assert session.secret("access_token") == TOKEN
    assert session.secret("refresh_token") == REFRESH
    expected = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
    assert session.credentials["access_token"].expires_at == expected
    assert session.data["family"] == "mobile"
    assert session.data["mobile_version"] == "v8.5"
    assert session.account == f"dnevnik_ru:account:{USER}"


async def test_older_names_of_user_and_end_do_as_well() -> None:
    tokens = {"accessToken": TOKEN, "refreshToken": REFRESH, "user": str(USER), "expiresIn": "60"}
    play = await begun(data("POST", PATH, mobile_grant(credentials=tokens)), *mobile_opened())

    assert only(await play.submit(CREDENTIALS)).data["user_id"] == str(USER)


async def test_the_body_is_that_of_the_app() -> None:
    play = await begun(data("POST", PATH, mobile_grant()), *mobile_opened())

    await play.submit(CREDENTIALS)

    (sent,) = play.script.of_kind(RequestKind.AUTH)
    assert sent.body == {
        "username": CREDENTIALS["login"],
        "password": CREDENTIALS["password"],
        "clientId": CLIENT,
        "clientSecret": CLIENT_SECRET,
        "scope": "Schools,Relatives,EduGroups,Lessons,marks,EduWorks,Avatar",
        "agreeTerms": False,
    }


async def test_the_app_may_have_keys_of_its_own() -> None:
    other = "99999999-2222-4333-8444-555555555555"
    configured = settings(mobile_client_id=other, mobile_client_secret="other")
    play = await begun(data("POST", PATH, mobile_grant()), *mobile_opened(), configured=configured)

    await play.submit(CREDENTIALS)

    assert play.script.sent[0].body["clientId"] == other
    assert play.script.sent[0].body["clientSecret"] == "other"


async def test_keys_of_two_applications_are_never_mixed() -> None:
    configured = settings(mobile_client_id="99999999-2222-4333-8444-555555555555")
    play = Play("password:mobile", configured=configured)

    with pytest.raises(MissingSetting, match="MOBILE_CLIENT_SECRET"):
        await play.start()


async def test_emaktab_speaks_a_newer_version() -> None:
    configured = EmaktabSettings(client_id=CLIENT, client_secret=CLIENT_SECRET)
    context, _ = mobile_opened()
    context.path = context.path.replace("v8.5", "v10.0")
    play = await begun(
        data("POST", PATH.replace("v8.5", "v10.0"), mobile_grant()),
        context,
        zone("+5:00"),
        declaration=EMAKTAB_UZ,
        configured=configured,
    )

    session = only(await play.submit(CREDENTIALS))

    assert session.account == f"emaktab_uz:account:{USER}"
    assert session.students[0].zone == "Asia/Tashkent"
    assert session.data["mobile_version"] == "v10.0"


@pytest.mark.parametrize(
    "answer, error",
    [
        ({"type": "Error", "description": WRONG}, WrongCredentials),
        ({"type": "Error", "description": None}, WrongCredentials),
        ({"type": "authorizationFailed", "description": "no"}, WrongCredentials),
        ({"type": "Error", "description": "Учетная запись заблокирована."}, AccountLocked),
        ({"type": "Error", "description": "Войдите через Госуслуги"}, EsiaOnly),
        ({"type": "invalidRequest", "description": "no"}, ClientRejected),
        (mobile_grant(reason="TeacherHaveNotAccess", credentials=None), RoleNotServed),
        (mobile_grant(reason="HaveNotActiveMemberships", credentials=None), NoMembership),
        (mobile_grant(reason="Unheard", credentials=None), LoginError),
        (mobile_grant(reason="FirstLogin", credentials=None), TemporaryPassword),
    ],
)
async def test_every_refusal_has_its_error_and_is_asked_once(
    answer: object, error: type[LoginError]
) -> None:
    play = await begun(data("POST", PATH, answer))

    with pytest.raises(error):
        await play.submit(CREDENTIALS)

    assert len(play.script.sent) == 1


class TestStudents:
    async def test_a_parent_is_known_by_other_persons(self) -> None:
        play = await begun(
            data("POST", PATH, mobile_grant()),
            *mobile_opened(mobile_person(7), mobile_person(8)),
        )

        session = only(await play.submit(CREDENTIALS))

        assert session.role is Role.GUARDIAN
        assert [item.native["person"] for item in session.students] == ["7", "8"]
        assert session.students[0].native["user"] == "507"

    async def test_a_student_is_their_own_person(self) -> None:
        play = await begun(data("POST", PATH, mobile_grant()), *mobile_opened())

        session = only(await play.submit(CREDENTIALS))

        assert session.role is Role.STUDENT

    async def test_two_schools_are_two_students_and_the_regular_one_is_plain(self) -> None:
        extra, regular = mobile_person(7, 40, "Additional", 41), mobile_person(7, 50, "Regular", 51)
        play = await begun(
            data("POST", PATH, mobile_grant()),
            *mobile_opened(extra, regular),
            school(50),
            school(40),
        )

        session = only(await play.submit(CREDENTIALS))

        found = {item.id: item.native["group"] for item in session.students}
        assert found == {"dnevnik_ru:student:7/40": "41", "dnevnik_ru:student:7": "51"}


class TestFirstLogin:
    async def begun(self, **changed: Any) -> Play:
        play = await begun(data("POST", PATH, activation("FirstLogin", **changed)))
        form = await play.submit(CREDENTIALS)
        assert [item.name for item in form.fields] == ["email", "phone", "new_password", "repeat"]
        return play

    async def test_the_form_carries_the_services_rules(self) -> None:
        play = await self.begun()

        email, phone, password, _ = play.step.fields
        assert email.required
        assert not phone.required
        assert email.hint.ru == "Неверный адрес"
        assert password.hint.ru == "Не короче 8"
        assert password.pattern is None
        assert re.fullmatch(email.pattern, "anna@example.test")
        assert not re.fullmatch(email.pattern, "anna")

    async def test_a_phone_is_required_where_the_service_says_so(self) -> None:
        play = await self.begun(isPhoneRequired=True)

        with pytest.raises(IllegalAnswer):
            await play.submit({**FILLED_IN, "phone": ""})

    async def test_terms_are_the_persons_to_accept(self) -> None:
        play = await self.begun()

        terms = await play.submit(FILLED_IN)
        assert isinstance(terms, Confirm)
        assert terms.url == "https://dnevnik.ru/terms"
        with pytest.raises(ConsentRefused):
            await play.submit(False)

        assert len(play.script.sent) == 1

    async def test_a_strange_link_is_not_shown(self) -> None:
        play = await self.begun(termsLink="javascript:alert(1)")

        assert (await play.submit(FILLED_IN)).url is None

    async def test_accepted_terms_send_everything_once(self) -> None:
        play = await self.begun()
        await play.submit(FILLED_IN)

        play.will(data("POST", ACTIVATION, mobile_grant()), *mobile_opened())
        session = only(await play.submit(True))

        sent = play.script.of_kind(RequestKind.AUTH)[1]
        assert sent.body == {
            "agreeTerms": True,
            "clientId": CLIENT,
            "clientSecret": CLIENT_SECRET,
            "scope": "Schools,Relatives,EduGroups,Lessons,marks,EduWorks,Avatar",
            "username": CREDENTIALS["login"],
            "password": CREDENTIALS["password"],
            "passwordRepeat": CREDENTIALS["password"],
            "newPassword": "novyj-parol-1",
            "newPasswordRepeat": "novyj-parol-1",
            "email": "anna@example.test",
            "phone": "+70000000000",
            "token": "one-time",
        }
        assert session.secret("access_token") == TOKEN

    @pytest.mark.parametrize(
        "description, code",
        [
            ("Пароль слишком простой", "auth.password_rejected"),
            ("Такой e-mail уже занят", "auth.email_rejected"),
        ],
    )
    async def test_refused_data_are_asked_for_again(self, description: str, code: str) -> None:
        play = await self.begun()
        await play.submit(FILLED_IN)

        play.will(data("POST", ACTIVATION, {"type": "Error", "description": description}))
        form = await play.submit(True)

        assert form.error.code == code
        await play.submit(FILLED_IN)
        play.will(data("POST", ACTIVATION, mobile_grant()), *mobile_opened())
        assert only(await play.submit(True)).method == "password:mobile"

    async def test_secrets_stay_out_of_the_open_state(self) -> None:
        play = await self.begun()
        await play.submit(FILLED_IN)

        shown = repr(play.record)
        assert "one-time" not in shown
        assert CREDENTIALS["password"] not in shown
        assert FILLED_IN["email"] not in shown


class TestChangePassword:
    async def test_only_a_new_password_is_asked_for(self) -> None:
        play = await begun(data("POST", PATH, activation("ChangePassword")))
        form = await play.submit(CREDENTIALS)
        assert [item.name for item in form.fields] == ["new_password", "repeat"]

        play.will(data("POST", CHANGE, mobile_grant()), *mobile_opened())
        session = only(await play.submit(NEW))

        assert play.script.of_kind(RequestKind.AUTH)[1].body["agreeTerms"] is False
        assert session.secret("access_token") == TOKEN

    async def test_two_different_ones_are_not_sent(self) -> None:
        play = await begun(data("POST", PATH, activation("ChangePassword")))
        await play.submit(CREDENTIALS)

        with pytest.raises(PasswordRejected):
            await play.submit({**NEW, "repeat": "another"})

        assert len(play.script.sent) == 1

    async def test_without_a_person_it_stays_temporary(self) -> None:
        play = await begun(data("POST", PATH, activation("ChangePassword")), person_present=False)

        with pytest.raises(TemporaryPassword):
            await play.submit(CREDENTIALS)


@pytest.mark.parametrize(
    "expression", ["(a+)+$", r"(a|b)*\1", "(unclosed", "x" * 201, "(?P<n>a)(?P=n)", "(.*)*"]
)
def test_costly_and_foreign_expressions_are_left_out(expression: str) -> None:
    assert pattern([ValidationRule(message="m", regexs=[expression])]) is None


def test_one_of_a_rules_expressions_must_hold_and_every_rule() -> None:
    rules = [
        ValidationRule(message="digit", regexs=["[0-9]"]),
        ValidationRule(message="end", regexs=["a$", "b$"]),
        None,
        ValidationRule(message="none", regexs=None),
    ]
    found = pattern(rules)

    assert found is not None
    assert re.fullmatch(found, "1 и b")
    assert not re.fullmatch(found, "1 и c")
    assert not re.fullmatch(found, "без цифр a")
