"""`student_lessons`: what is held, without numbers, with absences."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.myschool.intervals import Week
from gateway_gosuslugi.emulator.myschool.records.values import (
    day,
    lesson_id,
    moment,
    number,
    subject_id,
)

_NOT_HELD: Final = frozenset({m.LessonStatus.CANCELLED, m.LessonStatus.MOVED})
_EXCUSED: Final = frozenset({m.AbsenceReason.ILLNESS, m.AbsenceReason.EXCUSED})
_REASONS: Final = {
    m.AbsenceReason.ILLNESS: "Болезнь",
    m.AbsenceReason.EXCUSED: "По заявлению родителей",
}


def lesson_records(world: World, student: m.Student, week: Week) -> list[JsonObject]:
    """Lessons of a week in the pupil's own school; what is cancelled has no flag, it is absent."""
    absences = {
        item.lesson_key: item
        for item in world.attendance_of(student.key)
        if item.kind is m.AttendanceKind.ABSENT
    }
    return [
        _record(world, item, absences.get(item.key))
        for item in world.lessons_of(student.key, week.monday, week.sunday)
        if is_shown(student, item)
    ]


def is_shown(student: m.Student, lesson: m.Lesson) -> bool:
    """Whether the timetable has a lesson."""
    own = lesson.school_key == student.school_key
    return own and lesson.number is not None and lesson.status not in _NOT_HELD


def _record(world: World, lesson: m.Lesson, absence: m.Attendance | None) -> JsonObject:
    teacher = world.person(world.teacher(lesson.teacher_key).person_key)
    native = lesson_id(lesson.key, lesson.subject_key)
    return {
        "id": native,
        "lesson_id": native,
        "subject_id": subject_id(lesson.subject_key),
        "subject_name": world.subject(lesson.subject_key).name,
        "lastname": teacher.surname,
        "firstname": teacher.given_name,
        "patronymic": teacher.patronymic,
        "start_datetime": moment(lesson.starts_at),
        "end_datetime": moment(lesson.ends_at),
        "room": lesson.room or "-",
        "theme": lesson.topic,
        **_skipping(absence),
    }


def _skipping(absence: m.Attendance | None) -> JsonObject:
    if absence is None:
        return {"skipping_id": None, "type_code": None, "type_description": None}
    excused = absence.reason in _EXCUSED
    return {
        "skipping_id": number("skipping", absence.key),
        "type_code": "allowded" if excused else "notallowded",
        "type_description": "По уважительной причине" if excused else "Без уважительной причины",
        "skipping_description": absence.reason_text
        or (None if absence.reason is None else _REASONS.get(absence.reason)),
        "skip_date": day(absence.date),
    }
