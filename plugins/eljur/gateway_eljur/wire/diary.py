"""The diary: timetable, homework and marks in one (notes 4.2).

The timetable alone is a part of it: it lacks subjects' numbers, topics, homework and marks (4.3).
Homework alone is one, too: its items stand under names of subjects and have no numbers (4.4).
"""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Switch, Wire
from gateway_eljur.wire.files import File, Resource
from gateway_eljur.wire.marks import Mark


class Task(Wire, frozen=True):
    """One piece of homework; `id` counts within the lesson."""

    id: Annotated[Key | None, Seen(12)] = None
    value: Annotated[Printed | None, Seen(12)] = None
    individual: Annotated[Switch | None, Seen(12)] = None


class Lesson(Wire, frozen=True):
    """A lesson; what comes after the regular day has no number.

    In spite of its name `lesson_id` is the subject's; older hosts and the timetable lack it.
    Times are told on request; `00:00:00` stands for none. Homework of a class hints by
    `individual_exists` at what single students have beside it.
    """

    name: Annotated[Printed | None, Seen(12)] = None
    lesson_id: Annotated[Key | None, Seen(12)] = None
    num: Annotated[Key | None, Seen(12)] = None
    room: Annotated[Printed | None, Seen(12)] = None
    teacher: Annotated[str | None, Seen(12)] = None
    grp: Annotated[Printed | None, Seen(12)] = None
    starttime: Annotated[str | None, Seen(12)] = None
    endtime: Annotated[str | None, Seen(12)] = None
    topic: Annotated[Printed | None, Seen(12)] = None
    homework: Annotated[Several[Task], Seen(12)] = None
    files: Annotated[Several[File], Seen(12)] = None
    resources: Annotated[Several[Resource], Seen(12)] = None
    is_control: Annotated[Switch | None, Seen(12)] = None
    assessments: Annotated[Several[Mark], Seen(12)] = None
    individual_exists: Annotated[Switch | None, Seen(6)] = None


class Day(Wire, frozen=True):
    """A day; `alert` tells why it has no lessons, or that it is today."""

    name: Annotated[Key | None, Seen(12)] = None
    alert: Annotated[str | None, Seen(12)] = None
    holiday_name: Annotated[Printed | None, Seen(12)] = None
    items: Annotated[Several[Lesson], Seen(12)] = None
    items_extday: Annotated[Several[Lesson], Seen(12)] = None


class StudentDays(Wire, frozen=True):
    """One student's days."""

    name: Annotated[Key | None, Seen(12)] = None
    days: Annotated[Several[Day], Seen(12)] = None
    parent_signed: Annotated[Switch | None, Seen(12)] = None


class Diary(Wire, frozen=True):
    """Days by student; those of a class, where one was asked for, stand by themselves."""

    students: Annotated[Several[StudentDays], Seen(12)] = None
    days: Annotated[Several[Day], Seen(3)] = None
