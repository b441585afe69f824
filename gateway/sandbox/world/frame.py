"""The frame of a world: calendars, people and classes, before anything happens."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from gateway.sandbox.world.cast import Cast, make_cast
from gateway.sandbox.world.classes import Classes, class_key, make_classes
from gateway.sandbox.world.model import (
    AcademicPeriod,
    CalendarSpan,
    Person,
    School,
    SchoolYear,
    Student,
    Teacher,
)
from gateway.sandbox.world.people import PersonMaker
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.school_year import (
    StudyDay,
    make_periods,
    make_spans,
    make_years,
    study_days,
)
from gateway.sandbox.world.schools import CLASS_PLANS, make_schools, school_key
from gateway.sandbox.world.staff import Staff, make_staff

_QUARANTINED = next(plan for plan in CLASS_PLANS if plan.school_number == 4)  # noqa: PLR2004 - school-4
_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Calendars by (school, year), people and classes."""

    seed: int
    today: date
    years: tuple[SchoolYear, ...]
    schools: tuple[School, ...]
    periods: Mapping[tuple[str, str], tuple[AcademicPeriod, ...]]
    spans: Mapping[tuple[str, str], tuple[CalendarSpan, ...]]
    days: Mapping[tuple[str, str], tuple[StudyDay, ...]]
    persons: tuple[Person, ...]
    cast: Cast
    staff: Staff
    classes: Classes

    @property
    def year(self) -> SchoolYear:
        """The school year of ``today``."""
        return self.years[0]

    def school(self, key: str) -> School:
        """A school; KeyError for a stranger."""
        return {school.key: school for school in self.schools}[key]

    def student(self, key: str) -> Student:
        """A pupil; KeyError for a stranger."""
        return {student.key: student for student in self.classes.students}[key]

    def teacher_person(self, teacher_key: str) -> str:
        """Person key of a teacher."""
        return self.teachers[teacher_key].person_key

    @property
    def teachers(self) -> dict[str, Teacher]:
        """Teachers by key."""
        return {teacher.key: teacher for teacher in self.staff.teachers}

    def dates(self, school: str, year: str | None = None) -> tuple[date, ...]:
        """Days with lessons of a school in a year (this one by default)."""
        return tuple(item.day for item in self.days[school, year or self.year.key])

    def last_days(self, school: str, year: str) -> tuple[date, ...]:
        """The last day with lessons of each period."""
        days = self.dates(school, year)
        return tuple(
            days[bisect_right(days, period.ends) - 1] for period in self.periods[school, year]
        )

    def now(self, school: School) -> datetime:
        """The end of ``today`` at a school."""
        return datetime.combine(self.today, _END_OF_DAY, ZoneInfo(school.zone))


def make_frame(seed: int, today: date) -> Frame:
    """Make calendars, people and classes."""
    years = make_years(today)
    schools = make_schools()
    periods, spans, days = {}, {}, {}
    for school in schools:
        for year in years:
            place = school.key, year.key
            quarantined = None
            if year.is_current and school.key == school_key(_QUARANTINED.school_number):
                quarantined = class_key(_QUARANTINED, year)
            periods[place] = make_periods(school, year)
            spans[place] = make_spans(school, year, quarantined)
            days[place] = study_days(school, year, spans[place])
    this, last = years
    maker = PersonMaker(stream(seed, "people"), this.start_year)
    grades = {plan.slug: plan.grade or 0 for plan in CLASS_PLANS}
    cast = make_cast(maker, grades, last.starts, today)
    keys = {plan.slug: class_key(plan, this) for plan in CLASS_PLANS}
    staff = make_staff(maker, stream(seed, "staff"), keys)
    classes = make_classes(maker, stream(seed, "classes"), cast, staff, years)
    return Frame(
        seed=seed,
        today=today,
        years=years,
        schools=schools,
        periods=periods,
        spans=spans,
        days=days,
        persons=tuple(maker.persons),
        cast=cast,
        staff=staff,
        classes=classes,
    )
