import pytest

from tests.plugins.mos_ru.emulator.login.support import (
    Service,
    activate,
    mobile_token,
    opens,
)

URL = "/acl/api/users/profile_info"


@pytest.mark.parametrize(
    "slug, kind",
    [
        ("student", "StudentProfile"),
        ("parent-two", "ParentProfile"),
        ("trusted", "ParentProfile"),
        ("no-children", "ParentProfile"),
        ("no-longer-student", "StudentProfile"),
        ("teacher", "TeacherProfile"),
    ],
)
async def test_the_profile_is_told_with_its_kind(moscow: Service, slug: str, kind: str) -> None:
    token = moscow.account(slug).token
    assert token is not None
    profiles = (await activate(moscow, token)).json()
    assert [(type(item["id"]), item["type"]) for item in profiles] == [(int, kind)]


async def test_whom_no_school_has_written_in_has_no_profile(moscow: Service) -> None:
    token = moscow.account("unlinked").token
    assert token is not None
    assert (await activate(moscow, token)).json() == []


async def test_its_own_headers_are_needed(moscow: Service) -> None:
    token = await mobile_token(moscow)
    browser = moscow.browser()
    only_bearer = await browser.get(URL, headers={"Authorization": f"Bearer {token}"})
    assert only_bearer.status_code == 401
    other = await browser.get(URL, headers={"Auth-Token": token, "partner-source-id": "WEB"})
    assert other.status_code == 400
    assert await opens(moscow, token) == 403
    assert (await browser.get(URL, headers={"Auth-Token": "x"})).status_code == 401
    assert (await browser.get(URL, headers={"Auth-Token": token})).status_code == 200
    assert await opens(moscow, token) == 200
