import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Pupil, Service, shown_marks


@pytest.fixture
def pupil(service: Service) -> Pupil:
    return Pupil(service)


def rows_of(page: str, table: str) -> list[list[str]]:
    """Cells of the body rows of a table with exactly this class."""
    body = page.partition(f'class="{table}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [row for row in cells if row]


async def test_homework_is_a_table_with_a_pager(service: Service, pupil: Pupil) -> None:
    params: dict[str, Any] = {
        "school": pupil.school,
        "datefrom": "02.02.2026",
        "dateto": "13.02.2026",
    }
    wanted = service.world.homework_of("student-1", date(2026, 2, 2), date(2026, 2, 13))
    browser, texts = service.web("student"), []
    page = (await browser.get("/homework.aspx", params=params)).text
    last = int(re.findall(r"<li>(\d+)</li>", page.partition('<div class="pager">')[2])[-1])
    for number in range(1, last + 1):
        page = (await browser.get("/homework.aspx", params=params | {"page": number})).text
        rows = rows_of(page, "grid gridLines vam hmw")
        assert all(len(row) == 4 for row in rows)
        texts += [unescape(row[0]) for row in rows]
    assert texts == [item.text for item in wanted]
    summer = params | {"datefrom": "01.07.2026", "dateto": "10.07.2026"}
    assert (
        "Домашних заданий не найдено." in (await browser.get("/homework.aspx", params=summer)).text
    )


async def test_marks_end_with_the_average_and_the_final(service: Service, pupil: Pupil) -> None:
    params: dict[str, Any] = {"school": pupil.school, "index": 0, "tab": "period", "period": 1}
    page = (await service.web("student").get("/marks.aspx", params=params)).text
    assert page.partition("</tr><tr>")[0].count("<td") == 0
    period = pupil.periods[0]
    found: list[str] = []
    for row in rows_of(page, "grid gridLines vam marks"):
        signs = re.findall(r'<span class="mark"(?: title="([^"]*)")?>([^<]*)</span>', "".join(row))
        assert len(signs) >= 2
        assert all(title for title, _ in signs[:-2])
        found += [unescape(text) for _, text in signs[:-2]]
    wanted = [
        x.text for x in shown_marks(service, "student-1") if period.starts <= x.date <= period.ends
    ]
    assert sorted(found) == sorted(wanted)
    by_number = params | {"period": service.number("period", period.key)}
    assert (await service.web("student").get("/marks.aspx", params=by_number)).text == page


async def test_people_of_a_school_by_page_group_and_name(service: Service, pupil: Pupil) -> None:
    browser = service.web("student")
    params: dict[str, Any] = {
        "school": pupil.school,
        "view": "members",
        "group": "students",
        "search": "",
        "class": "",
    }
    page = (await browser.get("/school.aspx", params=params)).text
    count = int(re.findall(r'<p class="found">Найдено: (\d+)</p>', page)[0])
    assert count > 5
    row = rows_of(page, "people grid")[0]
    name, status = row[1].split("\n")[1:3]
    assert status == "ученик"
    assert name.startswith(f'<a class="u" href="{ORIGIN}/user/user.aspx?user=')
    nobody = (await browser.get("/school.aspx", params=params | {"search": "Никтов"})).text
    assert "Никого не найдено. Измените условия поиска." in nobody
    assert "found" not in nobody
    past = (await browser.get("/school.aspx", params=params | {"page": 99})).text
    assert "found" not in past
    staff = (await browser.get("/school.aspx", params=params | {"group": "director"})).text
    assert "Найдено: 1<" in staff
    mates = (
        await browser.get("/class.aspx", params={"class": pupil.group, "view": "members"})
    ).text
    klass = service.world.class_group(pupil.class_key)
    assert f"Найдено: {len(klass.student_keys)}<" in mates


async def test_birthdays_as_a_list_and_as_a_calendar(service: Service, pupil: Pupil) -> None:
    browser = service.web("student")
    born = service.world.person_of("student-1").birth_date
    day: dict[str, Any] = {"school": pupil.school, "view": "calendar", "action": "day", "group": ""}
    day |= {"day": born.day, "month": born.month}
    listed = (await browser.get("/birthdays.aspx", params=day)).text
    assert service.world.person_of("student-1").surname in listed
    calendar = (
        await browser.get("/birthdays.aspx", params={"school": pupil.school, "view": "calendar"})
    ).text
    assert calendar.count('<table class="calendar">') == 12
    assert len(re.findall(r'title="Дней рождения: \d+">\d+</a>', calendar)) > 5
    empty = re.findall(r'day=(\d+)&amp;month=(\d+)" title="В этот день нет дней', calendar)[0]
    none = day | {"day": empty[0], "month": empty[1]}
    assert "в школе именинников нет." in (await browser.get("/birthdays.aspx", params=none)).text
    near = await browser.get("/birthdays.aspx", params={"school": pupil.school, "group": "all"})
    assert near.status_code == 200


@pytest.mark.parametrize("day", ["02.02.2026", "2026-02-02", "31.31.2026"])
async def test_a_week_on_one_page_has_all_its_parts(
    service: Service, pupil: Pupil, day: str
) -> None:
    browser = service.web("student")
    chooser = (await browser.get("/currentprogress/choose?userComeFromSelector=True")).text
    assert re.findall(r'<option value="(\d+)">', chooser) == [str(pupil.person)]
    url = f"/currentprogress/result/{pupil.person}/{pupil.school}/2025/{day}"
    page = (await browser.get(url, params={"UserComeFromSelector": "True"})).text
    assert re.findall(r'<h5 class="h5 h5_bold">([^<]*)</h5>', page)[0].count(",") == 4
    for part in ("themes", "attendance", "marks", "schedule", "homeworks"):
        assert f'<div class="current-progress-{part}">' in page
    assert page.count('class="current-progress-schedule__day-title"') == 5


async def test_a_timetable_page_leads_to_its_printed_version(
    service: Service, pupil: Pupil
) -> None:
    browser = service.web("student")
    params: dict[str, Any] = {"school": pupil.school, "group": pupil.group}
    page = (await browser.get("/v2/schedules/view", params=params)).text
    link = re.findall(r'<a title="Версия для печати" href="([^"]+)"', page)[0]
    printed = (await browser.get(link)).text
    assert "Понедельник" in printed


async def test_old_pages_need_a_session(service: Service) -> None:
    for path in ("homework.aspx", "marks.aspx", "school.aspx", "currentprogress/choose"):
        answer = await service.browser().get(f"/{path}")
        assert answer.headers["location"].startswith(f"{ORIGIN}/login?ReturnUrl=")
