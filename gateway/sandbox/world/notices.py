"""What the family hands in: absence notices and weekly signatures; and the teachers' remarks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.sandbox.world.model import (
    AbsenceNotice,
    AbsenceReason,
    Attendance,
    AttendanceKind,
    Lesson,
    LessonStatus,
    NoticeState,
    Remark,
    RemarkKind,
    School,
    Student,
    WeekSignature,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.school_year import DAY, monday_of

_EVENING = time(20, 15)
_MORNING = time(8, 5)
_REMARKS: tuple[tuple[RemarkKind, str], ...] = (
    (RemarkKind.REMARK, "Разговаривал(а) на уроке, на замечания не реагирует."),
    (RemarkKind.COMMENDATION, "Благодарность за помощь в подготовке праздника!"),
    (RemarkKind.REMARK, "Нет тетради & учебника"),
    (RemarkKind.COMMENDATION, "Отличный доклад: «Почему 0 < 1»"),
    (RemarkKind.REMARK, "Опоздал(а) на урок после перемены"),
)
_SIGNED_SHARE = 0.75


def make_notices(
    student: Student,
    school: School,
    guardian: str,
    attendance: list[Attendance],
    study_days: tuple[date, ...],
    today: datetime,
) -> list[AbsenceNotice]:
    """Notices for what was missed with leave, one for days to come, one taken back."""
    zone = ZoneInfo(school.zone)
    excused = sorted(
        {
            item.date
            for item in attendance
            if item.kind is AttendanceKind.ABSENT and item.reason is AbsenceReason.EXCUSED
        }
    )
    blank = AbsenceNotice(
        key="",
        student_key=student.key,
        school_key=school.key,
        author_person_key=guardian,
        starts_on=today.date(),
        ends_on=today.date(),
        lesson_numbers=None,
        reason=AbsenceReason.EXCUSED,
        comment="Семейные обстоятельства",
        created_at=today,
        state=NoticeState.ACTIVE,
        cancelled_at=None,
        seen_at=None,
    )
    found = [
        replace(
            blank,
            key=f"notice-{student.key}-{day:%Y%m%d}",
            starts_on=day,
            ends_on=day,
            created_at=datetime.combine(day - DAY, _EVENING, zone),
            seen_at=datetime.combine(day, _MORNING, zone),
        )
        for day in excused
    ]
    coming = [day for day in study_days if day > today.date()] or [today.date() + 2 * DAY]
    written = datetime.combine(today.date() - DAY, _EVENING, zone)
    first = coming[min(1, len(coming) - 1)]
    last = coming[min(2, len(coming) - 1)]
    found.append(
        replace(
            blank,
            key=f"notice-{student.key}-coming",
            starts_on=first,
            ends_on=last,
            comment="Поездка на соревнования <юниоры>",
            created_at=written,
            seen_at=datetime.combine(today.date(), _MORNING, zone),
        )
    )
    found.append(
        replace(
            blank,
            key=f"notice-{student.key}-cancelled",
            starts_on=coming[0],
            ends_on=coming[0],
            lesson_numbers=(1, 2),
            reason=AbsenceReason.ILLNESS,
            comment="Визит к врачу",
            created_at=written + timedelta(minutes=5),
            state=NoticeState.CANCELLED,
            cancelled_at=written + timedelta(hours=1),
        )
    )
    return found


def make_remarks(
    seed: int, student: Student, lessons: tuple[Lesson, ...], today: datetime
) -> list[Remark]:
    """Remarks and commendations in turn, about one in six school days; ``lessons`` in order."""
    rng = stream(seed, "remarks", student.key)
    held = [item for item in lessons if item.status is LessonStatus.HELD and item.number]
    found: list[Remark] = []
    index = rng.randint(3, 12)
    while index < len(held):
        lesson = held[index]
        kind, text = _REMARKS[len(found) % len(_REMARKS)]
        general = rng.random() < 0.2  # noqa: PLR2004 - one in five speaks of no lesson
        created = lesson.ends_at + timedelta(minutes=rng.randint(1, 60))
        if created <= today:
            found.append(
                Remark(
                    key=f"remark-{student.key}-{lesson.key.removeprefix('lesson-')}",
                    student_key=student.key,
                    school_key=lesson.school_key,
                    kind=kind,
                    text=text,
                    teacher_key=lesson.teacher_key,
                    subject_key=None if general else lesson.subject_key,
                    lesson_key=None if general else lesson.key,
                    date=lesson.date,
                    created_at=created,
                )
            )
        index += rng.randint(20, 50)
    return found


def make_signatures(
    seed: int,
    student: Student,
    school: School,
    guardian: str,
    study_days: tuple[date, ...],
    today: datetime,
) -> list[WeekSignature]:
    """One record for every week that has begun; the present week is not signed yet."""
    rng = stream(seed, "signatures", student.key)
    zone = ZoneInfo(school.zone)
    found: list[WeekSignature] = []
    for monday in sorted({monday_of(day) for day in study_days if day <= today.date()}):
        lot, minute = rng.random(), rng.randrange(59)
        at = datetime.combine(monday + 6 * DAY, time(19, minute), zone)
        signed = lot < _SIGNED_SHARE and at <= today
        found.append(
            WeekSignature(
                key=f"signature-{student.key}-{monday:%Y%m%d}",
                student_key=student.key,
                school_key=school.key,
                week_start=monday,
                signed_by=guardian if signed else None,
                signed_at=at if signed else None,
            )
        )
    return found
