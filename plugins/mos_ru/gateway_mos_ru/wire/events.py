"""The timetable and other events of eventcalendar (protocol notes 4.2)."""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_mos_ru.wire.base import Wire
from gateway_mos_ru.wire.marks import Mark


class HomeworkEntry(Wire, frozen=True):
    """A piece of homework beside its lesson; `duration` is in minutes."""

    homework_entry_id: Annotated[int | None, Seen(2)] = None
    description: Annotated[str | None, Seen(2)] = None
    duration: Annotated[int | None, Seen(2)] = None


class EventHomework(Wire, frozen=True):
    """The homework due at a lesson: its texts, mostly without numbers."""

    descriptions: Annotated[list[str] | None, Seen(9)] = None
    entries: Annotated[list[HomeworkEntry] | None, Seen(2)] = None


class EventSubject(Wire, frozen=True):
    """A subject of an olympiad."""

    name: Annotated[str | None, Seen(1)] = None


class LessonForm(Wire, frozen=True):
    """How a lesson is given."""

    name: Annotated[str | None, Documented()] = None


class Event(Wire, frozen=True):
    """A lesson or another event; which it is, `source` tells.

    The clock of its moments is the school's. Fields of all sources stand together.
    """

    id: Annotated[int | str, Seen(9)]
    source: Annotated[str | None, Seen(9)] = None
    start_at: Annotated[str | None, Seen(9)] = None
    finish_at: Annotated[str | None, Seen(9)] = None
    cancelled: Annotated[bool | None, Seen(9)] = None
    replaced: Annotated[bool | None, Seen(9)] = None
    subject_id: Annotated[int | None, Seen(9)] = None
    subject_name: Annotated[str | None, Seen(9)] = None
    room_number: Annotated[str | None, Seen(9)] = None
    room_name: Annotated[str | None, Seen(9)] = None
    building_name: Annotated[str | None, Seen(3)] = None
    lesson_type: Annotated[str | None, Seen(9)] = None
    course_lesson_type: Annotated[str | None, Seen(9)] = None
    lesson_form: Annotated[LessonForm | None, Documented()] = None
    lesson_name: Annotated[str | None, Seen(3)] = None
    lesson_theme: Annotated[str | None, Seen(4)] = None
    group_name: Annotated[str | None, Seen(3)] = None
    link_to_join: Annotated[str | None, Seen(9)] = None
    conference_link: Annotated[str | None, Seen(3)] = None
    homework: Annotated[EventHomework | None, Seen(9)] = None
    marks: Annotated[list[Mark] | None, Seen(9)] = None
    is_missed_lesson: Annotated[bool | None, Seen(9)] = None
    absence_reason_id: Annotated[int | None, Seen(9)] = None
    nonattendance_reason_id: Annotated[int | None, Seen(9)] = None
    health_status: Annotated[str | None, Seen(9)] = None
    title: Annotated[str | None, Seen(3)] = None
    description: Annotated[str | None, Seen(3)] = None
    address: Annotated[str | None, Seen(3)] = None
    place: Annotated[str | None, Seen(3)] = None
    place_name: Annotated[str | None, Seen(3)] = None
    url: Annotated[str | None, Seen(3)] = None
    format_name: Annotated[str | None, Seen(3)] = None
    stage: Annotated[str | None, Seen(1)] = None
    author_name: Annotated[str | None, Seen(3)] = None
    subjects: Annotated[list[EventSubject] | None, Seen(1)] = None


class Events(Wire, frozen=True):
    """The answer of `events`."""

    response: Annotated[list[Event] | None, Seen(9)]
    total_count: Annotated[int | None, Seen(9)] = None
