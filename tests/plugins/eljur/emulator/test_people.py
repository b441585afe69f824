"""The sandbox's accounts, and the person who answers steps."""

from urllib.parse import urlsplit

import pytest

from gateway.core.contract.steps import (
    Choice,
    CodeMedium,
    CompletedBy,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Option,
    Redirect,
    WaitForApproval,
    Words,
)
from gateway.core.errors import IllegalAnswer
from gateway.testing.bench import OPENING_STATES
from gateway_eljur.declaration import ELJUR
from gateway_eljur.emulator.doors import DEVKEY
from gateway_eljur.settings import EljurSettings
from tests.plugins.eljur.emulator.support import ORIGIN, PLAIN, Service

LABEL = Words(ru="Поле", en="Field")


def form(*names: str) -> Form:
    return Form(fields=tuple(FormField(name=name, label=LABEL) for name in names))


def answer(service: Service, step: object, key: str) -> object:
    account = service.account(key)
    return service.emulator.answer(step, account, origin=ORIGIN)  # type: ignore[arg-type]  # any step


def test_it_stands_for_every_host_of_the_declaration(service: Service) -> None:
    hosts = {urlsplit(url).hostname for item in ELJUR.instances for url in item.hosts.values()}
    assert hosts <= set(service.emulator.hosts)


def test_its_settings_are_settings_of_the_provider(service: Service) -> None:
    settings = EljurSettings.model_validate(dict(service.emulator.settings(ORIGIN)))
    assert settings.devkey is not None
    assert settings.devkey.get_secret_value() == DEVKEY


def test_every_method_opens_some_account(service: Service) -> None:
    accounts = service.emulator.accounts(service.world)
    assert len({item.key for item in accounts}) == len(accounts)
    for method in ELJUR.login_methods:
        assert any(
            method.name in item.methods and item.students and item.state in OPENING_STATES
            for item in accounts
        )


def test_students_belong_to_the_instance_of_their_school(service: Service) -> None:
    for account in service.emulator.accounts(service.world):
        for student in account.students:
            instance, kind, number = student.gateway_id.split(":")
            assert ELJUR.instance(instance.removeprefix("eljur@")).vendor == account.school
            assert (kind, number) == ("student", student.id)


def test_only_states_of_the_service_are_named(service: Service) -> None:
    states = {item.state for item in service.emulator.accounts(service.world)}
    assert states == {
        *("ok", "no_children", "unlinked", "two_identities", "esia_only", "no_longer_student"),
        *("simplified_identity", "invite_used", "invite_expired"),
    }
    assert service.account("account-esia-only").login is None
    assert "password" not in service.account("account-esia-only").methods
    assert "esia" not in service.account("account-simplified").methods


async def test_passwords_open_what_they_are_said_to_open(service: Service) -> None:
    browser = service.browser()
    for account in service.emulator.accounts(service.world):
        if "password" not in account.methods:
            continue
        asked = {**PLAIN, "vendor": account.school, "login": account.login}
        sent = await browser.post("/apiv3/auth", params=asked, data={"password": account.password})
        token = sent.json()["response"]["result"]["token"]
        rules = await browser.get("/apiv3/getrules", params={**asked, "auth_token": token})
        students = rules.json()["response"]["result"]["relations"]["students"]
        assert set(students) == {item.id for item in account.students}


def test_the_person_fills_in_forms(service: Service) -> None:
    filled = answer(service, form("school", "login", "password"), "account-parent-two-sch3")
    assert filled == {
        "school": "sch3",
        "login": "demo.parent-two",
        "password": "Пароль & ключ+100%",
    }
    account = service.account("account-student")
    assert answer(service, form("vendor", "token"), "account-student") == {
        "vendor": "sch1",
        "token": account.token,
    }
    assert answer(service, form("email"), "account-student") == {"email": account.config["email"]}


def test_the_person_registers(service: Service) -> None:
    invited = service.account("invite-parent")
    filled = answer(
        service,
        form("domain", "code", "login", "password", "password2", "lastname", "firstname", "email"),
        "invite-parent",
    )
    assert filled == {
        "domain": "sch4",
        "code": "DEMO-0000-0001",
        "login": "demo.invite-parent",
        "password": invited.password,
        "password2": invited.password,
        "lastname": invited.config["lastname"],
        "firstname": invited.config["firstname"],
        "email": invited.config["email"],
    }
    assert answer(service, form("middle_name"), "invite-parent") == {
        "middle_name": invited.config["middlename"]
    }
    letter = OneTimeCode(medium=CodeMedium.EMAIL)
    assert answer(service, letter, "invite-parent") == invited.code
    kind = Choice(options=(Option(key="old", label="Есть"), Option(key="new", label="Нет")))
    assert answer(service, kind, "invite-parent") == "new"
    assert answer(service, kind, "account-student") == "old"


def test_the_person_chooses_the_own_school(service: Service) -> None:
    options = (
        Option(key="sch1:demo.parent-two", label="Школа 1"),
        Option(key="sch3:demo.parent-two", label="Лицей"),
    )
    one = Choice(options=options)
    several = Choice(options=options, multiple=True)
    assert answer(service, one, "account-parent-two-sch3") == "sch3:demo.parent-two"
    assert answer(service, several, "account-esia-only") == ("sch3:demo.parent-two",)
    assert answer(service, Confirm(question=LABEL), "account-student") is True


async def test_the_persons_browser_ends_at_the_diary(service: Service) -> None:
    url = f"{ORIGIN}/journal-esia-region-action?flow=v2"
    step = Redirect(url=url, completes_by=CompletedBy.FINAL_URL)
    final = answer(service, step, "account-student-edu")
    assert isinstance(final, str)
    assert final.startswith(f"{ORIGIN}/journal-app?v_token=")
    browser = service.browser()
    assert (await browser.get(final)).status_code == 200
    asked = {"v_token": final.partition("=")[2], "auth_token": "true"}
    users = (await browser.get("/apiv3/getusersvendors", params=asked)).json()["result"]
    assert [item["vendor"] for item in users] == ["edu"]


@pytest.mark.parametrize(
    "step",
    [
        WaitForApproval(),
        Redirect(url="https://elsewhere.example/", completes_by=CompletedBy.FINAL_URL),
    ],
)
def test_nobody_answers_what_is_never_asked(service: Service, step: object) -> None:
    with pytest.raises(IllegalAnswer):
        answer(service, step, "account-student")
