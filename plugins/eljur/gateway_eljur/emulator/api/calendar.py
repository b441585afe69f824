"""`getperiods` (notes 4.1)."""

from datetime import date, timedelta
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.days import day_key
from gateway_eljur.emulator.shapes.people import head

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI")
YEAR: Final = "year"
_WORDS: Final = {
    m.PeriodKind.QUARTER: "четверть",
    m.PeriodKind.TRIMESTER: "триместр",
    m.PeriodKind.SEMESTER: "полугодие",
    m.PeriodKind.MODULE: "модуль",
}
_MONTHS: Final = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_WEEK: Final = timedelta(days=7)


def register(router: Router) -> None:
    """Add the method of this part."""
    method(router, "getperiods", periods)


def code_of(period: m.AcademicPeriod) -> str:
    """The code of a period: its number in the year in Roman digits."""
    return ROMAN[period.number - 1]


def full_name(period: m.AcademicPeriod) -> str:
    """Such as «I четверть»."""
    return f"{code_of(period)} {_WORDS[period.kind]}"


def periods(call: Call) -> object:
    """The periods of each pupil's year: always an array of pupils."""
    return {"students": [head(call, item) | {"periods": _of(call, item)} for item in call.students]}


def _of(call: Call, student: m.Student) -> list[JsonObject]:
    world = call.service.world
    school = call.members.main_place(student).school_key
    with_weeks, with_disabled = call.yes("weeks"), call.yes("show_disabled")
    found: list[JsonObject] = []
    for period in world.periods_of_school(school):
        disabled = period.starts > world.today
        if disabled and not with_disabled:
            continue
        row: JsonObject = {
            "name": code_of(period),
            "fullname": full_name(period),
            "disabled": disabled,
            "ambigious": None,
            "start": day_key(period.starts),
            "end": day_key(period.ends),
        }
        if with_weeks:
            row["weeks"] = _weeks(period)
        found.append(row)
    year = world.current_year
    row = {
        "name": YEAR,
        "fullname": "Год",
        "disabled": False,
        "ambigious": True,
        "start": day_key(year.starts),
        "end": day_key(year.ends),
    }
    return [*found, row | ({"weeks": []} if with_weeks else {})]


def _weeks(period: m.AcademicPeriod) -> list[JsonObject]:
    """Whole weeks from Monday to Sunday; the first and the last stick out."""
    monday = period.starts - timedelta(days=period.starts.weekday())
    found: list[JsonObject] = []
    while monday <= period.ends:
        sunday = monday + _WEEK - timedelta(days=1)
        title = f"{_spelt(monday)} &mdash; {_spelt(sunday)}"
        found.append({"start": day_key(monday), "end": day_key(sunday), "title": title})
        monday += _WEEK
    return found


def _spelt(day: date) -> str:
    return f"{day.day:02} {_MONTHS[day.month - 1]}"
