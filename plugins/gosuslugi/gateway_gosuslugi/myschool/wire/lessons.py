"""`student_lessons`: the timetable (notes 4.3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_gosuslugi.myschool.wire.base import Printed, Wire


class Lesson(Wire, frozen=True):
    """A lesson; `type_code` and its neighbours tell of an absence from it."""

    lesson_id: Annotated[Printed | None, Seen(2)] = None
    id: Annotated[Printed | None, Seen(2)] = None
    subject_id: Annotated[Printed | None, Seen(2)] = None
    subject_name: Annotated[str | None, Seen(2)] = None
    lastname: Annotated[str | None, Seen(2)] = None
    firstname: Annotated[str | None, Seen(2)] = None
    patronymic: Annotated[str | None, Seen(2)] = None
    start_datetime: Annotated[str | None, Seen(2)] = None
    end_datetime: Annotated[str | None, Seen(2)] = None
    room: Annotated[Printed | None, Seen(2)] = None
    theme: Annotated[str | None, Seen(2)] = None
    skipping_id: Annotated[Printed | None, Seen(2)] = None
    type_code: Annotated[str | None, Seen(2)] = None
    type_description: Annotated[str | None, Seen(2)] = None
    skipping_description: Annotated[str | None, Seen(2)] = None
    skip_date: Annotated[str | None, Seen(2)] = None
