"""What «Маяк» sends. The mark of each field says how sure it is (protocol notes 2, 3).

Fields that we do not know are passed over.
"""

from datetime import date, datetime, time
from typing import Annotated

from msgspec import Struct

from gateway.core.contract.evidence import Assumed, Documented, Seen


class SignIn(Struct, frozen=True):
    """Tokens, or the ticket of a code that was sent."""

    access_token: Annotated[str | None, Seen(2)] = None
    refresh_token: Annotated[str | None, Seen(2)] = None
    expires_in: Annotated[int | None, Documented()] = None
    ticket: Annotated[str | None, Seen(1)] = None
    sent_to: Annotated[str | None, Seen(1)] = None


class Refusal(Struct, frozen=True):
    """Why the service said no."""

    error: Annotated[str, Seen(2)]
    retry_after: Annotated[int | None, Documented()] = None


class Named(Struct, frozen=True):
    """A subject, a person, a school, a class."""

    id: Annotated[str, Seen(2)]
    name: Annotated[str, Seen(2)]


class File(Struct, frozen=True):
    """A file that hangs on homework or a letter."""

    id: Annotated[str, Seen(1)]
    name: Annotated[str, Seen(1)]
    media_type: Annotated[str | None, Documented()] = None
    size: Annotated[int | None, Documented()] = None


class Pupil(Struct, frozen=True):
    """A student whose diary the account reads."""

    id: Annotated[str, Seen(2)]
    surname: Annotated[str, Seen(2)]
    given_name: Annotated[str, Seen(2)]
    zone: Annotated[str, Seen(1)]
    school: Annotated[Named, Seen(2)]
    class_group: Annotated[Named, Seen(2)]
    patronymic: Annotated[str | None, Seen(2)] = None
    sex: Annotated[str | None, Documented()] = None
    birth_date: Annotated[date | None, Documented()] = None
    grade: Annotated[int | None, Seen(1)] = None
    region: Annotated[str | None, Assumed("the site's address carries it")] = None
    label: Annotated[str | None, Documented()] = None


class Me(Struct, frozen=True):
    """The person who signed in."""

    id: Annotated[str, Seen(2)]
    role: Annotated[str, Seen(2)]
    students: Annotated[tuple[Pupil, ...], Seen(2)]


class Lesson(Struct, frozen=True):
    """One lesson of a day."""

    id: Annotated[str, Seen(2)]
    subject: Annotated[Named, Seen(2)]
    starts: Annotated[time, Seen(2)]
    ends: Annotated[time, Seen(2)]
    status: Annotated[str, Seen(1)]
    number: Annotated[int | None, Seen(2)] = None
    teacher: Annotated[Named | None, Seen(2)] = None
    room: Annotated[str | None, Seen(2)] = None
    topic: Annotated[str | None, Seen(2)] = None


class Link(Struct, frozen=True):
    """An address that the teacher set as homework."""

    title: Annotated[str, Documented()]
    url: Annotated[str, Documented()]


class Task(Struct, frozen=True):
    """Homework, on the day it is due."""

    id: Annotated[str, Seen(2)]
    subject: Annotated[Named, Seen(2)]
    text: Annotated[str, Seen(2)]
    done: Annotated[bool, Seen(1)]
    lesson: Annotated[str | None, Seen(1)] = None
    given: Annotated[date | None, Documented()] = None
    teacher: Annotated[Named | None, Documented()] = None
    files: Annotated[tuple[File, ...], Seen(1)] = ()
    links: Annotated[tuple[Link, ...], Documented()] = ()


class Mark(Struct, frozen=True):
    """One sign; the values of one cell share `cell` and `cell_sign`."""

    id: Annotated[str, Seen(2)]
    lesson: Annotated[str, Seen(2)]
    subject: Annotated[Named, Seen(2)]
    sign: Annotated[str, Seen(2)]
    scale: Annotated[str, Seen(2)]
    weight: Annotated[int, Seen(1)]
    counts: Annotated[bool, Documented()]
    given_at: Annotated[datetime, Seen(1)]
    work: Annotated[str, Seen(2)]
    title: Annotated[str | None, Seen(1)] = None
    comment: Annotated[str | None, Seen(1)] = None
    teacher: Annotated[Named | None, Documented()] = None
    cell: Annotated[str | None, Seen(1)] = None
    cell_sign: Annotated[str | None, Seen(1)] = None
    hand_in_by: Annotated[date | None, Documented()] = None
    retaken_as: Annotated[str | None, Documented()] = None
    corrected_at: Annotated[datetime | None, Documented()] = None


