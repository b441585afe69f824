"""`/currentprogress`: a week on one page, five parts that are always there."""

from datetime import date, timedelta
from html import escape
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import parse_day
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.web.old_page import old_page
from gateway_dnevnik_ru.emulator.web.parts import person_number, student_in_path
from gateway_dnevnik_ru.emulator.wire.lessons import WEB_LETTERS, log_status, school_days

WEEKDAYS: Final = (
    *("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье"),
)
_INLINE: Final = "paragraph paragraph_no-margin paragraph_inline"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("currentprogress/choose", choose, dress=Dress.PAGE)
    router.add("currentprogress/result/{person}/{school}/{year}/{date}", result, dress=Dress.PAGE)


def choose(call: Call) -> object:
    """`/currentprogress/choose`: the first option is the first child."""
    access = call.sign_in()
    options = "".join(
        f'<option value="{person_number(call, student)}">'
        f"{escape(access.world.person(student.person_key).full_name)}</option>"
        for student in access.students
    )
    return old_page("Результаты недели", f"<select>{options}</select>")


def week_of(call: Call, day: date | None = None) -> tuple[date, date]:
    """Monday and Sunday of a day's week, by default of the world's day."""
    chosen = day or call.service.world.today
    monday = chosen - timedelta(days=chosen.weekday())
    return monday, monday + timedelta(days=6)


def result(call: Call) -> object:
    """`/currentprogress/result/{p}/{s}/{year}/{date}`; an odd date means this week."""
    student = student_in_path(call)
    start, end = week_of(call, parse_day(call.params["date"]))
    world, book = call.service.world, call.service.book
    klass = world.class_group(student.class_key)
    lessons = book.lessons(student, klass.key, start, end)
    person, school = world.person(student.person_key), world.school(student.school_key)
    year = world.year(klass.year_key).name
    parts = [person.full_name, school.short_name, klass.name, year, f"{start:%d.%m.%Y}"]
    head = ",".join(part.replace(",", " ") for part in parts)
    return old_page(
        "Результаты недели",
        f'<h5 class="h5 h5_bold">{escape(head)}</h5>'
        + _block("themes", [_theme(call, item) for item in lessons if item.topic])
        + _block("attendance", _missed(call, student, start, end))
        + _block("marks", [_mark(call, mark) for mark in book.marks_of(student.key, start, end)])
        + _timetable(call, lessons)
        + _block(
            "homeworks", [_homework(call, i) for i in world.homework_of(student.key, start, end)]
        ),
    )


def _block(name: str, items: list[str]) -> str:
    rows = "".join(f'<li class="current-progress-list__item">{item}</li>' for item in items)
    return f'<div class="current-progress-{name}"><ul>{rows}</ul></div>'


def _name(call: Call, subject_key: str) -> str:
    return escape(call.service.world.subject(subject_key).name)


def _theme(call: Call, lesson: m.Lesson) -> str:
    return f"<b>{_name(call, lesson.subject_key)}</b><p>{escape(lesson.topic or '')}</p>"


def _missed(call: Call, student: m.Student, start: date, end: date) -> list[str]:
    found = []
    for item in call.service.world.attendance_of(student.key, start, end):
        letters = WEB_LETTERS.get(log_status(item))
        if letters is not None:
            found.append(f"<b>{item.date:%d.%m.%Y}</b><b>{letters[1]}</b>")
    return found


def _mark(call: Call, mark: m.Mark) -> str:
    kind = escape(call.service.world.work_kind(mark.work_kind_key).name)
    return (
        f"<b>{escape(mark.text)}</b><b>{_name(call, mark.subject_key)}</b>"
        f'<p class="{_INLINE}">{kind}</p>'
    )


def _homework(call: Call, item: m.Homework) -> str:
    return f'<b>{_name(call, item.subject_key)}</b><p class="{_INLINE}">{escape(item.text)}</p>'


def _timetable(call: Call, lessons: list[m.Lesson]) -> str:
    days = "".join(
        '<li class="current-progress-schedule__item">'
        f'<div class="current-progress-schedule__day-title">{WEEKDAYS[day.weekday()]}</div><ul>'
        + "".join(
            f'<li class="current-progress-lessons__item">{_name(call, item.subject_key)}</li>'
            for item in own
        )
        + "</ul></li>"
        for day, own in school_days(lessons).items()
    )
    return f'<div class="current-progress-schedule"><ul>{days}</ul></div>'
