"""School years, periods, days, bells and the regime of a day."""

from datetime import time
from enum import StrEnum

from pydantic import Field

from gateway.core.model.attendance import AbsenceCounts
from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model


class PeriodKind(StrEnum):
    """Kind of academic period (Ed-Fi Term)."""

    QUARTER = "quarter"
    TRIMESTER = "trimester"
    SEMESTER = "semester"
    MODULE = "module"
    YEAR = "year"
    UNKNOWN = "unknown"


class SchoolYear(Model):
    """A school year."""

    id: Id = Field(description="Identifier of the year.")
    starts_in: int = Field(description="Calendar year of the first of September.")
    name: str = Field(description="Name such as 2026/2027.")
    start: LocalDate | None = Field(None, description="First day.")
    end: LocalDate | None = Field(None, description="Last day.")
    is_current: bool | None = Field(None, description="Whether it is the running year.")


class AcademicPeriod(Model):
    """A quarter, trimester, half-year or module."""

    id: Id = Field(description="Identifier of the period.")
    kind: PeriodKind = Field(description="Quarter, trimester, semester or module.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    name: str = Field(description="Name to show, such as «1 четверть».")
    number: int | None = Field(None, description="Place within the year, from 1, by start.")
    school_year: int = Field(description="Calendar year in which the school year began.")
    start: LocalDate | None = Field(None, description="First day, included.")
    end: LocalDate | None = Field(None, description="Last day, included.")
    is_current: bool | None = Field(None, description="Whether it contains the school's today.")
    days_missed: Loadable[AbsenceCounts | None] = Field(
        NOT_LOADED, description="Whole days that the student missed in it, by reason."
    )


class DayKind(StrEnum):
    """Kind of calendar day (Ed-Fi)."""

    INSTRUCTIONAL = "instructional"
    HOLIDAY = "holiday"
    BREAK = "break"
    WEEKEND = "weekend"
    MAKE_UP = "make_up"
    NON_INSTRUCTIONAL = "non_instructional"
    UNKNOWN = "unknown"


class CalendarSpan(Model):
    """Days of one kind: a break, a holiday, a moved day."""

    id: Id | None = Field(None, description="Identifier, where the provider has one.")
    kind: DayKind = Field(description="What these days are.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    name: str | None = Field(None, description="Name such as «Осенние каникулы».")
    start: LocalDate = Field(description="First day, included.")
    end: LocalDate = Field(description="Last day, included.")


class Bell(Model):
    """One line of a bell schedule."""

    number: int | None = Field(None, description="Lesson number; None for a break.")
    name: str | None = Field(None, description="Name, where the school gave one.")
    starts: time = Field(description="Local time.")
    ends: time = Field(description="Local time.")
    weekdays: tuple[int, ...] = Field((), description="ISO weekdays 1–7; empty for all.")
    is_break: bool = Field(False, description="Whether it is a break.")


class BellSchedule(Model):
    """The bells of a school or class."""

    id: Id | None = Field(None, description="Identifier, where the provider has one.")
    name: str | None = Field(None, description="Name of the schedule.")
    bells: tuple[Bell, ...] = Field(description="Lessons and breaks by time.")


class RegimeKind(StrEnum):
    """Part of a school day."""

    LESSON = "lesson"
    BREAK = "break"
    MEAL = "meal"
    WALK = "walk"
    EXTRACURRICULAR = "extracurricular"
    ACTIVITY = "activity"
    UNKNOWN = "unknown"


class RegimeItem(Model):
    """One span of the day regime."""

    kind: RegimeKind = Field(description="What happens.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    name: str = Field(description="Name to show.")
    starts: time = Field(description="Local time.")
    ends: time = Field(description="Local time.")


class DayRegime(Model):
    """The regime of one day: lessons, meals, walks, clubs."""

    date: LocalDate = Field(description="Local date.")
    items: tuple[RegimeItem, ...] = Field(description="Spans by time.")
