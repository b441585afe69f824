"""`marks.aspx` and the timetable page of the old pages."""

from html import escape

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.partner.averages import by_subject, period_marks
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.web.old_page import old_page
from gateway_dnevnik_ru.emulator.web.old_progress import WEEKDAYS, week_of
from gateway_dnevnik_ru.emulator.web.parts import school_in_query, student_in_path
from gateway_dnevnik_ru.emulator.wire.lessons import hours_text, school_days
from gateway_dnevnik_ru.emulator.wire.marks import comma


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("marks.aspx", marks, dress=Dress.PAGE)
    router.add("children/marks.aspx", marks, dress=Dress.PAGE)
    router.add("v2/schedules/view", schedule, dress=Dress.PAGE)
    router.add("v2/schedules/print", schedule_print, dress=Dress.PAGE)


def _period(call: Call, school: m.School) -> m.AcademicPeriod:
    """The period by its number here or in the year, by default the present one."""
    text, world = call.text("period"), call.service.world
    periods = world.periods_of_school(school.key)
    key = call.service.ids.key(ids.PERIOD, text) if text else None
    for period in periods:
        if period.key == key or str(period.number) == text:
            return period
    return call.service.book.period_on(school.key, world.today) or periods[0]


def marks(call: Call) -> object:
    """`marks.aspx?school&index&tab=period&period`: each row ends with its mean and its final."""
    student, school = student_in_path(call), school_in_query(call)
    period = _period(call, school)
    own = by_subject(period_marks(call.service, student, period))
    results = {
        grade.subject_key: grade.text
        for grade in call.service.world.finals_of(student.key, period.year_key)
        if grade.period_key == period.key
    }
    klass = next(
        (c for c in call.service.world.classes_of(student.key) if c.school_key == school.key), None
    )
    subjects = call.service.world.subjects_of(klass.key) if klass else ()
    rows = "".join(
        _row(call, number, subject, own.get(subject.key, []), results.get(subject.key, ""))
        for number, subject in enumerate(subjects, start=1)
    )
    table = (
        '<table id="journal" class="grid gridLines vam marks">'
        "<tr><th>№</th><th>Предмет</th><th>Отметки</th><th colspan=2>Итог</th></tr>"
        "<tr><th></th><th></th><th></th><th>Ср.</th><th>Итог</th></tr>"
        f"{rows}</table>"
    )
    return old_page("Отметки", table)


def _row(call: Call, number: int, subject: m.Subject, own: list[m.Mark], final: str) -> str:
    world = call.service.world
    signs = " ".join(
        f'<span class="mark" title="{escape(world.work_kind(mark.work_kind_key).name)}, '
        f'{mark.date:%d.%m.%Y}">{escape(mark.text)}</span>'
        for mark in own
    )
    mean = comma(call.service.book.average(own)) or ""
    return (
        f'<tr><td>{number}</td><td><strong class="u">{escape(subject.name)}</strong></td>'
        f'<td>{signs}</td><td><span class="mark">{mean}</span></td>'
        f'<td><span class="mark">{escape(final)}</span></td></tr>'
    )


def schedule(call: Call) -> object:
    """`/v2/schedules/view?school&group`: the page leads to its version for printing."""
    call.sign_in()
    group = call.access.own_group(call.text("group"))
    number = call.service.ids.of(ids.GROUP, group.key)
    link = f"{call.site.schools}/v2/schedules/print?group={number}"
    return old_page("Расписание", f'<a title="Версия для печати" href="{link}">Печать</a>')


def schedule_print(call: Call) -> object:
    """The week's timetable of a class for printing."""
    call.sign_in()
    group = call.access.own_group(call.text("group"))
    student = call.access.pupils_in(group)[0]
    start, end = week_of(call)
    lessons = call.service.book.lessons(student, group.klass.key, start, end)
    world = call.service.world
    days = "".join(
        f"<h2>{WEEKDAYS[day.weekday()]}, {day:%d.%m.%Y}</h2><ol>"
        + "".join(
            f"<li>{hours_text(item)} {escape(world.subject(item.subject_key).name)}</li>"
            for item in own
        )
        + "</ol>"
        for day, own in school_days(lessons).items()
    )
    return old_page("Расписание", days or "<p>На этой неделе уроков нет.</p>")
