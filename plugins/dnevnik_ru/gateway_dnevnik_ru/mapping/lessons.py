"""Lessons."""

from gateway.core.model.lessons import LessonStatus
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.files import app_file_records
from gateway_dnevnik_ru.mapping.references import People, Subjects, app_teacher
from gateway_dnevnik_ru.mapping.text import plain, printed
from gateway_dnevnik_ru.mapping.words import LESSON_STATUSES
from gateway_dnevnik_ru.wire.base import Printed
from gateway_dnevnik_ru.wire.mobile_diary import DiaryLesson, LessonDetails, LessonHours
from gateway_dnevnik_ru.wire.schedule import Lesson, ScheduleLesson

_UNTAUGHT: Record = {"name": "—"}


def lesson_record(
    context: MapContext, lesson: ScheduleLesson, day: str, subjects: Subjects, people: People
) -> Record:
    """A lesson of the diary bundle."""
    record: Record = {
        "id": f"{context.keys.lesson}{lesson.id}",
        "date": day,
        "subject": subjects.get(lesson.subject_id) or _UNTAUGHT,
    }
    if lesson.number is not None:
        record["number"] = lesson.number
    hours = context.clock.hours(day, lesson.hours)
    if hours is not None:
        record["starts_at"], record["ends_at"] = hours
    if lesson.teachers:
        record["teachers"] = [people.get(number) for number in lesson.teachers]
    if lesson.place:
        record["room"] = plain(printed(lesson.place))
    if lesson.building:
        record["building"] = plain(printed(lesson.building))
    if lesson.floor:
        record["floor"] = plain(printed(lesson.floor))
    if lesson.title:
        record["topic"] = plain(lesson.title)
    if lesson.status:
        record["status"] = status_of(lesson.status)
        record["status_text"] = lesson.status
    return record


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


def subgroup(context: MapContext, lesson: DiaryLesson) -> Record | None:
    """The part of the class that has the lesson; None for the whole class."""
    group = lesson.group
    if group is None or group.id is None or not group.parent_id:
        return None
    return {
        "id": f"{context.keys.group}{group.id}",
        "name": plain(group.name) or f"№ {group.id}",
    }


def app_lesson_record(
    context: MapContext, lesson: DiaryLesson, number: int, day: str, subject: Record | None
) -> Record:
    """A lesson as the app's diary tells it."""
    record: Record = {
        "id": f"{context.keys.lesson}{number}",
        "date": day,
        "subject": subject or _UNTAUGHT,
    }
    teacher = app_teacher(context, lesson.teacher)
    optional: Record = {
        "number": lesson.number,
        "starts_at": context.clock.moment(lesson.start_date_time),
        "ends_at": context.clock.moment(lesson.end_date_time),
        "room": plain(printed(lesson.place)),
        "topic": plain(lesson.theme),
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    if teacher is not None:
        record["teachers"] = [teacher]
    add_app_lesson(context, record, lesson)
    return record


def single_lesson_record(
    context: MapContext, lesson: Lesson, day: str, details: LessonDetails | None
) -> Record:
    """One lesson by itself; the app's interface adds times, room, comment and files."""
    subject = lesson.subject
    record: Record = {
        "id": f"{context.keys.lesson}{lesson.id}",
        "date": day,
        "subject": (
            Subjects(context, [subject]).get(subject.id) if subject is not None else _UNTAUGHT
        ),
    }
    if lesson.number is not None:
        record["number"] = lesson.number
    if lesson.title:
        record["topic"] = plain(lesson.title)
    if lesson.status:
        record["status"] = status_of(lesson.status)
        record["status_text"] = lesson.status
    teacher = app_teacher(context, details.teacher) if details else None
    if teacher is not None and "id" not in teacher and lesson.teachers:
        teacher["id"] = f"{context.keys.person}{lesson.teachers[0]}"
    if teacher is not None:
        record["teachers"] = [teacher]
    elif lesson.teachers:
        people = People(context, ())
        record["teachers"] = [people.get(number) for number in lesson.teachers]
    if details is not None:
        record["comment"] = plain(details.comment.text) if details.comment else None
        record["attachments"] = list(app_file_records(context, details.attachments or ()).values())
        room = plain(printed(details.place))
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
