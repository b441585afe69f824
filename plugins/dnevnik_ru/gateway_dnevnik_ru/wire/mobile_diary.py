"""The app's diary week and one lesson (protocol notes 4.2)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Moment, Printed, Wire
from gateway_dnevnik_ru.wire.mobile import (
    MobileAttachment,
    MobileComment,
    MobileGroup,
    MobileHomework,
    MobileMark,
    MobileSubject,
    MobileTeacher,
)


class WorkMarks(Wire, frozen=True):
    """The marks of one work."""

    work_id: Annotated[int | None, Seen(4)] = None
    marks: Annotated[list[MobileMark] | None, Seen(4)] = None


class DiaryLesson(Wire, frozen=True):
    """A lesson; its moments are naive."""

    id: Annotated[int | None, Seen(4)] = None
    number: Annotated[int | None, Seen(4)] = None
    place: Annotated[Printed | None, Seen(3)] = None
    start_date_time: Annotated[Moment | None, Seen(4)] = None
    end_date_time: Annotated[Moment | None, Seen(4)] = None
    is_canceled: Annotated[bool | None, Seen(4)] = None
    theme: Annotated[str | None, Seen(4)] = None
    subject: Annotated[MobileSubject | None, Seen(4)] = None
    important_works: Annotated[list[str] | None, Seen(4)] = None
    homework: Annotated[MobileHomework | None, Seen(4)] = None
    work_marks: Annotated[list[WorkMarks] | None, Seen(4)] = None
    is_empty: Annotated[bool | None, Seen(2)] = None
    comment: Annotated[MobileComment | None, Seen(2)] = None
    teacher: Annotated[MobileTeacher | None, Seen(4)] = None
    group: Annotated[MobileGroup | None, Seen(4)] = None


class MobileDay(Wire, frozen=True):
    """A day; `date` until version 7, `date_time` from version 8."""

    date: Annotated[Moment | None, Seen(3)] = None
    date_time: Annotated[Moment | None, Seen(1)] = None
    lessons: Annotated[list[DiaryLesson] | None, Seen(4)] = None


class MobileWeek(Wire, frozen=True):
    """A week."""

    days: Annotated[list[MobileDay] | None, Seen(4)] = None


class MobileDiary(Wire, frozen=True):
    """Some weeks of the diary."""

    weeks: Annotated[list[MobileWeek], Seen(4)]


class LessonHours(Wire, frozen=True):
    """Clock times, each part a text."""

    start_hour: Annotated[Printed | None, Seen(2)] = None
    start_minute: Annotated[Printed | None, Seen(2)] = None
    end_hour: Annotated[Printed | None, Seen(2)] = None
    end_minute: Annotated[Printed | None, Seen(2)] = None


class LessonDetails(Wire, frozen=True):
    """One lesson with what only a look at it tells."""

    hours: Annotated[LessonHours | None, Seen(2)] = None
    place: Annotated[Printed | None, Seen(2)] = None
    teacher: Annotated[MobileTeacher | None, Seen(2)] = None
    attachments: Annotated[list[MobileAttachment] | None, Seen(2)] = None
    comment: Annotated[MobileComment | None, Seen(1)] = None
