"""Life around the lessons: turnstile, meals, study plan, portfolio, clubs."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from gateway.sandbox.world.model.study import Attachment


class MealKind(StrEnum):
    """Meals of a school day."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    SNACK = "snack"


class TransactionKind(StrEnum):
    """Movements on a meal account."""

    TOP_UP = "top_up"
    PURCHASE = "purchase"
    REFUND = "refund"


class PortfolioKind(StrEnum):
    """Kinds of portfolio entries."""

    OLYMPIAD = "olympiad"
    CONTEST = "contest"
    SPORT = "sport"
    PROJECT = "project"
    VOLUNTEERING = "volunteering"


class StudyLevel(StrEnum):
    """Depth of a subject in a study plan."""

    BASE = "base"
    ADVANCED = "advanced"
    ELECTIVE = "elective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stay in the building by the turnstile; a side that was not recorded is None."""

    key: str
    student_key: str
    school_key: str
    date: date
    entered_at: datetime | None
    left_at: datetime | None
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MealAccount:
    """A meal account in roubles as of the world's day."""

    key: str
    student_key: str
    school_key: str
    number: str
    balance: Decimal
    day_limit: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MealTransaction:
    """A movement; ``amount`` in roubles is negative for a purchase."""

    key: str
    account_key: str
    student_key: str
    kind: TransactionKind
    at: datetime
    amount: Decimal
    balance_after: Decimal
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dish:
    """A dish: price in roubles, energy in kcal, weight in grams."""

    name: str
    price: Decimal
    kcal: int
    grams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What is served at one meal of one day."""

    key: str
    school_key: str
    date: date
    kind: MealKind
    name: str
    price: Decimal
    serves_at: time
    dishes: tuple[Dish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlanItem:
    """A row of a study plan; hours are of the whole year and of what has been held so far."""

    subject_key: str
    area: str
    level: StudyLevel
    hours_per_week: int
    hours_total: int
    hours_passed: int
    teacher_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan:
    """The study plan of a pupil; ``profile`` from grade 10."""

    key: str
    student_key: str
    class_key: str
    year_key: str
    title: str
    profile: str | None
    items: tuple[StudyPlanItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioItem:
    """An achievement with its certificate, if one was handed out."""

    key: str
    student_key: str
    kind: PortfolioKind
    title: str
    level: str
    result: str
    subject_key: str | None
    organiser: str
    date: date
    certificate: Attachment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    """An extracurricular club; ``weekday`` is ISO, times are the school's."""

    key: str
    school_key: str
    title: str
    area: str
    teacher_key: str
    weekday: int
    starts: time
    ends: time
    place: str
    is_free: bool
    student_keys: tuple[str, ...]
