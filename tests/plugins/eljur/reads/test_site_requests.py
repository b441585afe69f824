"""What the site is asked for, by whom, and what becomes of pages that do not do."""

from datetime import date

import pytest

from gateway.core.contract.loading import load
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import AccessDenied, NotSupported
from gateway.core.model.life import EventKind
from gateway.core.model.people import Role
from gateway.core.wire.request import RequestKind, WireRequest
from gateway_eljur.capabilities import NEEDS_SITE
from gateway_eljur.declaration import ELJUR
from tests.plugins.eljur.support import NOW, cases, make_adapter, make_session, make_student
from tests.plugins.support import FixtureLink, response_of

DAYS = {"start": date(2026, 11, 23), "end": date(2026, 12, 31)}
PLAN = "/journal-cw-ajax-action?method=getByStudentId&1=1000&2=2026-11-23&3=2026-12-31&4="
TASKS = "/journal-api-lms-action?action=lms.get_tasks&study_year=2026/2027&status=assigned"
REPORT = (
    "/journal-app/view.miss_report/u.1000/sp.II+%D1%87%D0%B5%D1%82%D0%B2%D0%B5%D1%80%D1%82%D1%8C"
)
TASK = {"id": 7, "name": "Проект", "deadline_at": "2026-12-01 23:59:00", "type_evaluation": 202}


def make_link(*exchanges, site=True, role=Role.GUARDIAN, **settings):
    own = {"vendor": "sch1", "user": "1900", "role": role.value}
    adapter = make_adapter()
    adapter.settings = load(ELJUR.settings, ProviderSettings)(**settings)
    session = make_session(role=role, data={**own, "web": "1"} if site else own)
    return FixtureLink(adapter, exchanges, session, NOW)


def answer(path, **response):
    return {"request": {"path": path}, "response": response}


def site_case(operation):
    return next(x for x in cases() if (x.operation, x.name) == (operation, "with_the_site"))


async def events(link):
    return (await link.adapter.list_events(link, make_student(), **DAYS)).records


async def test_without_the_site_nothing_is_asked_and_the_reason_told():
    link = make_link(site=False)
    with pytest.raises(NotSupported) as raised:
        await events(link)
    assert raised.value.text == NEEDS_SITE
    assert link.asked == []


@pytest.mark.parametrize("rows", [[], {}, {"0": {"date": "2026-12-01", "title": "Химия"}}])
async def test_rows_are_a_list_or_a_map(rows):
    found = await events(make_link(answer(PLAN, body={"rows": rows})))
    assert [item["title"] for item in found] == (["Химия"] if rows and "0" in rows else [])


@pytest.mark.parametrize(
    ("role", "settings"),
    [
        (Role.STUDENT, {}),
        (Role.GUARDIAN, {"allow_unverified": True}),
    ],
)
async def test_tasks_of_courses_are_asked_of_a_pupils_own_account_with_leave(role, settings):
    link = make_link(answer(PLAN, body={"rows": []}), role=role, **settings)
    assert await events(link) == []
    assert len(link.asked) == 1


async def test_a_task_is_an_event_by_its_deadline():
    late = {**TASK, "id": 8, "deadline_at": "2027-02-01 10:00:00"}
    body = {"result": {"tasks": [TASK, late, {"id": 9, "name": "Без срока"}]}}
    link = make_link(
        answer(PLAN, body={"rows": []}),
        answer(TASKS, body=body),
        role=Role.STUDENT,
        allow_unverified=True,
    )
    (found,) = await events(link)
    assert found == {
        "id": "eljur@cloud.sch1:event:task/1000/7",
        "title": "Проект",
        "kind": EventKind.COURSE_TASK,
        "kind_text": "202",
        "date": "2026-12-01",
        "ends_at": "2026-12-01T23:59:00+03:00",
        "url": "https://sch1.eljur.ru/journal-course-action/pg.task?task_id=7",
    }
    assert [issue.path for issue in link.noted] == ["$.result.tasks[2]"]


async def test_a_school_without_courses_keeps_its_plan():
    rows = [{"date": "2026-12-01", "header": "Зачёт", "title": "Химия"}]
    link = make_link(
        answer(PLAN, body={"rows": rows}),
        answer(TASKS, status=404, text="<html></html>"),
        role=Role.STUDENT,
        allow_unverified=True,
    )
    assert [item["title"] for item in await events(link)] == ["Зачёт"]
    assert [issue.path for issue in link.noted] == ["SchoolEvent.ends_at"]


@pytest.mark.parametrize("status", [302, 401, 403])
async def test_a_sign_in_that_is_over_is_no_lost_session(status):
    with pytest.raises(AccessDenied):
        await events(make_link(answer(PLAN, status=status, body={})))


@pytest.mark.parametrize("status", [302, 401, 403])
def test_only_pages_are_judged_by_their_cookies(status):
    adapter, response = make_adapter(), response_of({"status": status})
    file = WireRequest("web", "GET", "/files/1", RequestKind.READ)
    assert adapter.classify(file, response) is None


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ({"status": 302, "text": ""}, "access.denied"),
        ({"status": 500, "text": "<html></html>"}, "provider.server_error"),
        ({"text": "<html><body>Вход</body></html>"}, None),
        ({"text": ""}, None),
    ],
)
async def test_a_report_that_cannot_be_had_costs_only_itself(page, code):
    case = site_case("list_subject_results")
    told = [item for item in case.data["exchanges"] if "miss_report" not in item["request"]["path"]]
    link = make_link(*told, answer(REPORT, **page))
    reading = await link.adapter.list_subject_results(link, make_student())
    assert reading.records
    assert all("absences_by_reason" not in record for record in reading.records)
    (issue,) = link.noted
    assert issue.path == "SubjectResult.absences_by_reason"
    assert code is None or issue.reason == code


@pytest.mark.parametrize("operation", ["list_subject_results", "list_periods"])
async def test_without_the_site_no_page_is_asked_for(operation):
    case = site_case(operation)
    told = [item for item in case.data["exchanges"] if "miss_report" not in item["request"]["path"]]
    link = make_link(*told, site=False)
    await getattr(link.adapter, operation)(link, make_student())
    assert link.noted == []
    assert {item.role for item in link.asked} == {"api"}


async def test_a_year_without_days_of_its_own_is_no_period_of_the_site():
    case = next(
        item for item in cases() if (item.operation, item.name) == ("list_subject_results", "year")
    )
    link = make_link(*case.data["exchanges"])
    await case.read(link.adapter, link)
    assert {item.role for item in link.asked} == {"api"}
