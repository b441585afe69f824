"""The diary bundle and single lessons (protocol notes 4.2)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.attendance import LogEntry
from gateway_dnevnik_ru.wire.base import Printed, Wire
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.people import Person
from gateway_dnevnik_ru.wire.schools import BundleSubject, Subject
from gateway_dnevnik_ru.wire.works import BundleWorkType, Work


class ScheduleLesson(Wire, frozen=True):
    """A lesson of the bundle; `title` is the topic, `hours` such as «08:50 - 09:30»."""

    id: Annotated[int, Seen(11)]
    title: Annotated[str | None, Seen(11)] = None
    number: Annotated[int | None, Seen(11)] = None
    subject_id: Annotated[int | None, Seen(11)] = None
    status: Annotated[str | None, Seen(6)] = None
    building: Annotated[Printed | None, Seen(5)] = None
    place: Annotated[Printed | None, Seen(8)] = None
    floor: Annotated[Printed | None, Seen(5)] = None
    hours: Annotated[str | None, Seen(11)] = None
    teachers: Annotated[list[int] | None, Seen(8)] = None


class ScheduleTeacher(Wire, frozen=True):
    """A teacher beside the lessons that name them."""

    person: Annotated[Person | None, Seen(6)] = None


class TimetableDay(Wire, frozen=True):
    """One day with no more of the bundle than its lessons name."""

    date: Annotated[str | None, Seen(11)] = None
    lessons: Annotated[list[ScheduleLesson] | None, Seen(11)] = None
    subjects: Annotated[list[BundleSubject] | None, Seen(11)] = None
    teachers: Annotated[list[ScheduleTeacher] | None, Seen(6)] = None


class Timetable(Wire, frozen=True):
    """The diary bundle read for its timetable: two thirds of it are passed over."""

    days: Annotated[list[TimetableDay], Seen(11)]


class ScheduleDay(TimetableDay, frozen=True):
    """One day with everything that its lessons name."""

    marks: Annotated[list[Mark] | None, Seen(11)] = None
    works: Annotated[list[Work] | None, Seen(11)] = None
    homeworks: Annotated[list[Work] | None, Seen(11)] = None
    work_types: Annotated[list[BundleWorkType] | None, Seen(6)] = None
    lesson_log_entries: Annotated[list[LogEntry] | None, Seen(6)] = None


class Schedule(Wire, frozen=True):
    """The diary bundle: `persons/{p}/groups/{g}/schedules`."""

    days: Annotated[list[ScheduleDay], Seen(11)]


class Lesson(Wire, frozen=True):
    """A lesson by itself: with its subject and works, without clock times."""

    id: Annotated[int, Seen(8)]
    title: Annotated[str | None, Seen(8)] = None
    date: Annotated[str | None, Seen(8)] = None
    number: Annotated[int | None, Seen(8)] = None
    subject: Annotated[Subject | None, Seen(8)] = None
    status: Annotated[str | None, Seen(4)] = None
    works: Annotated[list[Work] | None, Seen(6)] = None
    teachers: Annotated[list[int] | None, Seen(5)] = None
