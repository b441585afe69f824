"""The school year: periods, breaks, holidays, and the days on which there are lessons."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from gateway.sandbox.world.model import (
    AcademicPeriod,
    CalendarSpan,
    PeriodKind,
    School,
    SchoolKind,
    SchoolYear,
    SpanKind,
)

DAY = timedelta(days=1)


class Month(IntEnum):
    """Months that the school year turns on."""

    FEBRUARY = 2
    MAY = 5
    SEPTEMBER = 9


class Weekday(IntEnum):
    """ISO weekdays that rules name."""

    MONDAY = 1
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


_KIND_NAMES = {
    PeriodKind.QUARTER: ("четверть", "чет."),
    PeriodKind.TRIMESTER: ("триместр", "трим."),
    PeriodKind.SEMESTER: ("полугодие", "п/г"),
    PeriodKind.MODULE: ("модуль", "мод."),
}


@dataclass(frozen=True, slots=True)
class StudyDay:
    """A day with lessons; ``timetable`` is the ISO weekday whose lessons are held."""

    day: date
    timetable: int


def start_year_of(today: date) -> int:
    """The year in which the school year of ``today`` began; summer belongs to the past one."""
    return today.year if today.month >= Month.SEPTEMBER else today.year - 1


def make_years(today: date) -> tuple[SchoolYear, ...]:
    """This school year and the one before."""
    this = start_year_of(today)
    return tuple(
        SchoolYear(
            key=f"year-{start}",
            start_year=start,
            name=f"{start}/{start + 1}",
            starts=date(start, Month.SEPTEMBER, 1),
            ends=date(start + 1, Month.MAY, 31),
            is_current=start == this,
        )
        for start in (this, this - 1)
    )


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _on_or_after(day: date, weekday: Weekday) -> date:
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def _breaks(kind: PeriodKind, start: int) -> list[tuple[str, date, date]]:
    def nine_days(title: str, year: int, month: int, day: int) -> tuple[str, date, date]:
        first = _on_or_after(date(year, month, day), Weekday.SATURDAY)
        return title, first, first + 8 * DAY

    winter = (
        "Зимние каникулы",
        date(start, 12, 31),
        _on_or_after(date(start + 1, 1, 8), Weekday.SUNDAY),
    )
    if kind in (PeriodKind.QUARTER, PeriodKind.SEMESTER):
        return [
            nine_days("Осенние каникулы", start, 10, 25),
            winter,
            nine_days("Весенние каникулы", start + 1, 3, 22),
        ]
    return [
        nine_days("Октябрьские каникулы", start, 10, 4),
        nine_days("Ноябрьские каникулы", start, 11, 15),
        winter,
        nine_days("Февральские каникулы", start + 1, 2, 20),
        nine_days("Апрельские каникулы", start + 1, 4, 5),
    ]


# numbers of the breaks that end a period; the others lie inside one
_DIVIDERS = {
    PeriodKind.QUARTER: (0, 1, 2),
    PeriodKind.SEMESTER: (1,),
    PeriodKind.TRIMESTER: (1, 3),
    PeriodKind.MODULE: (0, 1, 2, 3, 4),
}


def make_periods(school: School, year: SchoolYear) -> tuple[AcademicPeriod, ...]:
    """The graded parts of a year; days between two periods are a break."""
    kind = school.period_kind
    breaks = _breaks(kind, year.start_year)
    dividers = [breaks[index] for index in _DIVIDERS[kind]]
    starts = [year.starts, *(last + DAY for _, _, last in dividers)]
    ends = [*(first - DAY for _, first, _ in dividers), year.ends]
    name, short = _KIND_NAMES[kind]
    return tuple(
        AcademicPeriod(
            key=f"period-{school.key}-{year.start_year}-{kind.value}-{number}",
            school_key=school.key,
            year_key=year.key,
            kind=kind,
            number=number,
            name=f"{number} {name}",
            short_name=f"{number} {short}",
            starts=first,
            ends=last,
        )
        for number, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def make_spans(
    school: School, year: SchoolYear, quarantine_class: str | None = None
) -> tuple[CalendarSpan, ...]:
    """Holidays, breaks and exceptional days of a school in a year, in order."""
    first, second = year.start_year, year.start_year + 1
    rows: list[tuple[SpanKind, str, date, date]] = [
        (SpanKind.HOLIDAY, title, date(y, month, day), date(y, month, day + length - 1))
        for title, y, month, day, length in (
            ("День народного единства", first, 11, 4, 1),
            ("Новогодние праздники", second, 1, 1, 8),
            ("День защитника Отечества", second, 2, 23, 1),
            ("Международный женский день", second, 3, 8, 1),
            ("Праздник Весны и Труда", second, 5, 1, 1),
            ("День Победы", second, 5, 9, 1),
        )
    ]
    rows += [(SpanKind.BREAK, *span) for span in _breaks(school.period_kind, first)]
    free = _on_or_after(date(first, 9, 11), Weekday.THURSDAY)
    makeup = _on_or_after(date(first, 9, 20), Weekday.SATURDAY)
    if school.kind is SchoolKind.REGULAR:
        rows.append((SpanKind.LESSON_FREE_DAY, "День здоровья", free, free))
        off = _bridge_day(second)
        rows.append((SpanKind.MAKEUP_DAY, f"Рабочая суббота за {off:%d.%m}", makeup, makeup))
        rows.append((SpanKind.DAY_OFF, f"Выходной за {makeup:%d.%m}", off, off))
    if quarantine_class:
        monday = _on_or_after(date(second, Month.FEBRUARY, 2), Weekday.MONDAY)
        rows.append((SpanKind.QUARANTINE, "Карантин по ОРВИ", monday, monday + 4 * DAY))
    rows.sort(key=lambda row: (row[2], row[3]))
    return tuple(
        CalendarSpan(
            key=f"span-{school.key}-{starts:%Y%m%d}-{kind.value}",
            school_key=school.key,
            year_key=year.key,
            kind=kind,
            title=title,
            starts=starts,
            ends=ends,
            as_weekday=Weekday.FRIDAY.value if kind is SpanKind.MAKEUP_DAY else None,
            class_key=quarantine_class if kind is SpanKind.QUARANTINE else None,
        )
        for kind, title, starts, ends in rows
    )


def _bridge_day(year: int) -> date:
    """A working day next to the May holidays."""
    candidates = (date(year, 5, day) for day in (8, 2, 10, 11))
    return next(day for day in candidates if day.isoweekday() < Weekday.SATURDAY)


_FREE = frozenset({SpanKind.HOLIDAY, SpanKind.BREAK, SpanKind.DAY_OFF, SpanKind.LESSON_FREE_DAY})


def study_days(
    school: School, year: SchoolYear, spans: tuple[CalendarSpan, ...]
) -> tuple[StudyDay, ...]:
    """All days with lessons at a school in a year."""
    free = {
        span.starts + number * DAY
        for span in spans
        if span.kind in _FREE
        for number in range((span.ends - span.starts).days + 1)
    }
    makeup = {span.starts: span.as_weekday for span in spans if span.kind is SpanKind.MAKEUP_DAY}
    found = []
    for number in range((year.ends - year.starts).days + 1):
        day = year.starts + number * DAY
        weekday = makeup.get(day) or day.isoweekday()
        if day not in free and weekday in school.study_weekdays:
            found.append(StudyDay(day, weekday))
    return tuple(found)
