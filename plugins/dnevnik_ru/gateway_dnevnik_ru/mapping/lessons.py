"""Lessons."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from gateway.core.model.base import Reference
from gateway.core.model.lessons import LessonStatus
from gateway.core.text.printed import label, plain, printed
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.files import app_file_records
from gateway_dnevnik_ru.mapping.references import (
    NO_SUBJECT,
    People,
    Subjects,
    app_teacher,
    reference,
    subject_of,
)
from gateway_dnevnik_ru.mapping.words import LESSON_STATUSES
from gateway_dnevnik_ru.wire.base import Printed
from gateway_dnevnik_ru.wire.mobile_diary import DiaryLesson, LessonDetails, LessonHours
from gateway_dnevnik_ru.wire.schedule import Lesson, ScheduleLesson

AppLessons = Mapping[int, DiaryLesson]
"""Lessons of the app's diary by number."""

_LAST = 99


def lesson_records(
    context: MapContext,
    lessons: Iterable[ScheduleLesson],
    day: str,
    subjects: Subjects,
    people: People,
    told: AppLessons | None = None,
) -> list[Record]:
    """The lessons of one day of the diary bundle, by number; `told` is the app's diary.

    Most of a timetable is made here: names are local, and nothing is looked up twice.
    """
    prefix, hours_of = context.keys.lesson, context.clock.hours
    subject_of, person_of = subjects.get, people.get
    records: list[Record] = []
    for lesson in sorted(lessons, key=_number):
        record: Record = {
            "id": f"{prefix}{lesson.id}",
            "date": day,
            "subject": subject_of(lesson.subject_id) or NO_SUBJECT,
            "number": lesson.number,
            "teachers": [person_of(number) for number in lesson.teachers or ()],
        }
        hours = hours_of(day, lesson.hours)
        if hours is not None:
            record["starts_at"], record["ends_at"] = hours
        if lesson.place:
            record["room"] = label(lesson.place)
        if lesson.building:
            record["building"] = label(lesson.building)
        if lesson.floor:
            record["floor"] = label(lesson.floor)
        if lesson.title:
            record["topic"] = plain(lesson.title)
        if lesson.status:
            record["status"] = status_of(lesson.status)
            record["status_text"] = lesson.status
        app = told.get(lesson.id) if told else None
        if app is not None:
            add_app_lesson(context, record, app)
        records.append(record)
    return records


@lru_cache(maxsize=256)
def status_of(word: str) -> LessonStatus:
    """What became of a lesson, by the provider's word."""
    return LESSON_STATUSES.get(word.lower(), LessonStatus.UNKNOWN)


def add_app_lesson(context: MapContext, record: Record, told: DiaryLesson) -> None:
    """Adds to a lesson what only the app's diary tells."""
    if told.is_canceled:
        record["status"] = LessonStatus.CANCELLED
    record["comment"] = plain(told.comment.text) if told.comment else None
    group = subgroup(context, told)
    if group is not None:
        record["group"] = group


def subgroup(context: MapContext, lesson: DiaryLesson) -> Reference | None:
    """The part of the class that has the lesson; None for the whole class."""
    group = lesson.group
    if group is None or group.id is None or not group.parent_id:
        return None
    return reference(context.keys.group, group.id, group.name)


def app_lesson_record(
    context: MapContext, lesson: DiaryLesson, number: int, day: str, subject: Reference | None
) -> Record:
    """A lesson as the app's diary tells it."""
    record: Record = {
        "id": f"{context.keys.lesson}{number}",
        "date": day,
        "subject": subject or NO_SUBJECT,
        "number": lesson.number,
    }
    teacher = app_teacher(context, lesson.teacher)
    optional: Record = {
        "starts_at": context.clock.moment(lesson.start_date_time),
        "ends_at": context.clock.moment(lesson.end_date_time),
        "room": printed(lesson.place),
        "topic": plain(lesson.theme),
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    record["teachers"] = [] if teacher is None else [teacher]
    add_app_lesson(context, record, lesson)
    return record


def single_lesson_record(
    context: MapContext, lesson: Lesson, day: str, details: LessonDetails | None
) -> Record:
    """One lesson by itself; the app's interface adds times, room, comment and files."""
    record: Record = {
        "id": f"{context.keys.lesson}{lesson.id}",
        "date": day,
        "subject": subject_of(context, lesson.subject) or NO_SUBJECT,
        "number": lesson.number,
    }
    if lesson.title:
        record["topic"] = plain(lesson.title)
    if lesson.status:
        record["status"] = status_of(lesson.status)
        record["status_text"] = lesson.status
    first = lesson.teachers[0] if lesson.teachers else None
    teacher = app_teacher(context, details.teacher, first) if details else None
    if teacher is not None:
        record["teachers"] = [teacher]
    else:
        people = People(context, ())
        record["teachers"] = [people.get(number) for number in lesson.teachers or ()]
    if details is not None:
        record["comment"] = plain(details.comment.text) if details.comment else None
        record["attachments"] = list(app_file_records(context, details.attachments or ()).values())
        room = printed(details.place)
        if room:
            record["room"] = room
        hours = _hours(details.hours)
        times = context.clock.hours(day, hours) if hours else None
        if times is not None:
            record["starts_at"], record["ends_at"] = times
    return record


def _hours(hours: LessonHours | None) -> str | None:
    if hours is None:
        return None
    start = _clock(hours.start_hour, hours.start_minute)
    end = _clock(hours.end_hour, hours.end_minute)
    return f"{start} - {end}" if start and end else None


def _clock(hour: Printed | None, minute: Printed | None) -> str | None:
    hours, minutes = printed(hour), printed(minute)
    return f"{hours}:{minutes:0>2}" if hours and minutes else None


def _number(lesson: ScheduleLesson) -> int:
    return _LAST if lesson.number is None else lesson.number
