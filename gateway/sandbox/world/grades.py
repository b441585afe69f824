"""Final grades: of finished periods, of the year, of exams and attestation, this year and last."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

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
    lot = rng.gauss(_MEAN, _SPREAD)
    key = f"{period.kind.value}-{period.number}"
    base = _grade(book, subject, GradeKind.PERIOD, key, day, period_key=period.key)
    if (book.student.key, subject) == EXEMPT:
        return _with(base, None, "осв", MarkStatus.EXEMPT)
    if (book.student.key, subject) == LONG_ILL and period.number == 1:
        return _with(base, None, "н/а", MarkStatus.NOT_ASSESSED, comment="Длительная болезнь")
    if base.scale_key == PASS:
        return _with(base, 1, "зач")
    if not book.year.is_current:
        return _scaled(base, lot)
    if mean is None:
        return _with(base, None, "н/а", MarkStatus.NOT_ASSESSED)
    value = rounded(mean, book.school.rounding)
    return _with(base, value, str(value), mean=mean)


def _year_grades(
    book: GradeBook, subject: str, periods: list[FinalGrade], rng: Random
) -> list[FinalGrade]:
    """Attestation, year, exam and final grade, once they are given."""
    attested, exam_lot = rng.gauss(_MEAN, _SPREAD), rng.gauss(_MEAN, _SPREAD)
    end = book.last_days[-1]
    found = []
    day = end - _ATTESTATION_BEFORE_END
    if subject in _ATTESTED and day <= book.today:
        found.append(
            _scaled(_grade(book, subject, GradeKind.ATTESTATION, "attestation", day), attested)
        )
    if len(periods) < len(book.periods):
        return found
    year = _grade(book, subject, GradeKind.YEAR, "year", end)
    values = [grade.value for grade in periods if grade.value is not None]
    if len(values) * 2 < len(book.periods):
        worst = periods[-1]
        found.append(_with(year, None, worst.text, worst.status))
        return found
    mean = sum(values, Decimal(0)) / len(values)
    value = rounded(mean, Decimal("0.5"))
    text = ("зач" if value else "незач") if year.scale_key == PASS else str(value)
    found.append(_with(year, value, text, mean=mean.quantize(Decimal("0.01"))))
    if book.student.key == EXAMINED and not book.year.is_current and subject in _EXAMS:
        after = end + _EXAM_AFTER_END
        exam = _scaled(_grade(book, subject, GradeKind.EXAM, "exam", after), exam_lot)
        both = rounded((Decimal(value) + (exam.value or 0)) / 2, Decimal("0.5"))
        final = _grade(book, subject, GradeKind.FINAL, "final", after)
        found += [exam, _with(final, both, str(both))]
    return found


def _scaled(grade: FinalGrade, lot: float) -> FinalGrade:
    """A grade of the scale from a lot on the five-point scale."""
    scale = SCALE_BY_KEY[grade.scale_key]
    factor = {FIVE: 1, HUNDRED: 20}.get(scale.key, 2)
    lowest = max(int(scale.lowest), factor * 2)
    value = min(max(round(lot * factor), lowest), int(scale.highest))
    return _with(grade, value, str(value))


def _grade(
    book: GradeBook,
    subject: str,
    kind: GradeKind,
    slug: str,
    day: date,
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
        text="",
        value=None,
        scale_key=SUBJECT_BY_KEY[subject].scale_key,
        status=MarkStatus.NOT_ASSESSED,
        given_on=day,
        teacher_key=book.teachers.get(subject, book.group.homeroom_teacher_key),
        comment=None,
        average=None,
    )


def _with(
    grade: FinalGrade,
    value: int | None,
    text: str,
    status: MarkStatus = MarkStatus.GRADED,
    *,
    mean: Decimal | None = None,
    comment: str | None = None,
) -> FinalGrade:
    return replace(
        grade,
        value=None if value is None else Decimal(value),
        text=text,
        status=status,
        average=mean,
        comment=comment,
    )
