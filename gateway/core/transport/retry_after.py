"""The Retry-After header (RFC 9110 10.2.3)."""

import re
from datetime import UTC, datetime, timedelta

_LONGEST = 86_400
_LONGEST_DATE = 40
_FAR_FUTURE = 50  # years: RFC 9110 5.6.7 on two-digit years
_LEAP_SECOND = (23, 59, 60)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = rf"(?P<weekday>{'|'.join(day[:3] for day in _WEEKDAYS)})"
_LONG = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>[0-9]{2})"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_FORMS = (
    # Sun, 06 Nov 1994 08:49:37 GMT
    re.compile(rf"{_SHORT}, {_DAY} {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT"),
    # Sunday, 06-Nov-94 08:49:37 GMT
    re.compile(rf"{_LONG}, {_DAY}-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT"),
    # Sun Nov  6 08:49:37 1994
    re.compile(rf"{_SHORT} {_MONTH} (?P<day>[0-9]{{2}}| [0-9]) {_TIME} (?P<year>[0-9]{{4}})"),
)


def parse_retry_after(
    value: str | None, *, now: datetime, date_header: str | None = None
) -> float | None:
    """Seconds to wait, between 0 and 24 h; `None` for a header that is absent or malformed.

    Args:
        value: ASCII digits, or one of the three forms of an HTTP date; anything else counts as
            absent: signs, fractions, other digits, surrounding space, lists, impossible dates.
        now: The present moment, aware.
        date_header: The `Date` of the same answer. A valid one replaces `now`, so that the
            server's clock need not agree with ours.
    """
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return _clamped(value)
    until = _http_date(value, now)
    if until is None:
        return None
    since = _http_date(date_header, now) if date_header else None
    seconds = (until - (since or now)).total_seconds()
    return min(max(seconds, 0.0), float(_LONGEST))


def _clamped(digits: str) -> float:
    """Compared by length first: turning thousands of digits into a number is slow or refused."""
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(_LONGEST)):
        return float(_LONGEST)
    return float(min(int(digits), _LONGEST))


def _http_date(text: str, now: datetime) -> datetime | None:
    if len(text) > _LONGEST_DATE:
        return None
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is not None:
            return _moment(match, now)
    return None


def _moment(match: re.Match[str], now: datetime) -> datetime | None:
    month = _MONTHS.index(match["month"]) + 1
    year = int(match["year"])
    if len(match["year"]) == len("94"):
        year = _full_year(year, now.astimezone(UTC).year)
    clock = (int(match["hour"]), int(match["minute"]), int(match["second"]))
    leap = clock == _LEAP_SECOND
    hour, minute, second = (23, 59, 59) if leap else clock
    try:
        moment = datetime(year, month, int(match["day"]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    if not _WEEKDAYS[moment.weekday()].startswith(match["weekday"]):
        return None
    try:
        return moment + timedelta(seconds=int(leap))
    except OverflowError:
        return None


def _full_year(two_digits: int, this_year: int) -> int:
    """The year with these last two digits that is at most 50 years ahead, less than 50 ago."""
    earliest = this_year - _FAR_FUTURE + 1
    return earliest + (two_digits - earliest) % 100
