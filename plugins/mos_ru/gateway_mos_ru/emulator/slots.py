"""What stands in a pupil's timetable: lessons, extracurricular ones, clubs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m

PLAN, EXTRA, ADDITIONAL = "PLAN", "EC", "AE"
EDUCATION: Final = {PLAN: "OO", EXTRA: "EC", ADDITIONAL: "AE"}
"""How family interfaces call the timetable's sources."""

_NO_CLUBS: Final = frozenset({m.SpanKind.BREAK, m.SpanKind.HOLIDAY, m.SpanKind.DAY_OFF})
_REPLACED: Final = frozenset({m.ChangeKind.TEACHER, m.ChangeKind.SUBJECT, m.ChangeKind.MOVED_HERE})
_OFF: Final = frozenset({m.LessonStatus.CANCELLED, m.LessonStatus.MOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One entry of a timetable; wall-clock times are the school's own.

    Attributes:
        key: Key of the lesson, or of the club's meeting.
        source: PLAN, EC or AE.
        number: Which lesson of the day it is; None after the regular day.
        subject: What is taught; None for a club.
        title: Name of the subject or of the club.
        group_key: Key of the group that has it.
        group_name: Name of that group.
        lesson: The lesson, unless it is a club's meeting.
    """

    key: str
    source: str
    school_key: str
    date: date
    starts_at: datetime
    ends_at: datetime
    number: int | None
    subject: m.Subject | None
    title: str
    group_key: str
    group_name: str
    teacher_key: str
    room: str | None
    building: str | None
    topic: str | None
    cancelled: bool
    replaced: bool
    lesson: m.Lesson | None


def class_name(klass: m.ClassGroup) -> str:
    """`7-А`; a study group of additional education keeps its name."""
    if klass.grade_level is None or klass.letter is None:
        return klass.name
    return f"{klass.grade_level}-{klass.letter}"


def subject_group_key(class_key: str, subject_key: str) -> str:
    """Key of the whole class as the group of one subject."""
    return f"{class_key}|{subject_key}"


def source_of(subject: m.Subject) -> str:
    """The timetable's source for lessons of a subject."""
    kinds = {m.SubjectKind.EXTRACURRICULAR: EXTRA, m.SubjectKind.ADDITIONAL: ADDITIONAL}
    return kinds.get(subject.kind, PLAN)


def lesson_slot(world: World, lesson: m.Lesson) -> Slot:
    """A lesson as an entry."""
    subject = world.subject(lesson.subject_key)
    klass = world.class_group(lesson.class_key)
    if lesson.group_key is None:
        group = subject_group_key(klass.key, subject.key)
        group_name = f"{subject.name} {class_name(klass)}"
    else:
        group, group_name = lesson.group_key, world.group(lesson.group_key).name
    return Slot(
        key=lesson.key,
        source=source_of(subject),
        school_key=lesson.school_key,
        date=lesson.date,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        number=lesson.number,
        subject=subject,
        title=subject.name,
        group_key=group,
        group_name=group_name,
        teacher_key=lesson.teacher_key,
        room=lesson.room,
        building=lesson.building,
        topic=lesson.topic,
        cancelled=lesson.status in _OFF,
        replaced=lesson.change is not None and lesson.change.kind in _REPLACED,
        lesson=lesson,
    )


def club_days(world: World, club: m.Club) -> Iterator[date]:
    """Every day of this school year on which a club meets."""
    year = world.current_year
    free = [span for span in world.spans_of(club.school_key) if span.kind in _NO_CLUBS]
    day = year.starts + timedelta(days=(club.weekday - year.starts.isoweekday()) % 7)
    while day <= year.ends:
        if not any(span.starts <= day <= span.ends and not span.class_key for span in free):
            yield day
        day += timedelta(days=7)


def meeting_key(club: m.Club, day: date) -> str:
    """Key of one meeting of a club."""
    return f"{club.key}|{day.isoformat()}"


def club_slot(world: World, club: m.Club, day: date) -> Slot:
    """One meeting of a club as an entry."""
    zone = world.zone_of(club.school_key)
    return Slot(
        key=meeting_key(club, day),
        source=ADDITIONAL,
        school_key=club.school_key,
        date=day,
        starts_at=datetime.combine(day, club.starts, zone),
        ends_at=datetime.combine(day, club.ends, zone),
        number=None,
        subject=None,
        title=club.title,
        group_key=club.key,
        group_name=club.title,
        teacher_key=club.teacher_key,
        room=club.place,
        building=None,
        topic=None,
        cancelled=False,
        replaced=False,
        lesson=None,
    )
