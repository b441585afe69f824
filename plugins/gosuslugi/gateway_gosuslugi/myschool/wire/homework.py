"""`student_homeworks_materials` (notes 4.3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_gosuslugi.myschool.wire.base import Printed, Wire


class Material(Wire, frozen=True):
    """A link beside homework."""

    name: Annotated[str | None, Seen(2)] = None
    link: Annotated[str | None, Seen(2)] = None


class Homework(Wire, frozen=True):
    """A piece of homework."""

    homeworks_id: Annotated[Printed | None, Seen(2)] = None
    id: Annotated[Printed | None, Seen(2)] = None
    subject_id: Annotated[Printed | None, Seen(2)] = None
    subject_name: Annotated[str | None, Seen(2)] = None
    description: Annotated[str | None, Seen(2)] = None
    issue_date: Annotated[str | None, Seen(2)] = None
    plan_ready_date: Annotated[str | None, Seen(2)] = None
    issue_lesson_id: Annotated[Printed | None, Seen(2)] = None
    ready_lesson_id: Annotated[Printed | None, Seen(2)] = None
    materials: Annotated[list[Material] | None, Seen(2)] = None
