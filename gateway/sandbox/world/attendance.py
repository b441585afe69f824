"""Absences of every kind, in a rhythm that lets each of them come round within a month or two."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from gateway.sandbox.world.model import (
    AbsenceReason,
    Attendance,
    AttendanceKind,
    Lesson,
    LessonForm,
    LessonStatus,
    Student,
)
from gateway.sandbox.world.rng import Bag, stream

_INCIDENTS = ("illness", "excused_day", "unexcused", "unknown", "tardy", "early")
_ANSWER_AFTER = timedelta(days=5)  # a lesson missed without a word becomes unexcused


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    kind: AttendanceKind
    reason: AbsenceReason | None = None
    text: str | None = None
    minutes: int | None = None


def make_attendance(
    seed: int, student: Student, lessons: tuple[Lesson, ...], today: datetime
) -> list[Attendance]:
    """Attendance of one pupil; ``lessons`` are the pupil's own of the regular school, in order."""
    rng = stream(seed, "attendance", student.key)
    bag = Bag(_INCIDENTS, rng)
    days: dict[date, list[Lesson]] = {}
    for lesson in lessons:
        if lesson.form is not LessonForm.EXTRACURRICULAR:
            days.setdefault(lesson.date, []).append(lesson)
    calendar = list(days.values())
    found: list[Attendance] = []
    index = rng.randint(1, 6)
    while index < len(calendar):
        incident = bag.draw()
        for offset, notes in enumerate(_notes(incident, rng)):
            if index + offset >= len(calendar):
                break
            found += _records(student, calendar[index + offset], notes, rng, today)
        index += rng.randint(4, 8)
    return found


def _notes(incident: str, rng: Random) -> list[tuple[str, _Note]]:
    """Notes for consecutive days, each with the lessons of the day that it covers."""
    absent = AttendanceKind.ABSENT
    minutes = rng.choice((3, 5, 10, 15))
    match incident:
        case "illness":
            note = _Note(kind=absent, reason=AbsenceReason.ILLNESS, text="ОРВИ, справка № 0")
            return [("all", note)] * rng.randint(1, 3)
        case "excused_day":
            text = "По заявлению родителей: семейные обстоятельства"
            return [("all", _Note(kind=absent, reason=AbsenceReason.EXCUSED, text=text))]
        case "unexcused":
            return [("last", _Note(kind=absent, reason=AbsenceReason.UNEXCUSED))]
        case "unknown":
            return [("one", _Note(kind=absent, reason=AbsenceReason.UNKNOWN))]
        case "tardy":
            note = _Note(kind=AttendanceKind.TARDY, text="Задержался автобус", minutes=minutes)
            return [("first", note)]
    note = _Note(
        kind=AttendanceKind.EARLY_DEPARTURE,
        reason=AbsenceReason.EXCUSED,
        text="Отпущен к врачу",
        minutes=minutes,
    )
    return [("last", note)]


def _records(
    student: Student,
    day: list[Lesson],
    covered: tuple[str, _Note],
    rng: Random,
    today: datetime,
) -> list[Attendance]:
    which, note = covered
    chosen = {
        "all": day,
        "first": day[:1],
        "last": day[-1:],
        "one": [day[rng.randrange(len(day))]],
    }[which]
    records = []
    for lesson in chosen:
        delay = timedelta(minutes=rng.randint(1, 20))
        recorded = lesson.starts_at + delay
        if lesson.status is not LessonStatus.HELD or recorded > today:
            continue
        reason, text = note.reason, note.text
        if reason is AbsenceReason.UNKNOWN and recorded + _ANSWER_AFTER <= today:
            reason, text = AbsenceReason.UNEXCUSED, "Без уважительной причины"
        records.append(
            Attendance(
                key=f"attendance-{student.key}-{lesson.key.removeprefix('lesson-')}",
                student_key=student.key,
                school_key=lesson.school_key,
                lesson_key=lesson.key,
                subject_key=lesson.subject_key,
                date=lesson.date,
                kind=note.kind,
                reason=reason,
                reason_text=text,
                minutes=note.minutes,
                teacher_key=lesson.teacher_key,
                recorded_at=recorded,
            )
        )
    return records
