"""People of school and class, and birthdays, on the old pages."""

from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.web.old_page import old_page, page_of, pager
from gateway_dnevnik_ru.emulator.web.parts import school_in_query

_ON_PAGE: Final = 10
_NEAR: Final = timedelta(days=14)
_MONTHS: Final = (
    *("Январь", "Февраль", "Март", "Апрель", "Май", "Июнь"),
    *("Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"),
)
_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PUPIL: Final = "ученик"
_STAFF_GROUPS: Final[dict[str, Callable[[str], bool]]] = {
    "staff": lambda position: position != _PUPIL,
    "teachers": lambda position: "читель" in position or "едагог" in position,
    "management": lambda position: "иректор" in position,
    "director": lambda position: position == "Директор",
    "administrators": lambda position: position == "Директор",
}


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("school.aspx", school_members, dress=Dress.PAGE)
    router.add("class.aspx", class_members, dress=Dress.PAGE)
    router.add("birthdays.aspx", birthdays, dress=Dress.PAGE)


def _people(call: Call, school: m.School) -> list[tuple[m.Person, str]]:
    """Everybody of a school's current year with what they are."""
    world = call.service.world
    year = world.current_year.key
    pupils = {
        key: None
        for klass in world.classes
        if klass.school_key == school.key and klass.year_key == year
        for key in klass.student_keys
    }
    found = [(world.person_of(key), _PUPIL) for key in pupils]
    staff = [each for each in world.teachers if each.school_key == school.key]
    found += [(world.person(each.person_key), each.position) for each in staff]
    return sorted(found, key=lambda row: row[0].full_name)


def _table(call: Call, people: list[tuple[m.Person, str]], nobody: str) -> Response:
    shown, pages = page_of(call, people, _ON_PAGE)
    if not shown:
        return old_page("Люди", f"<p>{nobody}</p>")
    site, service = call.site, call.service
    rows = "".join(
        '<tr><td></td><td class="tdName">\n'
        f'<a class="u" href="{site.web}/user/user.aspx?user={service.ids.user_of(person.key)}">'
        f"{escape(person.full_name)}</a>\n{escape(what)}\n</td></tr>"
        for person, what in shown
    )
    return old_page(
        "Люди",
        f'<p class="found">Найдено: {len(people)}</p>'
        f'<table class="people grid">{rows}</table>{pager(pages)}',
    )


def _in_group(row: tuple[m.Person, str], group: str) -> bool:
    if group in ("", "all"):
        return True
    if group == "students":
        return row[1] == _PUPIL
    chooses = _STAFF_GROUPS.get(group)
    return chooses is not None and row[1] != _PUPIL and chooses(row[1])


def school_members(call: Call) -> object:
    """`school.aspx?school&view=members&group&search&class[&page]`."""
    school = school_in_query(call)
    words = call.text("search").casefold().split()
    group = call.text("group").lower()
    grade = call.text("class")
    people = [
        row
        for row in _people(call, school)
        if _in_group(row, group)
        and all(word in row[0].full_name.casefold() for word in words)
        and (not grade or _grade_of(call, row[0]) == grade)
    ]
    return _table(call, people, "Никого не найдено. Измените условия поиска.")


def _grade_of(call: Call, person: m.Person) -> str | None:
    student = call.service.world.student_of(person.key)
    if student is None:
        return None
    level = call.service.world.class_group(student.class_key).grade_level
    return None if level is None else str(level)


def class_members(call: Call) -> object:
    """`class.aspx?class&view=members`."""
    call.sign_in()
    group = call.access.group(call.text("class"))
    world = call.service.world
    people = [(world.person_of(key), _PUPIL) for key in group.student_keys]
    return _table(call, people, "Никого не найдено. Измените условия поиска.")


def birthdays(call: Call) -> object:
    """`birthdays.aspx?school&group[&view=calendar[&action=day&day&month]][&page]`."""
    school = school_in_query(call)
    group = call.text("group").lower()
    people = [
        row for row in _people(call, school) if _in_group(row, "" if group == "class" else group)
    ]
    if call.text("view").lower() == "calendar" and not call.text("day"):
        return _calendar(call, people)
    day, month = call.text("day"), call.text("month")
    if day:
        shown = [
            row
            for row in people
            if str(row[0].birth_date.day) == day.lstrip("0")
            and str(row[0].birth_date.month) == month.lstrip("0")
        ]
    else:
        today = call.service.world.today
        near = {
            ((today + timedelta(days=n)).month, (today + timedelta(days=n)).day)
            for n in range(_NEAR.days)
        }
        shown = [r for r in people if (r[0].birth_date.month, r[0].birth_date.day) in near]
    return _table(call, shown, "В этот день в школе именинников нет.")


def _calendar(call: Call, people: list[tuple[m.Person, str]]) -> Response:
    counts: dict[tuple[int, int], int] = {}
    for person, _ in people:
        key = (person.birth_date.month, person.birth_date.day)
        counts[key] = counts.get(key, 0) + 1
    base = f"{call.site.schools}/birthdays.aspx?view=calendar&amp;action=day"
    tables = []
    for month, (name, length) in enumerate(zip(_MONTHS, _LENGTHS, strict=True), start=1):
        cells = "".join(
            f'<td><a href="{base}&amp;day={day}&amp;month={month}" '
            f'title="{_title(counts.get((month, day), 0))}">{day}</a></td>'
            for day in range(1, length + 1)
        )
        tables.append(f'<table class="calendar"><caption>{name}</caption><tr>{cells}</tr></table>')
    return old_page("Дни рождения", "".join(tables))


def _title(count: int) -> str:
    return f"Дней рождения: {count}" if count else "В этот день нет дней рождения"
