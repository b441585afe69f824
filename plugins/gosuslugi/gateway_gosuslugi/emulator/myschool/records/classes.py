"""`student_classes`: school, class and periods of a year; periods come twice (notes 4.3)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.myschool.records.values import day, number

_KINDS: Final = {
    m.PeriodKind.QUARTER: ("quarter", "Четверть"),
    m.PeriodKind.TRIMESTER: ("trimester", "Триместр"),
    m.PeriodKind.SEMESTER: ("halfyear", "Полугодие"),
    m.PeriodKind.MODULE: ("module", "Модуль"),
}


def class_records(world: World, student: m.Student, start_year: int) -> list[JsonObject]:
    """The pupil's place in the regular school in a year; nothing for years without one."""
    year = next((item for item in world.years if item.start_year == start_year), None)
    if year is None:
        return []
    places = world.places_of(student.key, year.key)
    return [
        _record(world, place, year) for place in places if place.school_key == student.school_key
    ]


def _record(world: World, place: m.Enrollment, year: m.SchoolYear) -> JsonObject:
    group = world.class_group(place.class_key)
    periods = world.periods_of_school(place.school_key, year.key)
    listed = [_period(item, study=True) for item in periods]
    # Every other period again, under another number and as if nobody studied in it.
    listed += [_period(item, study=False) for item in periods[::2]]
    return {
        "short_name": world.school(place.school_key).short_name,
        "class_num": str(group.grade_level),
        "class_letter": group.letter,
        "academ_year": year.start_year,
        "periods": listed,
    }


def _period(period: m.AcademicPeriod, *, study: bool) -> JsonObject:
    code, words = _KINDS[period.kind]
    return {
        "period_id": number("period" if study else "period_again", period.key),
        "period_num": period.number,
        "period_start_date": day(period.starts),
        "period_end_date": day(period.ends),
        "period_type_code": code,
        "period_type_descrioption": words,
        "period_is_study": study,
    }
