"""What requests must carry, and how the platform refuses them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.plugins.mos_ru.emulator.login.support import ORIGIN, Service, mobile_token
from tests.plugins.mos_ru.emulator.support import EVENTS, MOBILE, WEB, WEEK, Diary

PROFILE = f"{WEB}/profile"
OVER = "Предыдущая сессия работы в ЭЖД завершена. Войдите в ЭЖД заново"
NOBODY = "Пользователь не авторизован"
SUBSYSTEM = {"X-Mes-Subsystem": "familyweb"}


@pytest.fixture
def token(service: Service) -> str:
    """A token of the pupil."""
    return str(service.account("student").token)


async def test_without_a_living_token_there_is_a_text(service: Service) -> None:
    browser = service.browser(headers=SUBSYSTEM)
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
        answer = await browser.get(PROFILE, headers=headers)
        assert answer.status_code == 401
        assert answer.text == OVER
        assert answer.headers["content-type"].startswith("text/plain")


async def test_a_token_dies(service: Service, token: str) -> None:
    browser = service.browser(headers={**SUBSYSTEM, "Authorization": f"Bearer {token}"})
    assert (await browser.get(PROFILE)).status_code == 200
    service.clock.pass_(timedelta(days=30))
    assert (await browser.get(PROFILE)).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer {}"},
        {"authorization": "{}"},
        {"Auth-Token": "{}"},
        {"auth-token": "Bearer {}"},
        {"Cookie": "aupd_token={}"},
        {"Cookie": "auth_token={}; student_id=1"},
    ],
)
async def test_a_token_is_found_wherever_clients_put_it(
    service: Service, token: str, headers: dict[str, str]
) -> None:
    filled = {name: value.format(token) for name, value in headers.items()}
    answer = await service.browser().get(PROFILE, headers={**SUBSYSTEM, **filled})
    assert answer.status_code == 200


async def test_the_subsystem_must_be_named(service: Service, token: str) -> None:
    browser = service.browser(headers={"Authorization": f"Bearer {token}"})
    assert (await browser.get(PROFILE)).status_code == 400
    assert (await browser.get("/core/api/student_profiles")).status_code == 200


async def test_an_empty_cookie_header_is_nobody(service: Service, token: str) -> None:
    headers = {**SUBSYSTEM, "Authorization": f"Bearer {token}", "Cookie": ""}
    answer = await service.browser().get(PROFILE, headers=headers)
    assert answer.status_code == 401
    assert answer.text == NOBODY


async def test_the_timetable_wants_to_know_the_role(pupil: Diary) -> None:
    del pupil.client.headers["X-Mes-Role"]
    asked = {"person_ids": pupil.person, "begin_date": "2026-02-09", "end_date": "2026-02-10"}
    answer = await pupil.ask(EVENTS, **asked)
    assert answer.status_code == 401
    assert answer.text == NOBODY


async def test_a_parent_must_name_the_own_profile(parent: Diary, pupil: Diary) -> None:
    own = (await parent.get(PROFILE))["profile"]["id"]
    for number, status in ((own, 200), (parent.number, 403)):
        parent.client.headers["Profile-Id"] = str(number)
        answer = await parent.ask(f"{MOBILE}/marks", student_id=parent.number, **WEEK)
        assert answer.status_code == status
        site = await parent.ask(f"{WEB}/marks", student_id=parent.number, **WEEK)
        assert site.status_code == 200
    pupil.client.headers["Profile-Id"] = "1"
    assert await pupil.payload(f"{MOBILE}/marks", **WEEK)


async def test_a_token_that_was_not_shown_to_the_diary_opens_nothing(service: Service) -> None:
    token = await mobile_token(service)
    headers = {**SUBSYSTEM, "Authorization": f"Bearer {token}"}
    answer = await service.browser().get(PROFILE, headers=headers)
    assert answer.status_code == 403
    activation = await service.browser().get(
        "/acl/api/users/profile_info",
        headers={"Auth-Token": token, "partner-source-id": "MOBILE"},
    )
    assert activation.status_code == 200
    assert (await service.browser().get(PROFILE, headers=headers)).status_code == 200


async def test_slashes_at_the_end_change_nothing(pupil: Diary) -> None:
    answer = await pupil.ask(f"{PROFILE}/")
    assert answer.status_code == 200
    assert answer.json() == await pupil.get(PROFILE)


async def test_unknown_paths_and_methods(pupil: Diary) -> None:
    answer = await pupil.ask("/api/family/web/v1/attestation")
    assert answer.status_code == 404
    assert "method does not exist" in answer.text
    assert (await pupil.client.post(PROFILE)).status_code == 405


@pytest.mark.parametrize("day", ["", "2026-2-9", "09.02.2026", "2026-02-30", "x"])
async def test_days_have_one_spelling(pupil: Diary, day: str) -> None:
    answer = await pupil.ask(
        f"{WEB}/marks", student_id=pupil.number, **{"from": day, "to": "2026-02-15"}
    )
    assert answer.status_code == 400
    assert set(answer.json()) == {"type", "description", "details"}


async def test_children_of_other_families(parent: Diary, service: Service) -> None:
    other = Diary.of(service, "parent-one", "student-4")
    for path in (f"{WEB}/marks", f"{WEB}/homeworks", f"{MOBILE}/attendance"):
        assert (await parent.ask(path, student_id=other.number, **WEEK)).status_code == 403
        assert (await parent.ask(path, student_id=1, **WEEK)).status_code == 404
        assert (await parent.ask(path, **WEEK)).status_code == 400
    days = {"begin_date": "2026-02-09", "end_date": "2026-02-10"}
    assert (await parent.ask(EVENTS, person_ids=other.person, **days)).status_code == 403
    assert (await parent.ask(EVENTS, person_ids="x", **days)).status_code == 404
    assert (await parent.ask(EVENTS, **days)).status_code == 400


async def test_an_unreadable_body_is_refused(parent: Diary) -> None:
    path = f"{MOBILE}/attendance/v2"
    for body in (b"{", b'"x"', b"\xff"):
        answer = await parent.client.post(
            path, content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 400


async def test_a_real_host_is_answered_with_real_addresses(service: Service, token: str) -> None:
    headers = {**SUBSYSTEM, "Authorization": f"Bearer {token}"}
    picture = "/api/avatarmanagement/v1/{}"
    person = (await service.browser(headers=headers).get(PROFILE)).json()["children"][0]
    path = picture.format(person["contingent_guid"])
    real = service.browser("https://school.mos.ru", headers=headers)
    assert (await real.get(path)).json()[0]["url"].startswith("https://school.mos.ru/avatars/")
    sandbox = service.browser(headers=headers)
    assert (await sandbox.get(path)).json()[0]["url"].startswith(f"{ORIGIN}/avatars/")


async def test_the_oblasts_closed_host_answers_with_a_page(
    running: Callable[..., Service],
) -> None:
    oblast = running("mosreg_ru")
    headers = {**SUBSYSTEM, "Authorization": f"Bearer {oblast.account('student').token}"}
    closed = oblast.browser("https://api.myschool.mosreg.ru", headers=headers)
    answer = await closed.get("/family/mobile/v1/profile")
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    living = oblast.browser("https://authedu.mosreg.ru", headers=headers)
    assert (await living.get(PROFILE)).status_code == 200
