"""Places in the class by average, on the last days of some weeks and on the world's day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from gateway.sandbox.world.averages import average
from gateway.sandbox.world.model import AcademicPeriod, ClassGroup, ClassRank, Mark, Trend
from gateway.sandbox.world.subjects import FIVE

_WEEKS = 4
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Place:
    place: int
    out_of: int
    average: Decimal


def make_ranks(
    group: ClassGroup, periods: tuple[AcademicPeriod, ...], marks: Iterable[Mark], today: date
) -> list[ClassRank]:
    """Ranks of a class in the period that runs on ``today``, or the last one that began."""
    period = [item for item in periods if item.starts <= today][-1]
    last = min(today, period.ends)
    days = [last - timedelta(days=7 * back) for back in range(_WEEKS, -1, -1)]
    counted = [
        mark
        for mark in marks
        if mark.scale_key == FIVE and mark.counts and period.starts <= mark.date <= last
    ]
    found: list[ClassRank] = []
    before: dict[tuple[str, str | None], int] = {}
    for day in days:
        if day < period.starts:
            continue
        places = _places([mark for mark in counted if mark.given_at.date() <= day])
        for (student, subject), row in places.items():
            previous = before.get((student, subject))
            found.append(
                ClassRank(
                    key=f"rank-{student}-{subject or group.key}-{day:%Y%m%d}",
                    student_key=student,
                    class_key=group.key,
                    subject_key=subject,
                    period_key=period.key,
                    on=day,
                    place=row.place,
                    out_of=row.out_of,
                    average=row.average,
                    previous_place=previous,
                    trend=_trend(previous, row.place),
                )
            )
        before = {key: row.place for key, row in places.items()}
    return found


def _places(marks: list[Mark]) -> dict[tuple[str, str | None], _Place]:
    """Places by (pupil, subject) and (pupil, None) for the mean of all subjects."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.subject_key, mark.student_key), []).append(mark)
    by_subject: dict[str | None, dict[str, Decimal]] = {}
    for (subject, student), own in groups.items():
        mean = average(own)
        if mean is not None:
            by_subject.setdefault(subject, {})[student] = mean
    means: dict[str, list[Decimal]] = {}
    for table in by_subject.values():
        for student, mean in table.items():
            means.setdefault(student, []).append(mean)
    by_subject[None] = {
        student: (sum(row, Decimal(0)) / len(row)).quantize(_CENT, ROUND_HALF_UP)
        for student, row in means.items()
    }
    places: dict[tuple[str, str | None], _Place] = {}
    for key, table in by_subject.items():
        ordered = sorted(table.values(), reverse=True)
        for student in sorted(table):
            place = ordered.index(table[student]) + 1
            places[student, key] = _Place(place, len(table), table[student])
    return places


def _trend(previous: int | None, place: int) -> Trend:
    if previous is None or previous == place:
        return Trend.SAME
    return Trend.UP if place < previous else Trend.DOWN
