"""Keys of intervals: ISO weeks without padding, and school years (notes 4.3)."""

import re
from datetime import date, timedelta
from typing import Final

_WEEK_KEY: Final = re.compile(r"([1-9]|[1-4][0-9]|5[0-3])([1-9][0-9]{3})")
_FIRST_MONTH: Final = 9
_WEEK: Final = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def week_key(day: date) -> str:
    """The week of a day: its ISO number and the year that it belongs to, `52031` for week 5.

    At New Year that is the year of the week, not of the day: the service's own rule is not known.
    """
    iso = day.isocalendar()
    return f"{iso.week}{iso.year}"


def week_of_key(key: str) -> date | None:
    """The Monday of a week's key; None for anything that is no week."""
    found = _WEEK_KEY.fullmatch(key)
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[2]), int(found[1]), 1)
    except ValueError:
        return None


def week_keys(start: date, end: date) -> tuple[str, ...]:
    """Keys of all weeks that a range touches, in order; none for a range that ends too early."""
    monday, keys = monday_of(start), []
    while monday <= end:
        keys.append(week_key(monday))
        monday += _WEEK
    return tuple(keys)


def year_key(start_year: int) -> str:
    """The key of a school year."""
    return str(start_year)


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day began; it turns in September."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1
