"""The app's interface: the account, and what all of its answers share (protocol notes 3, 4.2)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Moment, Printed, Wire
from gateway_dnevnik_ru.wire.errors import Metadata


class MobileSubject(Wire, frozen=True):
    """A subject."""

    id: Annotated[int | None, Seen(6)] = None
    name: Annotated[str | None, Seen(6)] = None


class MobileMark(Wire, frozen=True):
    """A value of a cell."""

    id: Annotated[int | None, Seen(6)] = None
    value: Annotated[Printed | None, Seen(6)] = None
    metadata: Annotated[Metadata | None, Seen(1)] = None


class MobileGroup(Wire, frozen=True):
    """A class, or a subgroup with its class."""

    id: Annotated[int | None, Seen(6)] = None
    name: Annotated[str | None, Seen(6)] = None
    parent_id: Annotated[int | None, Seen(3)] = None


class MobileSchool(Wire, frozen=True):
    """A school."""

    id: Annotated[int | None, Seen(5)] = None
    name: Annotated[str | None, Seen(5)] = None
    type: Annotated[str | None, Seen(3)] = None


class MobilePeriod(Wire, frozen=True):
    """A reporting period."""

    id: Annotated[int | None, Seen(4)] = None
    type: Annotated[str | None, Seen(4)] = None
    date_start: Annotated[Moment | None, Seen(4)] = None
    date_finish: Annotated[Moment | None, Seen(4)] = None
    study_year: Annotated[int | None, Seen(4)] = None


class MobilePeriodGroup(Wire, frozen=True):
    """The periods of a class."""

    periods: Annotated[list[MobilePeriod] | None, Seen(4)] = None


class MobilePerson(Wire, frozen=True):
    """A pupil whose diary the account reads; one entry for each school."""

    person_id: Annotated[int, Seen(5)]
    user_id: Annotated[int | None, Seen(5)] = None
    sex: Annotated[str | None, Seen(5)] = None
    first_name: Annotated[str | None, Seen(5)] = None
    middle_name: Annotated[str | None, Seen(5)] = None
    last_name: Annotated[str | None, Seen(5)] = None
    school: Annotated[MobileSchool | None, Seen(5)] = None
    group: Annotated[MobileGroup | None, Seen(5)] = None
    reporting_period_group: Annotated[MobilePeriodGroup | None, Seen(4)] = None


class MobileContext(Wire, frozen=True):
    """Who is signed in: `users/{userId}/context`."""

    context_persons: Annotated[list[MobilePerson] | None, Seen(5)]


class MobileAttachment(Wire, frozen=True):
    """A file."""

    file_id: Annotated[Printed | None, Seen(3)] = None
    file_name: Annotated[str | None, Seen(3)] = None
    extension: Annotated[str | None, Seen(3)] = None


class MobileHomework(Wire, frozen=True):
    """Homework of a lesson, all works together."""

    text: Annotated[str | None, Seen(5)] = None
    is_completed: Annotated[bool | None, Seen(4)] = None
    attachments: Annotated[list[MobileAttachment] | None, Seen(4)] = None
    work_is_attach_required: Annotated[bool | None, Seen(2)] = None
    metadata: Annotated[Metadata | None, Seen(1)] = None


class MobileTeacher(Wire, frozen=True):
    """A teacher; the number may be 0."""

    person_id: Annotated[int | None, Seen(4)] = None
    first_name: Annotated[str | None, Seen(4)] = None
    middle_name: Annotated[str | None, Seen(4)] = None
    last_name: Annotated[str | None, Seen(4)] = None


class MobileComment(Wire, frozen=True):
    """A teacher's comment on a lesson; the form of `author` is not known."""

    author: Annotated[MobileTeacher | str | None, Seen(1)] = None
    text: Annotated[str | None, Seen(1)] = None
