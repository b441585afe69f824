from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.plugins.mos_ru.emulator.login.support import Service


async def told(service: Service, slug: str, path: str) -> dict[str, Any]:
    token = service.account(slug).token
    answer = await service.browser().get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("path", ["/lms/api/sessions", "/api/ej/acl/v1/sessions"])
async def test_a_session_says_whose_token_it_is(moscow: Service, path: str) -> None:
    token = moscow.account("student").token
    session = (await moscow.browser().post(path, json={"auth_token": token})).json()
    person = moscow.world.person("person-student-1")
    assert session["first_name"] == person.given_name
    assert session["authentication_token"] == token
    assert session["date_of_birth"] == person.birth_date.isoformat()
    assert str(UUID(session["person_id"])) == session["person_id"]
    assert (session["profiles"][0]["type"], session["sex"]) == ("student", person.sex.value)
    assert session["regional_auth"] == "77"


@pytest.mark.parametrize(
    "body", [{"auth_token": "x"}, {}, {"login": "demo.student", "password_plain": "demo-student-1"}]
)
async def test_moscow_opens_a_session_for_a_living_token_alone(
    moscow: Service, body: dict[str, str]
) -> None:
    answer = await moscow.browser().post("/lms/api/sessions", json=body)
    assert answer.status_code == 401


async def test_who_has_no_diary_has_no_profile_in_the_session(moscow: Service) -> None:
    token = moscow.account("unlinked").token
    answer = await moscow.browser().post("/lms/api/sessions", json={"auth_token": token})
    assert answer.json()["profiles"] == []


@pytest.mark.parametrize(
    "slug, role", [("student", 1), ("parent-two", 2), ("trusted", 2), ("teacher", 9)]
)
async def test_user_information_names_the_role(moscow: Service, slug: str, role: int) -> None:
    found = await told(moscow, slug, "/v3/userinfo")
    assert [item["id"] for item in found["roles"]] == [role]
    assert found["login"] == f"demo.{slug}"
    day, month, year = found["info"]["birthdate"].split(".")
    assert date(int(year), int(month), int(day))
    other = await told(moscow, slug, "/v1/oauth/userinfo")
    assert other["broles"] == [str(role)]
    assert other["sub"] == str(found["userId"])


async def test_a_pupil_is_told_with_class_and_parents(moscow: Service) -> None:
    found = await told(moscow, "student", "/v1/oauth/userinfo")
    assert found["agents"]
    assert found["children"] == []
    (place,) = found["education"]
    assert place["class"]["organization"]["name"] == moscow.account("student").school
    assert place["training_begin_at"] < place["training_end_at"]


async def test_a_parent_is_told_with_children(moscow: Service) -> None:
    found = await told(moscow, "parent-two", "/v1/oauth/userinfo")
    assert found["education"] == []
    ids = {f"mos_ru:student:{person}" for person in found["children"]}
    assert ids == {item.gateway_id for item in moscow.account("parent-two").students}


async def test_user_information_needs_a_living_token(moscow: Service) -> None:
    for path in ("/v3/userinfo", "/v1/oauth/userinfo"):
        assert (await moscow.browser().get(path)).status_code == 401
