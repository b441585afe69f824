"""Registration with an invite code; its wire form is assumed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.contract.evidence import Assumed, evidence_of, wire_structs
from gateway.core.contract.steps import StepAction
from gateway.core.errors import (
    AlreadyRegistered,
    CodeExpired,
    EmailNotConfirmed,
    EmailRejected,
    EsiaOnly,
    FlowError,
    InviteCodeExpired,
    InviteCodeUnknown,
    InviteCodeUsed,
    KnownWrongSecret,
    LoginError,
    LoginTaken,
    MethodNotOffered,
    PasswordRejected,
    SchoolUnknown,
    ServerFailure,
    WrongCode,
    WrongCredentials,
)
from gateway_eljur.login import invite_wire, words
from gateway_eljur.login.invite import code_in
from tests.plugins.eljur.login.play import Play, code_of, form_of, query_of
from tests.plugins.eljur.login.samples import AUTH, RULES, granted, rules

ROOT = "/ajaxregister"
CODE, ACCOUNT, CONFIRM = f"{ROOT}/code", f"{ROOT}/account", f"{ROOT}/confirm"
RESEND, CHILD = f"{ROOT}/resend", f"{ROOT}/child"
INVITED = {"school": "sch1", "invite_code": " DEMO-0000-0001 "}
PERSON = {
    "new_login": " petrova.test ",
    "password": "Novyi-parol-2",
    "password2": "Novyi-parol-2",
    "lastname": "Пример",
    "firstname": "Мария",
    "email": "p@example.test",
}
MINE = {"login": "petrova.test", "password": "Moi-parol-1"}


def taken(**fields: object) -> tuple[int, object]:
    return 200, {"result": True, "errors": [], "actions": [], **fields}


def refused(*codes: object) -> tuple[int, object]:
    errors = [{"code": code, "text": "Не подходит"} for code in codes]
    return 200, {"result": False, "error": "Не подходит", "errors": errors, "actions": []}


def begun(role: str = "student") -> tuple[int, object]:
    return taken(registration="word", role=role, student="Пример Иван", **{"class": "10А"})


LETTER = taken(sent_to="p***@example.test")


async def with_code(role: str = "student", **own: Any) -> Play:
    """A registration whose code was taken."""
    play = Play(**own).on(CODE, begun(role))
    await play.begin("invite_code")
    await play.submit(INVITED)
    return play


async def with_letter() -> Play:
    """A registration whose letter is on its way."""
    play = (await with_code()).on(ACCOUNT, LETTER)
    await play.submit(PERSON)
    return play


async def test_it_is_off_for_real_hosts() -> None:
    with pytest.raises(MethodNotOffered):
        await Play(assumed=False).begin("invite_code")


async def test_a_student_registers_and_is_signed_in() -> None:
    play = Play().on(CODE, begun()).on(ACCOUNT, LETTER).on(CONFIRM, taken())
    play.on(AUTH, granted()).on(RULES, rules(roles=["student"], id="1000", name="1000"))
    step = await play.begin("invite_code")
    assert [field.name for field in step.fields] == ["school", "invite_code"]

    step = await play.submit(INVITED)
    assert [(f.name, f.secret, f.required) for f in step.fields] == [
        ("new_login", False, True),
        ("password", True, True),
        ("password2", True, True),
        ("lastname", False, True),
        ("firstname", False, True),
        ("middlename", False, False),
        ("email", False, True),
    ]
    step = await play.submit(PERSON)
    assert (step.type, step.medium, step.sent_to) == ("one_time_code", "email", "p***@example.test")
    record = await play.record()
    assert "Novyi-parol-2" not in str(record.state) + step.model_dump_json()
    assert "word" not in str(record.state)
    assert await play.submit("123456") is None

    sent = [form_of(play.sent(path)[0]) for path in (CODE, ACCOUNT, CONFIRM, AUTH)]
    login = {"login": "petrova.test", "password": "Novyi-parol-2"}
    told = {key: value for key, value in PERSON.items() if key != "new_login"}
    assert sent == [
        {"domain": "sch1", "code": "DEMO-0000-0001"},
        {"registration": "word", "middlename": "", **told, **login},
        {"registration": "word", "code": "123456"},
        login,
    ]
    assert str(play.sent(CODE)[0].origin) == "https://sch1.eljur.ru"
    assert all(query_of(play.sent(path)[0]) == {} for path in (CODE, ACCOUNT, CONFIRM))
    session = await play.session()
    assert session.account == "eljur@cloud.sch1:account:1000"
    assert session.method == "password"


async def test_a_parent_may_make_a_new_account() -> None:
    play = await with_code("parent")
    step: Any = play.login.step
    assert [item.key for item in step.options] == ["new", "mine"]
    assert {item.note for item in step.options} == {"Пример Иван, 10А"}
    step = await play.submit("new")
    assert step.fields[0].name == "new_login"


async def test_a_parent_may_add_the_child_to_their_account() -> None:
    play = (await with_code("parent")).on(CHILD, taken()).on(AUTH, granted()).on(RULES, rules())
    step = await play.submit("mine")
    assert [field.name for field in step.fields] == ["login", "password"]

    assert await play.submit(MINE) is None

    assert form_of(play.sent(CHILD)[0]) == {"registration": "word", **MINE}
    assert form_of(play.sent(AUTH)[0]) == MINE
    assert (await play.session()).account == "eljur@cloud.sch1:account:2000"


async def test_a_wrong_password_of_theirs_is_sent_once() -> None:
    play = (await with_code("parent")).on(CHILD, refused("login_wrong"))
    await play.submit("mine")
    assert code_of(await play.submit(MINE)) == WrongCredentials.code
    assert code_of(await play.submit(MINE)) == KnownWrongSecret.code
    assert len(play.sent(CHILD)) == 1


@pytest.mark.parametrize(
    ("code", "error", "says"),
    [
        ("role_mismatch", LoginError, words.OTHER_ROLE),
        ("child_known", AlreadyRegistered, words.CHILD_KNOWN),
        ("registration_over", LoginError, words.REGISTRATION_OVER),
        ("something_new", LoginError, LoginError.text),
    ],
)
async def test_a_child_that_cannot_be_added_ends_it(
    code: str, error: type[LoginError], says: object
) -> None:
    play = (await with_code("parent")).on(CHILD, refused(code))
    await play.submit("mine")
    assert await play.submit(MINE) is None
    assert type(play.login.error) is error
    assert play.login.error.text == says


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("code_unknown", InviteCodeUnknown),
        ("code_used", InviteCodeUsed),
        ("code_expired", InviteCodeExpired),
        ("school_unknown", SchoolUnknown),
    ],
)
async def test_a_code_that_does_not_do_is_asked_for_again(
    code: str, error: type[LoginError]
) -> None:
    play = Play().on(CODE, refused(code), begun())
    await play.begin("invite_code")
    assert code_of(await play.submit(INVITED)) == error.code
    step = await play.submit(INVITED)
    assert step.fields[0].name == "new_login"


@pytest.mark.parametrize(
    ("codes", "error"),
    [
        (("login_taken",), LoginTaken),
        (("login_invalid", "password_weak"), LoginTaken),
        (("password_weak",), PasswordRejected),
        (("password_mismatch",), PasswordRejected),
        (("email_invalid",), EmailRejected),
        (("unheard_of", "email_invalid"), EmailRejected),
    ],
)
async def test_an_account_that_does_not_do_can_be_mended(
    codes: tuple[str, ...], error: type[LoginError]
) -> None:
    play = (await with_code()).on(ACCOUNT, *[refused(*codes)] * 5, LETTER)
    for _ in range(5):  # nothing of it can lock an account
        assert code_of(await play.submit(PERSON)) == error.code
    assert (await play.submit(PERSON)).type == "one_time_code"


async def test_passwords_that_differ_are_not_sent() -> None:
    play = await with_code()
    step = await play.submit({**PERSON, "password2": "another"})
    assert code_of(step) == PasswordRejected.code
    assert step.error.words.ru == words.PASSWORDS_DIFFER.ru
    assert play.sent(ACCOUNT) == []


@pytest.mark.parametrize(("code"), ["name_required", "registration_over"])
async def test_other_refusals_end_it(code: str) -> None:
    play = (await with_code()).on(ACCOUNT, refused(code))
    assert await play.submit(PERSON) is None
    assert type(play.login.error) is LoginError


async def test_the_letter_must_be_answered() -> None:
    play = await with_letter()
    step = await play.submit("  ")
    assert code_of(step) == EmailNotConfirmed.code
    assert play.sent(CONFIRM) == []


@pytest.mark.parametrize(
    ("code", "error"), [("confirm_wrong", WrongCode), ("confirm_expired", CodeExpired)]
)
async def test_a_wrong_code_of_the_letter_can_be_mended(code: str, error: type[LoginError]) -> None:
    play = (await with_letter()).on(CONFIRM, refused(code), taken())
    play.on(AUTH, granted()).on(RULES, rules())
    assert code_of(await play.submit("000000")) == error.code
    link = "https://sch1.eljur.ru/register/confirm?code=123456&x=1"
    assert await play.submit(link) is None
    assert form_of(play.sent(CONFIRM)[1])["code"] == "123456"


async def test_another_letter_can_be_asked_for() -> None:
    play = (await with_letter()).on(RESEND, taken(sent_to="q***@example.test"))
    step = await play.act(StepAction.RESEND)
    assert step.sent_to == "q***@example.test"
    assert form_of(play.sent(RESEND)[0]) == {"registration": "word"}


async def test_there_is_no_letter_before_the_account() -> None:
    play = await with_code()
    with pytest.raises(FlowError):
        await play.act(StepAction.RESEND)


async def test_too_many_wrong_codes_end_it() -> None:
    play = (await with_letter()).on(CONFIRM, refused("registration_over"))
    assert await play.submit("000000") is None
    assert play.login.error is not None
    assert play.login.error.text == words.REGISTRATION_OVER


async def test_where_the_first_sign_in_fails_only_that_is_repeated() -> None:
    play = (await with_letter()).on(CONFIRM, taken())
    play.on(AUTH, (503, {}), granted()).on(RULES, rules())
    with pytest.raises(ServerFailure):
        await play.submit("123456")
    assert await play.submit("anything") is None
    assert len(play.sent(CONFIRM)) == 1


async def test_a_host_of_several_schools_is_asked_for_the_schools_key() -> None:
    play = Play().on(CODE, refused("code_used"), begun())
    await play.begin("invite_code")
    host = {**INVITED, "school": "edu.schools48.ru"}
    await play.submit(host)
    step = await play.submit({"school_key": "lpsk1"})
    assert code_of(step) == InviteCodeUsed.code
    await play.submit(host)
    step = await play.submit({"school_key": "lpsk1"})
    assert step.fields[0].name == "new_login"
    assert form_of(play.sent(CODE)[1])["domain"] == "lpsk1"
    record = await play.record()
    assert record.state["invited_to"] == "lipetsk.lpsk1"
    assert "answer" not in record.secrets


async def test_where_there_are_no_passwords_nobody_registers() -> None:
    play = Play()
    assert await play.begin("invite_code", region="52") is None
    assert isinstance(play.login.error, EsiaOnly)


def test_all_of_its_wire_form_is_marked_as_assumed() -> None:
    for shape in wire_structs((invite_wire.__name__,)):
        marks = evidence_of(shape)
        assert set(marks) == set(shape.__struct_fields__)
        assert all(isinstance(mark, Assumed) for mark in marks.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" 123456 ", "123456"),
        ("https://sch1.eljur.ru/confirm?code=123456", "123456"),
        ("https://sch1.eljur.ru/confirm/abcdef/", "abcdef"),
        ("https://[x", ""),
    ],
)
def test_a_code_may_come_in_a_link(text: str, code: str) -> None:
    assert code_in(text) == code


@given(st.text())
def test_any_answer_gives_a_short_code(text: str) -> None:
    assert len(code_in(text)) <= 64
