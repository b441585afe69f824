"""The timetable of one day, and one lesson by itself (protocol notes 4.2)."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Seen
from gateway_mos_ru.wire.base import Wire
from gateway_mos_ru.wire.homework import Material
from gateway_mos_ru.wire.people import PersonName


class DayLesson(Wire, frozen=True):
    """A lesson inside an activity, read for what eventcalendar does not tell."""

    schedule_item_id: Annotated[int | None, Seen(4)] = None
    teacher: Annotated[PersonName | None, Seen(4)] = None
    lesson_education_type: Annotated[str | None, Seen(4)] = None


class Activity(Wire, frozen=True):
    """A lesson or a break of a day; `info` is such as «1 урок»."""

    type: Annotated[str | None, Seen(4)] = None
    info: Annotated[str | None, Seen(4)] = None
    building_name: Annotated[str | None, Seen(4)] = None
    lesson: Annotated[DayLesson | None, Seen(4)] = None


class DaySchedule(Wire, frozen=True):
    """The answer of `schedule`."""

    activities: Annotated[list[Activity] | None, Seen(4)]
    date: Annotated[str | None, Seen(4)] = None


class RemoteLesson(Wire, frozen=True):
    """Where a remote lesson is held."""

    link_to_join: Annotated[str | None, Seen(2)] = None


class TeacherComment(Wire, frozen=True):
    """A comment that is more than its text."""

    comment: Annotated[str | None, Assumed("as the lesson has its only one")] = None
    text: Annotated[str | None, Assumed("as written answers have theirs")] = None


class LessonPlan(Wire, frozen=True):
    """What was planned for a lesson."""

    lesson_topic: Annotated[str | None, Seen(6)] = None
    additional_materials: Annotated[list[Material] | None, Seen(4)] = None
    materials: Annotated[list[Material] | None, Seen(2)] = None


class LessonDetails(Wire, frozen=True):
    """The answer of `lesson_schedule_items`."""

    id: Annotated[int, Seen(6)]
    date: Annotated[str | None, Seen(6)] = None
    begin_time: Annotated[str | None, Seen(6)] = None
    end_time: Annotated[str | None, Seen(6)] = None
    subject_id: Annotated[int | None, Seen(6)] = None
    subject_name: Annotated[str | None, Seen(6)] = None
    group_name: Annotated[str | None, Assumed("as the timetable names groups")] = None
    teacher: Annotated[PersonName | None, Seen(6)] = None
    room_number: Annotated[str | None, Seen(6)] = None
    room_name: Annotated[str | None, Seen(6)] = None
    building_name: Annotated[str | None, Seen(6)] = None
    lesson_type: Annotated[str | None, Seen(6)] = None
    course_lesson_type: Annotated[str | None, Seen(6)] = None
    lesson_education_type: Annotated[str | None, Seen(6)] = None
    details: Annotated[LessonPlan | None, Seen(6)] = None
    remote_lesson: Annotated[RemoteLesson | None, Seen(3)] = None
    comment: Annotated[str | None, Seen(6)] = None
    teacher_comments: Annotated[list[TeacherComment | str] | None, Seen(3)] = None
