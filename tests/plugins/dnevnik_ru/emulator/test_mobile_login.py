from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.plugins.dnevnik_ru.emulator.support import Service

PAIR = {
    "clientId": "a0000000-0000-4000-8000-000000000001",
    "clientSecret": "b0000000-0000-4000-8000-000000000002",
}
SCOPE = "Schools,Relatives,EduGroups,Lessons,marks,EduWorks,Avatar"
KEYS = [
    *("type", "description", "mobileSubscriptionStatus", "reason", "teacherAppLink"),
    *("credentials", "activationData", "validationRules"),
]


async def sign_in(service: Service, version: str = "v8.5", **fields: Any) -> Any:
    body = PAIR | {"scope": SCOPE, "agreeTerms": False} | fields
    path = f"/mobile/{version}/authorizations/bycredentials"
    answer = await service.browser().post(path, json=body)
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("version", ["v6.0", "v7.0", "v8.5", "v10.0"])
async def test_a_right_password_gives_credentials(service: Service, version: str) -> None:
    body = await sign_in(
        service, version, username="demo.student", password="demo-student-1", agreeTerms="false"
    )
    assert list(body) == KEYS
    assert (body["type"], body["reason"]) == ("Success", "Authenticate")
    given = body["credentials"]
    assert list(given) == ["accessToken", "refreshToken", "userId", "scope", "expiresDate"]
    assert given["userId"] == service.number("user", "account-student")
    expires = datetime.fromisoformat(given["expiresDate"])
    assert expires == service.clock.now.astimezone(UTC) + timedelta(days=30)


async def test_path_letter_case_is_ignored(service: Service) -> None:
    body = PAIR | {"username": "demo.student", "password": "demo-student-1"}
    answer = await service.browser().post("/mobile/v6.0/Authorizations/byCredentials", json=body)
    assert answer.json()["type"] == "Success"


async def test_a_wrong_password_is_an_error_with_status_200(service: Service) -> None:
    body = await sign_in(service, username="demo.student", password="no")
    assert list(body) == KEYS
    assert body["type"] == "Error"
    assert body["credentials"] is None
    assert "пароль" in body["description"]


async def test_a_locked_account_is_named(service: Service) -> None:
    body = await sign_in(service, username="demo.locked", password="demo-locked-1")
    assert body["type"] == "Error"
    assert "заблокирована" in body["description"]


async def test_an_application_that_is_no_guid_is_refused(service: Service) -> None:
    body = await sign_in(service, username="demo.student", password="demo-student-1", clientId="x")
    assert body["type"] == "authorizationFailed"


@pytest.mark.parametrize(
    "slug, reason",
    [
        ("teacher", "TeacherHaveNotAccess"),
        ("no-children", "HaveNotActiveMemberships"),
        ("unlinked", "HaveNotActiveMemberships"),
        ("no-longer-student", "HaveNotActiveMemberships"),
    ],
)
async def test_some_may_sign_in_and_still_see_nothing(
    service: Service, slug: str, reason: str
) -> None:
    body = await sign_in(service, username=f"demo.{slug}", password=f"demo-{slug}-1")
    assert body["reason"] == reason
    assert body["credentials"] is None
    assert (body["teacherAppLink"] is not None) is (slug == "teacher")


async def test_a_first_sign_in_ends_with_a_password_of_ones_own(service: Service) -> None:
    login, password = "demo.temporary-password", "demo-temporary-password-1"
    body = await sign_in(service, username=login, password=password)
    assert body["reason"] == "FirstLogin"
    assert body["credentials"] is None
    data = body["activationData"]
    assert list(data) == [
        *("lastName", "firstName", "middleName", "birthday", "sex", "isPhoneRequired"),
        *("termsLink", "personId", "token", "username", "password"),
    ]
    assert set(body["validationRules"]) == {
        *("emailValidationRules", "phoneValidationRules", "passwordUnacceptableRules"),
        "passwordLevelRules",
    }
    full = PAIR | {
        "username": login,
        "password": password,
        "scope": SCOPE,
        "agreeTerms": True,
        "email": "a@example.org",
        "phone": "",
        "token": data["token"],
        "newPassword": "Novyi-parol-2",
        "newPasswordRepeat": "Novyi-parol-2",
        "passwordRepeat": "Novyi-parol-2",
    }
    path = f"/mobile/v8.5/persons/{data['personId']}/activation"
    client = service.browser()
    weak = full | {"newPassword": "weak", "newPasswordRepeat": "weak"}
    assert (await client.post(path, json=weak)).json()["type"] == "Error"
    forged = full | {"token": "0" * 32}
    assert (await client.post(path, json=forged)).json()["type"] == "parameterInvalid"
    done = (await client.post(path, json=full)).json()
    assert list(done) == KEYS
    assert done["reason"] == "Authenticate"
    assert (await sign_in(service, username=login, password="Novyi-parol-2"))[
        "reason"
    ] == "Authenticate"


async def test_a_refresh_is_flat_and_kills_the_old_pair(service: Service) -> None:
    given = (await sign_in(service, username="demo.student", password="demo-student-1"))[
        "credentials"
    ]
    client = service.browser()
    body = {
        "client_id": PAIR["clientId"],
        "client_secret": PAIR["clientSecret"],
        "grant_type": "RefreshToken",
        "refreshToken": given["refreshToken"],
    }
    path = "/mobile/v8.5/authorizations/byrefreshtoken"
    new = (await client.post(path, json=body)).json()
    assert list(new) == [
        *("type", "description", "mobileSubscriptionStatus", "accessToken", "refreshToken"),
        *("user", "scope", "expiresDate"),
    ]
    again = await client.post(path, json=body)
    assert again.status_code == 200
    assert again.json()["type"] == "authorizationFailed"
    url = f"/mobile/v8.5/users/{new['user']}/context"
    dead = await client.get(url, headers={"Access-Token": given["accessToken"]})
    assert (dead.status_code, dead.json()["type"]) == (200, "tokenRequired")
    alive = await client.get(url, headers={"Access-Token": new["accessToken"]})
    assert alive.json()["type"] == "Success"


async def test_a_token_of_the_app_opens_the_partner_interface_too(service: Service) -> None:
    given = (await sign_in(service, username="demo.student", password="demo-student-1"))[
        "credentials"
    ]
    headers = {"Access-Token": given["accessToken"]}
    group = service.number("group", service.world.student("student-1").class_key)
    answer = await service.browser().get(f"/v2/edu-groups/{group}/subjects", headers=headers)
    assert answer.status_code == 200
