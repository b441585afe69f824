from collections.abc import Callable
from datetime import timedelta

import pytest

from gateway_mos_ru.emulator.jwt import claims_of
from tests.plugins.mos_ru.emulator.login.support import ORIGIN, Service

EVERY = ("password", "oauth", "qr", "token", "cookies")


def methods(service: Service) -> dict[str, tuple[str, ...]]:
    accounts = service.emulator.accounts(service.world)
    return {item.key.removeprefix("account-"): item.methods for item in accounts}


def test_moscow_lists_every_account_with_its_ways_in(moscow: Service) -> None:
    found = methods(moscow)
    assert len(found) == len(moscow.world.accounts)
    assert found["student"] == found["parent-two"] == found["second-factor"] == EVERY
    assert found["locked"] == ("password",)
    assert found["temporary-password"] == found["simplified"] == ()
    for slug in ("captcha", "consent", "esia-only"):
        assert found[slug] == EVERY[1:]


def test_a_node_lists_every_account_with_its_ways_in(oblast: Service) -> None:
    found = methods(oblast)
    assert found["student"] == ("esia", "password", "token", "cookies")
    assert found["trusted"] == ("password", "token", "cookies")
    assert found["esia-only"] == ("esia", "token", "cookies")
    assert found["temporary-password"] == ("password",)
    assert found["locked"] == found["simplified"] == ()


def test_accounts_carry_what_a_client_is_configured_with(moscow: Service, oblast: Service) -> None:
    config = moscow.account("student").config
    assert config["api_url"] == "https://school.mos.ru"
    assert config["login_url"] == "https://login.mos.ru"
    settings = moscow.emulator.settings(ORIGIN)
    for name in ("registration_token", "software_statement"):
        assert config[name] == settings[name]
    assert settings["base_url"] == ORIGIN
    assert oblast.emulator.settings(ORIGIN) == {"base_url": ORIGIN}
    assert oblast.account("student").config["diary_url"] == "https://myschool.mosreg.ru"


def test_codes_are_told_where_one_is_asked(moscow: Service, oblast: Service) -> None:
    def asked(service: Service) -> set[str]:
        accounts = service.emulator.accounts(service.world)
        return {item.key.removeprefix("account-") for item in accounts if item.code}

    assert asked(moscow) == {"second-factor", "linking-offer"}
    assert asked(oblast) == {"second-factor", "parent-two"}
    account = moscow.account("second-factor")
    assert account.expired_code not in (None, account.code)


def test_tokens_stay_the_same_all_day(moscow: Service) -> None:
    first = moscow.account("student").token
    moscow.clock.pass_(timedelta(hours=11))
    assert moscow.account("student").token == first
    moscow.clock.pass_(timedelta(hours=2))
    assert moscow.account("student").token != first


def test_no_two_tokens_are_alike(running: Callable[..., Service]) -> None:
    tokens = [
        token
        for provider in ("mos_ru", "mosreg_ru", "myschool_tatarstan")
        for service in [running(provider)]
        for item in service.emulator.accounts(service.world)
        for token in (item.token, item.config.get("aupd_token"))
        if token is not None
    ]
    assert len(set(tokens)) == len(tokens)


@pytest.mark.parametrize("slug", ["locked", "temporary-password", "simplified"])
def test_who_cannot_sign_in_holds_nothing(moscow: Service, slug: str) -> None:
    account = moscow.account(slug)
    assert account.token is None
    assert "aupd_token" not in account.config


def test_students_are_known_by_the_person(moscow: Service) -> None:
    (student,) = moscow.account("student").students
    claims = claims_of(moscow.account("student").token or "")
    assert claims is not None
    assert student.gateway_id == f"mos_ru:student:{claims['msh']}"


@pytest.mark.parametrize("provider", ["mos_ru", "mosreg_ru", "myschool_tyumen"])
async def test_students_are_listed_by_the_number_that_routes_ask_for(
    running: Callable[..., Service], provider: str
) -> None:
    service = running(provider)
    account = service.account("parent-two")
    headers = {"Authorization": f"Bearer {account.token}", "X-Mes-Subsystem": "familyweb"}
    found = await service.browser().get("/api/family/web/v1/profile", headers=headers)
    children = [str(child["id"]) for child in found.json()["children"]]
    assert children == [student.id for student in account.students]
