"""What the site's own scripts ask for: planned control works, tasks of courses (notes 4.12)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Wire


class ControlWork(Wire, frozen=True):
    """A planned work: in spite of its name `title` is the subject, `header` says what it is."""

    date: Annotated[str | None, Seen(1)] = None
    header: Annotated[Printed | None, Seen(1)] = None
    title: Annotated[Printed | None, Seen(1)] = None


class ControlWorks(Wire, frozen=True):
    """Works between two days."""

    rows: Annotated[Several[ControlWork], Seen(1)]


class CourseTask(Wire, frozen=True):
    """A task of a course with its deadline; what `type_evaluation` may be is not known."""

    id: Annotated[Key | None, Seen(1)] = None
    name: Annotated[Printed | None, Seen(1)] = None
    deadline_at: Annotated[str | None, Seen(1)] = None
    type_evaluation: Annotated[Printed | None, Seen(1)] = None
    course_id: Annotated[Key | None, Seen(1)] = None


class TaskList(Wire, frozen=True):
    """Tasks of all courses."""

    tasks: Annotated[Several[CourseTask], Seen(1)] = None


class CourseTasks(Wire, frozen=True):
    """Tasks that were set to the account's holder; the answer has an envelope of its own."""

    result: Annotated[TaskList | list[object] | None, Seen(1)]
