"""`student_marks` (notes 4.3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_gosuslugi.myschool.wire.base import Printed, Wire


class Mark(Wire, frozen=True):
    """A cell of the register with one value or two."""

    marks_id: Annotated[Printed | None, Seen(3)] = None
    id: Annotated[Printed | None, Seen(3)] = None
    subject_id: Annotated[Printed | None, Seen(3)] = None
    subject_name: Annotated[str | None, Seen(3)] = None
    lesson_id: Annotated[Printed | None, Seen(3)] = None
    mark_value1: Annotated[Printed | None, Seen(3)] = None
    mark_value2: Annotated[Printed | None, Seen(3)] = None
    mark_date: Annotated[str | None, Seen(3)] = None
    create_datetime: Annotated[str | None, Seen(3)] = None
    correction_date: Annotated[str | None, Seen(3)] = None
    work_type_code: Annotated[str | None, Seen(3)] = None
    work_type_description: Annotated[str | None, Seen(3)] = None
    work_name: Annotated[str | None, Seen(3)] = None
    weight: Annotated[Printed | None, Seen(3)] = None
    comment: Annotated[str | None, Seen(3)] = None