class Absence(Struct, frozen=True):
    """What was noted at a lesson."""

    id: Annotated[str, Seen(1)]
    lesson: Annotated[str, Seen(1)]
    subject: Annotated[Named, Seen(1)]
    kind: Annotated[str, Seen(1)]
    number: Annotated[int | None, Seen(1)] = None
    cause: Annotated[str | None, Documented()] = None
    explanation: Annotated[str | None, Documented()] = None


class Day(Struct, frozen=True):
    """One day of the diary."""

    date: Annotated[date, Seen(2)]
    lessons: Annotated[tuple[Lesson, ...], Seen(2)]
    homework: Annotated[tuple[Task, ...], Seen(2)]
    marks: Annotated[tuple[Mark, ...], Seen(2)]
    absences: Annotated[tuple[Absence, ...], Seen(1)]


class Days(Struct, frozen=True):
    """Days in order; free days are left out."""

    days: Annotated[tuple[Day, ...], Seen(2)]


class Period(Struct, frozen=True):
    """A quarter, trimester, half-year or module."""

    id: Annotated[str, Seen(1)]
    kind: Annotated[str, Seen(1)]
    name: Annotated[str, Seen(1)]
    number: Annotated[int, Seen(1)]
    school_year: Annotated[int, Seen(1)]
    starts: Annotated[date, Seen(1)]
    ends: Annotated[date, Seen(1)]


class Periods(Struct, frozen=True):
    """Periods of a school year."""

    periods: Annotated[tuple[Period, ...], Seen(1)]


class Result(Struct, frozen=True):
    """Where a student stands in a subject; averages come as text."""

    subject: Annotated[Named, Seen(1)]
    marks: Annotated[int, Seen(1)]
    missed: Annotated[int, Documented()]
    average: Annotated[str | None, Seen(1)] = None
    weighted: Annotated[str | None, Documented()] = None
    final: Annotated[str | None, Seen(1)] = None


class Results(Struct, frozen=True):
    """Results of one period."""

    period: Annotated[Named, Seen(1)]
    results: Annotated[tuple[Result, ...], Seen(1)]


class Final(Struct, frozen=True):
    """A final grade."""

    id: Annotated[str, Seen(1)]
    subject: Annotated[Named, Seen(1)]
    kind: Annotated[str, Seen(1)]
    sign: Annotated[str, Seen(1)]
    scale: Annotated[str, Seen(1)]
    school_year: Annotated[int, Seen(1)]
    period: Annotated[Named | None, Seen(1)] = None
    given: Annotated[date | None, Documented()] = None


class Finals(Struct, frozen=True):
    """Final grades of one school year."""

    finals: Annotated[tuple[Final, ...], Seen(1)]


class Contact(Struct, frozen=True):
    """Somebody who may be written to."""

    id: Annotated[str, Seen(1)]
    name: Annotated[str, Seen(1)]
    group: Annotated[str | None, Documented()] = None
    post: Annotated[str | None, Documented()] = None


class Contacts(Struct, frozen=True):
    """Everybody who may be written to."""

    contacts: Annotated[tuple[Contact, ...], Seen(1)]


class Letter(Struct, frozen=True):
    """A letter; text, recipients and files come only with the letter itself."""

    id: Annotated[str, Seen(1)]
    folder: Annotated[str, Seen(1)]
    subject: Annotated[str, Seen(1)]
    sender: Annotated[Named, Seen(1)]
    sent_at: Annotated[datetime, Seen(1)]
    read: Annotated[bool, Seen(1)]
    beginning: Annotated[str | None, Documented()] = None
    has_files: Annotated[bool | None, Documented()] = None
    text: Annotated[str | None, Seen(1)] = None
    recipients: Annotated[tuple[Named, ...], Seen(1)] = ()
    files: Annotated[tuple[File, ...], Documented()] = ()


class Letters(Struct, frozen=True):
    """One page of a folder."""

    letters: Annotated[tuple[Letter, ...], Seen(1)]
    next: Annotated[str | None, Seen(1)] = None


class Sent(Struct, frozen=True):
    """What a write brought about."""

    id: Annotated[str, Seen(1)]
