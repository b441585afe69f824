"""`homework.aspx` of the old pages: a table that scraping clients still read."""

from datetime import timedelta
from html import escape
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import parse_day
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.web.old_page import old_page, page_of, pager
from gateway_dnevnik_ru.emulator.web.parts import school_in_query, student_in_path

_ON_PAGE: Final = 10
_DEFAULT: Final = timedelta(days=10)


def register(router: Router) -> None:
    """Add the path of this part."""
    router.add("homework.aspx", homework, dress=Dress.PAGE)


def homework(call: Call) -> object:
    """`homework.aspx?school&datefrom&dateto&choose[&page]`, dates dd.MM.yyyy."""
    student, school = student_in_path(call), school_in_query(call)
    today = call.service.world.today
    start = parse_day(call.text("datefrom")) or today
    end = parse_day(call.text("dateto")) or start + _DEFAULT
    items = [
        item
        for item in call.service.world.homework_of(student.key, start, end)
        if item.school_key == school.key
    ]
    if not items:
        return old_page("Домашние задания", "<p>Домашних заданий не найдено.</p>")
    shown, pages = page_of(call, items, _ON_PAGE)
    rows = "".join(_row(call, item) for item in shown)
    table = (
        '<table class="grid gridLines vam hmw"><tr><th>Задание</th><th>Статус</th>'
        f"<th>Предмет</th><th>Урок</th></tr>{rows}</table>{pager(pages)}"
    )
    return old_page("Домашние задания", table)


def _row(call: Call, item: m.Homework) -> str:
    world = call.service.world
    lesson = world.lesson(item.due_lesson_key)
    return (
        f"<tr><td>{escape(item.text)}</td><td>Выдано</td>"
        f"<td>{escape(world.subject(item.subject_key).name)}</td>"
        f"<td>{item.due_on:%d.%m.%Y}, {lesson.number or 0} урок</td></tr>"
    )
