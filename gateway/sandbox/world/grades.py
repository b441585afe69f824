"""Final grades: of finished periods, of the year, of exams and attestation, this year and last."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from gateway.sandbox.world.averages import average, rounded
from gateway.sandbox.world.cast import EXAMINED, EXEMPT, LONG_ILL
from gateway.sandbox.world.index import grouped
from gateway.sandbox.world.model import (
    AcademicPeriod,
    ClassGroup,
    FinalGrade,
    GradeKind,
    Mark,
    MarkStatus,
    School,
    SchoolYear,
    Student,
    SubjectKind,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.subjects import (
    FIVE,
    HUNDRED,
    PASS,
    SCALE_BY_KEY,
    SUBJECT_BY_KEY,
    hours_of_grade,
)

_EXAMS = ("subject-russian", "subject-algebra", "subject-informatics", "subject-physics")
_ATTESTED = ("subject-russian", "subject-maths", "subject-algebra")
_MEAN, _SPREAD = 4.1, 0.7
_HALF, _CENT = Decimal("0.5"), Decimal("0.01")
_ATTESTATION_BEFORE_END = timedelta(days=14)
_EXAM_AFTER_END = timedelta(days=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBook:
    """Where a pupil's grades of one school year come from.

    ``last_days`` holds the last study day of each period; ``teachers`` the teacher by subject.
    """

    student: Student
    group: ClassGroup
    school: School
    year: SchoolYear
    periods: tuple[AcademicPeriod, ...]
    last_days: tuple[date, ...]
    teachers: dict[str, str]
    today: date


class _Outcome(NamedTuple):
    """What stands in a final grade."""

    text: str
    value: int | None = None
    status: MarkStatus = MarkStatus.GRADED
    mean: Decimal | None = None
    comment: str | None = None


def subjects_with_grades(group: ClassGroup) -> tuple[str, ...]:
    """Subjects of a class that end with a grade."""
    graded = (SubjectKind.REGULAR, SubjectKind.ELECTIVE, SubjectKind.ADDITIONAL)
    keys = hours_of_grade(group.grade_level)
    return tuple(key for key in keys if SUBJECT_BY_KEY[key].kind in graded)


def make_grades(seed: int, book: GradeBook, marks: tuple[Mark, ...]) -> list[FinalGrade]:
    """Final grades given by ``book.today``: from marks this year, invented for the year before."""
    rng = stream(seed, "grades", book.student.key, book.group.key)
    by_subject = grouped(marks, lambda mark: mark.subject_key)
    found: list[FinalGrade] = []
    for subject in subjects_with_grades(book.group):
        own = by_subject.get(subject, ())
        results: list[FinalGrade] = []
        for period, day in zip(book.periods, book.last_days, strict=True):
            mean = (
                average(
                    (mark for mark in own if period.starts <= mark.date <= period.ends),
                    weighted=book.school.weighs_marks,
                )
                if book.year.is_current
                else None
            )
            result = _period_grade(book, subject, period, day, mean, rng)
            if day <= book.today:
                results.append(result)
        found += results
        found += _year_grades(book, subject, results, rng)
    return found


def _period_grade(
    book: GradeBook,
    subject: str,
    period: AcademicPeriod,
    day: date,
    mean: Decimal | None,
    rng: Random,
) -> FinalGrade:
    outcome = _period_outcome(book, subject, period, mean, rng.gauss(_MEAN, _SPREAD))
    slug = f"{period.kind.value}-{period.number}"
    return _grade(book, subject, GradeKind.PERIOD, outcome, day, slug, period_key=period.key)


def _period_outcome(
    book: GradeBook, subject: str, period: AcademicPeriod, mean: Decimal | None, lot: float
) -> _Outcome:
    place = book.student.key, subject
    if place == EXEMPT:
        return _Outcome("осв", status=MarkStatus.EXEMPT)
    if place == LONG_ILL and period.number == 1:
        return _Outcome("н/а", status=MarkStatus.NOT_ASSESSED, comment="Длительная болезнь")
    if SUBJECT_BY_KEY[subject].scale_key == PASS:
        return _Outcome("зач", 1)
    if not book.year.is_current:
        return _invented(subject, lot)
    if mean is None:
        return _Outcome("н/а", status=MarkStatus.NOT_ASSESSED)
    value = rounded(mean, book.school.rounding)
    return _Outcome(str(value), value, mean=mean)


def _year_grades(
    book: GradeBook, subject: str, periods: list[FinalGrade], rng: Random
) -> list[FinalGrade]:
    """Attestation, year, exam and final grade, once they are given."""
    attested, exam_lot = rng.gauss(_MEAN, _SPREAD), rng.gauss(_MEAN, _SPREAD)
    end = book.last_days[-1]
    found = []
    day = end - _ATTESTATION_BEFORE_END
    if subject in _ATTESTED and day <= book.today:
        outcome = _invented(subject, attested)
        found.append(_grade(book, subject, GradeKind.ATTESTATION, outcome, day, "attestation"))
    if len(periods) < len(book.periods):
        return found
    outcome = _year_outcome(periods)
    found.append(_grade(book, subject, GradeKind.YEAR, outcome, end, "year"))
    if book.student.key == EXAMINED and not book.year.is_current and subject in _EXAMS:
        after = end + _EXAM_AFTER_END
        exam = _invented(subject, exam_lot)
        mean = Decimal((outcome.value or 0) + (exam.value or 0)) / 2
        both = rounded(mean, _HALF)
        final = _Outcome(str(both), both, mean=mean.quantize(_CENT))
        found.append(_grade(book, subject, GradeKind.EXAM, exam, after, "exam"))
        found.append(_grade(book, subject, GradeKind.FINAL, final, after, "final"))
    return found


def _year_outcome(periods: list[FinalGrade]) -> _Outcome:
    """The mean of the periods; where most have no value the word of the last one stands."""
    values = [grade.value for grade in periods if grade.value is not None]
    last = periods[-1]
    if len(values) * 2 < len(periods):
        return _Outcome(last.text, status=last.status)
    mean = sum(values, Decimal(0)) / len(values)
    value = rounded(mean, _HALF)
    text = ("зач" if value else "незач") if last.scale_key == PASS else str(value)
    return _Outcome(text, value, mean=mean.quantize(_CENT))


def _invented(subject: str, lot: float) -> _Outcome:
    """A grade of the subject's scale from a lot on the five-point scale."""
    scale = SCALE_BY_KEY[SUBJECT_BY_KEY[subject].scale_key]
    factor = {FIVE: 1, HUNDRED: 20}.get(scale.key, 2)
    lowest = max(int(scale.lowest), factor * 2)
    value = min(max(round(lot * factor), lowest), int(scale.highest))
    return _Outcome(str(value), value)


def _grade(
    book: GradeBook,
    subject: str,
    kind: GradeKind,
    outcome: _Outcome,
    day: date,
    slug: str,
    *,
    period_key: str | None = None,
) -> FinalGrade:
    number = book.student.key.removeprefix("student-")
    return FinalGrade(
        key=f"final-{number}-{book.group.key}-{subject.removeprefix('subject-')}-{slug}",
        student_key=book.student.key,
        school_key=book.school.key,
        class_key=book.group.key,
        subject_key=subject,
        year_key=book.year.key,
        kind=kind,
        period_key=period_key,
        text=outcome.text,
        value=None if outcome.value is None else Decimal(outcome.value),
        scale_key=SUBJECT_BY_KEY[subject].scale_key,
        status=outcome.status,
        given_on=day,
        teacher_key=book.teachers.get(subject, book.group.homeroom_teacher_key),
        comment=outcome.comment,
        average=outcome.mean,
    )
