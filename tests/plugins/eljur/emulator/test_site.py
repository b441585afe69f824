"""The schools' sites: sign-in by cookie, passwords, absences, control works."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from gateway.sandbox.world import model as m
from gateway_eljur.emulator.doors import NEW_PASSWORD
from tests.plugins.eljur.emulator.support import PLAIN, Service

LOGIN = {"username": "demo.student", "password": "demo-student-1"}
SCHOOL = "https://sch1.eljur.ru"


async def entered(service: Service, key: str = "account-student") -> httpx.AsyncClient:
    account = service.account(key)
    browser = service.browser()
    fields = {"username": account.login, "password": account.password, "domain": account.school}
    answer = await browser.post("/ajaxauthorize", data=fields)
    assert answer.json()["result"] is True, answer.text
    return browser


def told_by(page: httpx.Response) -> Any:
    """What a page tells scripts of who is signed in, cut as clients cut it."""
    script = re.search(r"<script>(.*?)</script>", page.text)
    assert script is not None
    return json.loads(script.group(1)[17:-1])


@pytest.mark.parametrize("base", [SCHOOL, None])
@pytest.mark.parametrize("form", ["data", "json"])
async def test_the_site_lets_in_by_cookie(service: Service, base: str | None, form: str) -> None:
    browser = service.browser(base) if base else service.browser()
    answer = await browser.post("/ajaxauthorize", **{form: {**LOGIN, "return_uri": "/"}})  # type: ignore[arg-type]  # either
    assert answer.json()["actions"] == [
        {"type": "redirect", "url": "/?user=demo.student&domain=sch1"}
    ]
    home = await browser.get("/", params={"show": "home"})
    told = told_by(home)
    assert told["user"] == {"uid": 1007, "username": "demo.student", "role": "student"}


async def test_a_wrong_password_is_told_with_status_200(service: Service) -> None:
    answer = await service.browser(SCHOOL).post(
        "/ajaxauthorize", data={**LOGIN, "password": "wrong"}
    )
    assert answer.status_code == 200
    told = answer.json()
    assert told["result"] is False
    assert told["errors"][0]["text"] == told["error"] == "Неправильный логин или пароль"


async def test_the_page_of_sign_in_has_switches_and_an_unknown_school_none(
    service: Service,
) -> None:
    page = await service.browser(SCHOOL).get("/authorize")
    assert page.status_code == 200
    assert "var isInviteEnabled = true;" in page.text
    assert "var isEsiaEnabled = true;" in page.text
    assert "sentryData" not in page.text
    assert (await service.browser("https://nobody.eljur.ru").get("/authorize")).status_code == 404
    here = await service.browser().get("/authorize", params={"domain": "nobody"})
    assert here.status_code == 404
    anonymous = await service.browser(SCHOOL).get("/")
    assert anonymous.headers["location"] == f"{SCHOOL}/authorize"


async def test_a_school_in_the_archive_leads_there(service: Service) -> None:
    archive = "https://eljur.ru/archive?domain=sch0"
    there = await service.browser("https://sch0.eljur.ru").get("/authorize")
    here = await service.browser().get("/authorize", params={"domain": "sch0"})
    assert there.headers["location"] == here.headers["location"] == archive


async def test_a_session_of_one_school_is_none_at_another(service: Service) -> None:
    browser = await entered(service)
    foreign = service.browser("https://sch2.eljur.ru", cookies=dict(browser.cookies))
    assert (await foreign.get("/")).status_code == 302


async def test_a_forgotten_password_needs_a_known_e_mail(service: Service) -> None:
    browser = service.browser(SCHOOL)
    known = service.account("account-student").config["email"]
    good = await browser.post("/ajaxrecover", data={"email": known.upper()})
    assert good.json() == {"result": True}
    for email in ("nobody@example.org", ""):
        bad = (await browser.post("/ajaxrecover", data={"email": email})).json()
        assert bad["result"] is False
        assert bad["error"]
    elsewhere = service.browser("https://sch2.eljur.ru")
    assert (await elsewhere.post("/ajaxrecover", data={"email": known})).json()["result"] is False


async def change(browser: httpx.AsyncClient, **changed: str) -> str:
    await browser.get("/journal-messages-compose-action")
    fields = {
        "csrf": browser.cookies.get("csrf") or "",
        "old_password": "demo-student-1",
        "new_password": NEW_PASSWORD,
        "verify": NEW_PASSWORD,
        "submit_button": "Сохранить",
        **changed,
    }
    return (await browser.post("/journal-user-security-action/", data=fields)).text


async def test_a_changed_password_replaces_the_old_one(service: Service) -> None:
    browser = await entered(service)
    assert "Ваш пароль успешно изменен!" in await change(browser)
    params = {**PLAIN, "vendor": "sch1", "login": "demo.student"}
    for password, status in (("demo-student-1", 400), (NEW_PASSWORD, 200)):
        asked = {**params, "password": password}
        assert (await browser.get("/apiv3/auth", params=asked)).status_code == status


@pytest.mark.parametrize(
    "changed",
    [
        {"csrf": "wrong"},
        {"old_password": "wrong"},
        {"verify": "another"},
        {"new_password": "x", "verify": "x"},
    ],
)
async def test_a_password_is_not_changed_for_nothing(
    service: Service, changed: dict[str, str]
) -> None:
    browser = await entered(service)
    assert "успешно" not in await change(browser, **changed)
    assert service.state.passwords == {}


async def test_strangers_are_sent_to_the_sign_in(service: Service) -> None:
    browser = service.browser()
    for path in (
        "/journal-messages-compose-action",
        "/journal-app",
        "/journal-app/view.miss_report",
    ):
        assert (await browser.get(path)).status_code == 302
    assert (await browser.post("/journal-user-security-action")).status_code == 302
    assert (await browser.get("/journal-cw-ajax-action")).status_code == 403


class Table(HTMLParser):
    """Rows of the report: attributes of the row, cells with their reason."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[tuple[dict[str, str | None], list[tuple[str | None, str]]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append((dict(attrs), []))
        elif tag == "td":
            self.rows[-1][1].append((dict(attrs).get("data-reason"), ""))

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1][1]:
            reason, text = self.rows[-1][1][-1]
            self.rows[-1][1][-1] = reason, text + data.strip()


