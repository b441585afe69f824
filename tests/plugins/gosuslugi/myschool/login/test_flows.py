"""Both ways in, step by step."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from gateway.core.contract.steps import CompletedBy, Form, Redirect
from gateway.core.errors import MethodNotOffered, NoStudents, TokenRejected
from gateway.core.model.people import Role
from gateway.core.wire.jar import CookieJar
from gateway_gosuslugi.emulator.jwt import minted
from gateway_gosuslugi.myschool.login.claims import person_of
from tests.plugins.gosuslugi.support import HOST, make_adapter, make_session
from tests.plugins.support import FixtureLink

TOKEN = minted({"urn:esia:sbj_id": 1000000001})
COOKIES = {"u": "77aa", "sp_session": "0f0f", "acc_t": TOKEN}
YEAR = {
    "request": {"path": "/api/myschool/v1/current_year"},
    "response": {"status": 200, "body": {"current_year": 2030}},
}


def students(*rows, status=200, **answer):
    return {
        "request": {"path": "/api/myschool/v2/auth/student?role=student"},
        "response": answer or {"status": status, "body": list(rows)},
    }


def child(number=1, region="76"):
    return {
        "student_id": f"s-000{number}",
        "student_first_name": "Пример",
        "student_last_name": "Примеров",
        "student_region": region,
    }


class LoginLink(FixtureLink):
    """A link of a flow that has its cookies."""

    def __init__(self, *exchanges, **settings):
        now = datetime(2030, 10, 9, 9, tzinfo=UTC)
        super().__init__(make_adapter(**settings), exchanges, make_session(), now)
        self.jar = CookieJar()


async def sign_in(link, method="esia", answer=None):
    flow = link.adapter.login_flow(method)
    step = await flow.start(link)
    return await flow.submit(link, step, COOKIES if answer is None else answer)


async def test_the_browser_is_sent_to_the_diarys_page_and_its_cookies_are_wanted():
    step = await make_adapter().login_flow("esia").start(LoginLink())
    assert isinstance(step, Redirect)
    assert step.url == "https://www.gosuslugi.ru/school/feed"
    assert step.completes_by is CompletedBy.COOKIES
    assert (step.cookie_domain, step.cookie_names) == (HOST, ("u", "sp_session", "acc_t"))


async def test_where_the_operator_mapped_the_portal_the_browser_is_sent_there():
    link = LoginLink(base_url="http://127.0.0.1:8000/")
    step = await link.adapter.login_flow("esia").start(link)
    assert (step.url, step.cookie_domain) == ("http://127.0.0.1:8000/school/feed", "127.0.0.1")


async def test_cookies_are_asked_for_as_one_secret():
    step = await make_adapter().login_flow("cookies").start(LoginLink())
    assert isinstance(step, Form)
    assert [(item.name, item.secret) for item in step.fields] == [("cookies", True)]


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("esia", COOKIES),
        ("esia", {name: SecretStr(value) for name, value in COOKIES.items()}),
        ("esia", {"u": "; ".join(f"{k}={v}" for k, v in COOKIES.items()), "sp_session": ""}),
        ("cookies", {"cookies": "\n".join(f"{k}={v}" for k, v in COOKIES.items())}),
    ],
    ids=["mapping", "secrets", "header in place of one", "lines"],
)
async def test_three_living_cookies_open_the_account(method, answer):
    link = LoginLink(YEAR, students(child()))
    (session,) = (await sign_in(link, method, answer)).sessions
    assert session.account == "gosuslugi:account:1000000001"
    assert session.method == method
    assert session.role is Role.UNKNOWN
    assert {item.name: item.value for item in session.jar} == COOKIES
    assert all(item.secure and item.domain == HOST for item in session.jar)
    (student,) = session.students
    assert (student.id, student.zone) == ("gosuslugi:student:s-0001", "Europe/Moscow")
    assert student.native == {"student": "s-0001", "region": "76"}


async def test_several_children_are_a_parents_and_each_has_its_regions_zone():
    told = students(child(), child(2, "41000000000"), child(3, None), child(4, "00"))
    (session,) = (await sign_in(LoginLink(YEAR, told))).sessions
    assert session.role is Role.GUARDIAN
    zones = [item.zone for item in session.students]
    assert zones == ["Europe/Moscow", "Asia/Kamchatka", "Europe/Moscow", "Europe/Moscow"]
    assert "region" not in session.students[2].native


async def test_an_account_without_children_is_told_what_to_do_at_the_portal():
    with pytest.raises(NoStudents) as raised:
        await sign_in(LoginLink(YEAR, students()))
    assert "Документы → Семья и дети" in raised.value.text.ru
    assert "child's card" in raised.value.text.en


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 401, "body": {}},
        {"status": 403, "text": "<html>403</html>"},
        {"status": 302, "body": None, "location": "https://esia.gosuslugi.ru/login/"},
        {"status": 200, "text": "<!DOCTYPE html><title>Вход</title>"},
    ],
    ids=["401", "403", "redirect", "page"],
)
async def test_dead_cookies_are_refused_with_words_of_their_own(answer):
    with pytest.raises(TokenRejected) as raised:
        await sign_in(LoginLink({**YEAR, "response": answer}))
    assert "войдите ещё раз" in raised.value.text.ru.lower()


@pytest.mark.parametrize(
    "answer",
    [
        {"u": "77aa", "sp_session": "0f0f", "acc_t": ""},
        {"u": "77aa", "sp_session": "0f0f"},
        {**COOKIES, "acc_t": "no-token"},
        {**COOKIES, "u": "two words"},
    ],
)
async def test_what_cannot_be_the_three_cookies_is_not_sent(answer):
    link = LoginLink()
    with pytest.raises(TokenRejected) as raised:
        await sign_in(link, answer=answer)
    assert "sp_session" in raised.value.text.ru
    assert link.asked == []


async def test_a_page_that_says_what_it_is_is_no_dead_session():
    page = {"status": 200, "text": "<html>Ведутся технические работы</html>"}
    with pytest.raises(Exception, match="maintenance"):
        await sign_in(LoginLink({**YEAR, "response": page}))


def test_no_other_way_is_offered():
    with pytest.raises(MethodNotOffered):
        make_adapter().login_flow("password")


@pytest.mark.parametrize(
    "token",
    ["", "a.b", "a.!.c", "a.e30.c", minted({"urn:esia:sbj_id": True}), minted({}), "a.bnVsbA.c"],
)
def test_what_names_no_person_is_no_token(token):
    assert person_of(token) is None


@pytest.mark.parametrize("number", [1000000001, "1000000001"])
def test_a_token_names_its_person(number):
    assert person_of(minted({"urn:esia:sbj_id": number})) == "1000000001"
