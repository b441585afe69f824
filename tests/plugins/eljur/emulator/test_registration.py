"""Registration with an invite code, in the emulator's own shape."""

from typing import Any

import pytest

from gateway_eljur.emulator.doors import expired_letter_code, letter_code
from tests.plugins.eljur.emulator.support import ORIGIN, PLAIN, Service

EMAIL = "novaya@example.org"
CODE = "DEMO-0000-0001"
ACCOUNT = {
    "login": "demo.newcomer",
    "password": "Dlinnyi-parol-1",
    "password2": "Dlinnyi-parol-1",
    "lastname": "Бланкова",
    "firstname": "Юлия",
    "middlename": "",
    "email": EMAIL,
}


class Person:
    """Somebody who registers."""

    def __init__(self, service: Service, base: str = ORIGIN) -> None:
        self.browser = service.browser(base)
        self.word = ""

    async def post(self, name: str, **fields: str) -> Any:
        data = {"registration": self.word, **fields}
        answer = await self.browser.post(f"/ajaxregister/{name}", data=data)
        assert answer.status_code == 200
        return answer.json()

    async def begin(self, code: str = CODE, domain: str = "sch4") -> Any:
        told = await self.post("code", code=code, domain=domain)
        self.word = told.get("registration", "")
        return told

    async def signs_in(self, login: str, password: str, vendor: str = "sch4") -> Any:
        asked = {**PLAIN, "vendor": vendor, "login": login, "password": password}
        answer = await self.browser.get("/apiv3/auth", params=asked)
        if answer.status_code != 200:
            return None
        asked["auth_token"] = answer.json()["response"]["result"]["token"]
        rules = await self.browser.get("/apiv3/getrules", params=asked)
        return rules.json()["response"]["result"]


@pytest.fixture
def person(service: Service) -> Person:
    return Person(service)


def codes(told: Any) -> list[str]:
    assert told["result"] is False
    assert told["error"] == told["errors"][0]["text"]
    return [item["code"] for item in told["errors"]]


async def test_a_newcomer_registers_and_signs_in(person: Person) -> None:
    told = await person.begin("demo 0000 0001")
    assert (told["vendor"], told["school"], told["role"]) == ("sch4", "Гимназия № 000", "parent")
    assert told["class"] == "6А"
    assert told["student"]
    sent = await person.post("account", **ACCOUNT)
    assert sent == {"result": True, "errors": [], "actions": [], "sent_to": "n***@example.org"}
    assert await person.signs_in(ACCOUNT["login"], ACCOUNT["password"]) is None  # not confirmed
    assert await person.post("resend") == sent
    done = await person.post("confirm", code=letter_code(EMAIL))
    assert (done["vendor"], done["login"]) == ("sch4", "demo.newcomer")
    rules = await person.signs_in(ACCOUNT["login"], ACCOUNT["password"])
    assert rules["roles"] == ["parent"]
    assert list(rules["relations"]["students"]) == ["1007"]
    assert codes(await person.begin()) == ["code_used"]


async def test_a_pupils_own_code_makes_a_pupil(person: Person) -> None:
    assert (await person.begin("DEMO-0000-0002"))["role"] == "student"
    await person.post("account", **ACCOUNT)
    await person.post("confirm", code=letter_code(EMAIL))
    rules = await person.signs_in(ACCOUNT["login"], ACCOUNT["password"])
    assert (rules["roles"], rules["name"]) == (["student"], "1007")


@pytest.mark.parametrize(
    "code, domain, problem",
    [
        (CODE, "nobody", "school_unknown"),
        (CODE, "", "school_unknown"),
        (CODE, "sch1", "code_unknown"),  # another school's
        ("DEMO-9999-9999", "sch4", "code_unknown"),
        ("DEMO-0000-0003", "sch4", "code_used"),
        ("DEMO-0000-0004", "sch4", "code_expired"),
    ],
)
async def test_a_code_that_does_not_do_says_why(
    person: Person, code: str, domain: str, problem: str
) -> None:
    assert codes(await person.begin(code, domain)) == [problem]


