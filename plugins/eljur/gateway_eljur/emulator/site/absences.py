"""The report of missed lessons (notes 4.7)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Final
from urllib.parse import unquote_plus

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_eljur.emulator.api.calendar import full_name
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.members import User
from gateway_eljur.emulator.rules import BOTH, Router, page
from gateway_eljur.emulator.shapes.days import subject_name
from gateway_eljur.emulator.site.front import home
from gateway_eljur.emulator.site.pages import html_page

ILL, VALID, OTHER = "b", "u", "n"
_LETTERS: Final = {m.AbsenceReason.ILLNESS: ILL, m.AbsenceReason.EXCUSED: VALID}
_COLORS: Final = {ILL: "green", VALID: "lblue", OTHER: "red"}
_HEAD: Final = ("Всего", "По болезни", "По ув. причине", "По неув. причине")
_EMPTY: Final = '<div class="page-empty">Нет данных о пропусках</div>'
_TITLE: Final = "Пропуски"
_REPORT: Final = "journal-app/view.miss_report"


def register(router: Router) -> None:
    """Add the page of this part: a pupil and a period are parts of its path."""
    for tail in ("", "/{first}", "/{first}/{second}"):
        page(router, f"{_REPORT}{tail}", report, BOTH)


def report(call: Call) -> Response:
    """Missed lessons of a pupil by subject and reason, all together, then whole days."""
    user = call.site_user
    if user is None:
        return home(call)
    asked = _asked(call)
    student = _student(call, user, asked.get("u", ""))
    if student is None:
        return html_page(_TITLE, _EMPTY, user)
    start, end = _range(call, user, student, asked.get("sp", ""))
    schools = user.vendor.school_keys
    missed = [
        item
        for item in call.service.world.attendance_of(student.key, start, end)
        if item.kind is m.AttendanceKind.ABSENT and item.school_key in schools
    ]
    return html_page(_TITLE, _table(call, student, missed) if missed else _EMPTY, user)


def _asked(call: Call) -> dict[str, str]:
    """Parts of the path such as `u.1000` and `sp.I+четверть`."""
    found = {}
    for part in call.params.values():
        name, _, value = part.partition(".")
        found[name] = unquote_plus(value)
    return found


def _student(call: Call, user: User, number: str) -> m.Student | None:
    members = call.service.members[user.vendor.key]
    for student in user.students:
        if not number or members.student_number(student) == number:
            return student
    return None


def _range(call: Call, user: User, student: m.Student, name: str) -> tuple[date, date]:
    """The days of a period by its full name; up to now for anything else."""
    world, members = call.service.world, call.service.members[user.vendor.key]
    for period in world.periods_of_school(members.main_place(student).school_key):
        if name == full_name(period):
            return period.starts, period.ends
    return world.current_year.starts, world.today


def _table(call: Call, student: m.Student, missed: list[m.Attendance]) -> str:
    by_subject: dict[str, Counter[str]] = {}
    for item in missed:
        by_subject.setdefault(item.subject_key, Counter())[_letter(item)] += 1
    rows = "".join(
        _row(f'xls="row" data-lesson_id="{call.service.ids.subject(key)}"', name, counts)
        for key, counts in by_subject.items()
        for name in (subject_name(call, key),)
    )
    total = sum(by_subject.values(), Counter[str]())
    head = "\n".join(f"<td>{name}</td>" for name in _HEAD)
    return (
        '<table class="miss-report">'
        f'<tr xls="hrow">\n<td class="text-left">Предмет</td>\n{head}\n</tr>{rows}'
        + _row('xls="row" data-lesson_id=""', "", total)
        + _row('xls="hrow"', "Всего дней", _days(call, student, missed))
        + "</table>"
    )


def _days(call: Call, student: m.Student, missed: Iterable[m.Attendance]) -> Counter[str]:
    """Days on which every lesson was missed, by the reason of the first one."""
    by_day: dict[date, list[m.Attendance]] = {}
    for item in missed:
        by_day.setdefault(item.date, []).append(item)
    found: Counter[str] = Counter()
    for day, items in by_day.items():
        held = [
            lesson
            for lesson in call.service.world.lessons_of(student.key, day, day)
            if lesson.status is m.LessonStatus.HELD and lesson.number
        ]
        if len(items) >= len(held):
            found[_letter(items[0])] += 1
    return found


def _letter(item: m.Attendance) -> str:
    return _LETTERS.get(item.reason or m.AbsenceReason.UNKNOWN, OTHER)


def _row(attributes: str, name: str, counts: Counter[str]) -> str:
    """A row; clients count the line ends between its cells, and read every number."""
    cells = [
        f'<td class="text-left">{escape(name)}</td>',
        f'<td class="strong miss_detail pointer">{counts.total()}</td>',
        *(
            f'<td class="{color} miss_detail" data-reason="{letter}">{counts[letter]}</td>'
            for letter, color in _COLORS.items()
        ),
    ]
    inner = "\n".join(cells)
    return f"<tr {attributes}>\n{inner}\n</tr>"
