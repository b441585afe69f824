"""Where it happens and by which calendar: regions, schools, classes, subjects, periods, bells."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum


class SchoolKind(StrEnum):
    """Ordinary school or additional education."""

    REGULAR = "regular"
    ADDITIONAL = "additional"


class PeriodKind(StrEnum):
    """What a school year is divided into."""

    QUARTER = "quarter"
    TRIMESTER = "trimester"
    SEMESTER = "semester"
    MODULE = "module"


class SpanKind(StrEnum):
    """Why days of the calendar differ from the weekly rule."""

    HOLIDAY = "holiday"
    BREAK = "break"
    MAKEUP_DAY = "makeup_day"  # lessons on a Saturday that is otherwise free
    DAY_OFF = "day_off"  # free in exchange for the make-up day
    LESSON_FREE_DAY = "lesson_free_day"  # a school day with another programme
    QUARANTINE = "quarantine"  # lessons go on remotely


class SubjectKind(StrEnum):
    """How a subject stands in the study plan."""

    REGULAR = "regular"
    ELECTIVE = "elective"
    EXTRACURRICULAR = "extracurricular"
    ADDITIONAL = "additional"


class ScaleKind(StrEnum):
    """Kinds of grading scale."""

    FIVE_POINT = "five_point"
    TEN_POINT = "ten_point"
    HUNDRED_POINT = "hundred_point"
    PASS_FAIL = "pass_fail"  # noqa: S105 - a scale, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A subject of the federation: two-digit ``code`` of the tax service, ISO code, IANA zone."""

    key: str
    code: str
    iso: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingScale:
    """A scale with its bounds; pass/fail has 0 and 1. ``passing`` is the least good result."""

    key: str
    kind: ScaleKind
    name: str
    lowest: Decimal
    highest: Decimal
    passing: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building of a school."""

    key: str
    name: str
    address: str
    floors: int
    is_main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """One row of a bell schedule; a break has the number of the lesson before it."""

    number: int
    starts: time
    ends: time
    is_break: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BellSchedule:
    """Lessons and breaks of a day. ``weekdays`` (ISO, 1 = Monday) where it applies."""

    key: str
    school_key: str
    name: str
    weekdays: tuple[int, ...]
    bells: tuple[Bell, ...]

    def lesson(self, number: int) -> Bell:
        """The lesson row with this number; KeyError when the schedule has none."""
        for bell in self.bells:
            if bell.number == number and not bell.is_break:
                return bell
        raise KeyError(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school. ``zone`` is the IANA zone of every aware moment that belongs to it."""

    key: str
    kind: SchoolKind
    short_name: str
    full_name: str
    region_key: str
    municipality: str
    city: str
    address: str
    zone: str
    phone: str
    email: str
    website: str
    principal_person_key: str
    period_kind: PeriodKind
    scale_key: str
    study_weekdays: tuple[int, ...]  # ISO numbers, 1 = Monday
    buildings: tuple[Building, ...]
    bell_schedules: tuple[BellSchedule, ...]
    rounding: Decimal  # an average x.60 becomes x + 1 when its fraction reaches this
    weighs_marks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear:
    """A school year, 1 September to 31 May; key ``year-2025`` begins in 2025."""

    key: str
    start_year: int
    name: str
    starts: date
    ends: date
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcademicPeriod:
    """A graded part of a school year, both ends included; ``number`` counts from 1 in the year."""

    key: str
    school_key: str
    year_key: str
    kind: PeriodKind
    number: int
    name: str
    short_name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpan:
    """Days that differ from the weekly rule, both ends included.

    ``as_weekday`` is the ISO weekday whose timetable a make-up day follows; ``class_key`` limits a
    quarantine to one class.
    """

    key: str
    school_key: str
    year_key: str
    kind: SpanKind
    title: str
    starts: date
    ends: date
    as_weekday: int | None = None
    class_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject; the same key in every school. ``textbook_grams`` weighs in the school bag."""

    key: str
    name: str
    short_name: str
    area: str
    kind: SubjectKind
    scale_key: str
    textbook_grams: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassGroup:
    """A class of one school year; in additional education the study group (no grade level)."""

    key: str
    school_key: str
    year_key: str
    name: str
    grade_level: int | None
    letter: str | None
    homeroom_teacher_key: str
    student_keys: tuple[str, ...]
    profile: str | None
    previous_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingGroup:
    """Part of a class that has its own lessons: a language group or an extracurricular group."""

    key: str
    class_key: str
    subject_key: str
    name: str
    number: int
    teacher_key: str
    student_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurriculumItem:
    """Hours of one subject in one class, with the teacher of the class or of one group."""

    key: str
    class_key: str
    subject_key: str
    group_key: str | None
    teacher_key: str
    hours_per_week: int