async def report(service: Service, path: str = "") -> Any:
    browser = await entered(service)
    return await browser.get(f"/journal-app/view.miss_report{path}")


async def test_missed_lessons_are_counted_by_subject_and_reason(service: Service) -> None:
    table = Table((await report(service)).text)
    subjects = [cells for attrs, cells in table.rows if attrs.get("data-lesson_id")]
    missed = [
        item
        for item in service.world.attendance_of("student-1")
        if item.kind is m.AttendanceKind.ABSENT
    ]
    assert sum(int(cells[1][1]) for cells in subjects) == len(missed)
    assert [reason for reason, _ in subjects[0][2:]] == ["b", "u", "n"]
    ill = sum(int(cells[2][1] or 0) for cells in subjects)
    assert ill == sum(item.reason is m.AbsenceReason.ILLNESS for item in missed)
    heads = [cells for attrs, cells in table.rows if attrs.get("xls") == "hrow"]
    assert len(heads) == 2
    assert heads[1][0][1] == "Всего дней"
    (total,) = [cells for attrs, cells in table.rows if attrs.get("data-lesson_id") == ""]
    assert total[1][1] == str(len(missed))


async def test_the_report_can_be_of_one_period_or_empty(service: Service) -> None:
    period = service.world.periods_of("student-1")[0]
    within = [
        item
        for item in service.world.attendance_of("student-1", period.starts, period.ends)
        if item.kind is m.AttendanceKind.ABSENT
    ]
    answer = await report(service, "/u.1007/sp.I+четверть")
    rows = [cells for attrs, cells in Table(answer.text).rows if attrs.get("data-lesson_id")]
    assert sum(int(cells[1][1]) for cells in rows) == len(within)
    for path in ("/u.1007/sp.IV+четверть", "/u.1011"):
        assert "page-empty" in (await report(service, path)).text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("number", range(1, 5))
async def test_reports_of_named_periods_tell_who_is_signed_in(
    service: Service, number: int, method: str
) -> None:
    browser = await entered(service)
    name = ("I", "II", "III", "IV")[number - 1]
    for spelt in (f"{name}+четверть", f"{name}%20четверть"):
        path = f"/journal-app/view.miss_report/u.1007/sp.{spelt}"
        answer = await browser.request(method, path)
        assert told_by(answer)["user"]["uid"] == 1007
        period = service.world.periods_of("student-1")[number - 1]
        within = [
            item
            for item in service.world.attendance_of("student-1", period.starts, period.ends)
            if item.kind is m.AttendanceKind.ABSENT
        ]
        rows = [cells for attrs, cells in Table(answer.text).rows if attrs.get("data-lesson_id")]
        assert sum(int(cells[1][1]) for cells in rows) == len(within)


async def test_every_page_of_somebody_signed_in_tells_who_that_is(service: Service) -> None:
    browser = await entered(service)
    for path in (
        "/",
        "/authorize",
        "/journal-app",
        "/journal-app/view.miss_report/u.1011",
        "/journal-messages-compose-action",
    ):
        assert told_by(await browser.get(path))["user"]["username"] == "demo.student"


async def test_control_works_are_planned(service: Service) -> None:
    browser = await entered(service)
    asked = {"method": "getByStudentId", "1": "1007", "2": "2025-09-01", "3": "2026-05-31", "4": ""}
    answer = await browser.get("/journal-cw-ajax-action", params=asked)
    rows = answer.json()["rows"]
    assert rows
    assert rows[0].keys() == {"date", "header", "title"}
    other = await browser.get("/journal-cw-ajax-action", params={**asked, "1": "1011"})
    assert other.json() == {"rows": []}
    bad = await browser.get("/journal-cw-ajax-action", params={**asked, "2": "x"})
    assert bad.status_code == 400