async def test_a_real_host_knows_its_own_school_alone(service: Service) -> None:
    assert codes(await Person(service, "https://sch1.eljur.ru").begin()) == ["school_unknown"]
    assert (await Person(service, "https://sch4.eljur.ru").begin())["result"] is True


@pytest.mark.parametrize(
    "changed, problems",
    [
        ({"login": "а"}, ["login_invalid"]),
        ({"login": "demo.STUDENT"}, ["login_taken"]),
        ({"password": "short1", "password2": "short1"}, ["password_weak"]),
        ({"password": "only-letters", "password2": "only-letters"}, ["password_weak"]),
        ({"password2": "another"}, ["password_mismatch"]),
        ({"firstname": " "}, ["name_required"]),
        ({"email": "nonsense"}, ["email_invalid"]),
        ({"email": "", "lastname": ""}, ["name_required", "email_invalid"]),
    ],
)
async def test_an_account_that_breaks_the_rules_can_be_corrected(
    person: Person, changed: dict[str, str], problems: list[str]
) -> None:
    await person.begin()
    assert codes(await person.post("account", **{**ACCOUNT, **changed})) == problems
    assert codes(await person.post("confirm", code=letter_code(EMAIL))) == ["registration_over"]
    await person.begin()
    assert (await person.post("account", **ACCOUNT))["result"] is True


async def test_a_letter_code_can_be_wrong_old_or_tried_too_often(person: Person) -> None:
    await person.begin()
    await person.post("account", **ACCOUNT)
    wrong = await person.post("confirm", code=expired_letter_code(EMAIL))
    assert codes(wrong) == ["confirm_expired"]
    for _ in range(4):
        assert codes(await person.post("confirm", code="000000")) == ["confirm_wrong"]
    assert codes(await person.post("confirm", code="000000")) == ["registration_over"]
    late = await person.post("confirm", code=letter_code(EMAIL))
    assert codes(late) == ["registration_over"]


async def test_of_two_with_one_code_the_first_gets_in(service: Service) -> None:
    one, two = Person(service), Person(service)
    for person, login in ((one, "demo.first"), (two, "demo.second")):
        await person.begin()
        await person.post("account", **{**ACCOUNT, "login": login})
    assert (await one.post("confirm", code=letter_code(EMAIL)))["result"] is True
    assert codes(await two.post("confirm", code=letter_code(EMAIL))) == ["registration_over"]


async def test_a_parent_adds_a_further_child(service: Service, person: Person) -> None:
    parent = service.account("account-parent-two-eljur")
    assert parent.login is not None
    assert parent.password is not None
    before = await person.signs_in(parent.login, parent.password, "eljur")
    await person.begin(domain="eljur")
    wrong = await person.post("child", login=parent.login, password="wrong")
    assert codes(wrong) == ["login_wrong"]
    done = await person.post("child", login=parent.login, password=parent.password)
    assert (done["result"], done["login"]) == (True, parent.login)
    after = await person.signs_in(parent.login, parent.password, "eljur")
    assert len(before["relations"]["students"]) == 2
    assert len(after["relations"]["students"]) == 3
    assert codes(await person.begin(domain="eljur")) == ["code_used"]


@pytest.mark.parametrize(
    "code, domain, login, problem",
    [
        ("DEMO-0000-0002", "eljur", "demo.parent-one", "role_mismatch"),  # a pupil's code
        (CODE, "eljur", "demo.student", "role_mismatch"),
        (CODE, "sch4", "demo.linking-offer", "child_known"),
        (CODE, "sch4", "demo.parent-one", "login_wrong"),  # a stranger to this school
    ],
)
async def test_a_child_is_not_added_to_everybody(
    service: Service, person: Person, code: str, domain: str, login: str, problem: str
) -> None:
    await person.begin(code, domain)
    slug = login.removeprefix("demo.")
    told = await person.post("child", login=login, password=f"demo-{slug}-1")
    assert codes(told) == [problem]
    assert service.state.used_invites == {}


@pytest.mark.parametrize("name", ["account", "confirm", "resend", "child"])
async def test_nothing_goes_on_without_a_beginning(person: Person, name: str) -> None:
    assert codes(await person.post(name, **ACCOUNT)) == ["registration_over"]
