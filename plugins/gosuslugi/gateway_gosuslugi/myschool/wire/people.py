"""Children of the account, and the school year (notes 4.2)."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Seen
from gateway_gosuslugi.myschool.wire.base import Printed, Wire


class Student(Wire, frozen=True):
    """A pupil whose diary the account opens."""

    student_id: Annotated[Printed, Seen(2)]
    student_first_name: Annotated[str | None, Seen(2)] = None
    student_last_name: Annotated[str | None, Seen(2)] = None
    student_middle_name: Annotated[str | None, Seen(2)] = None
    student_region: Annotated[Printed | None, Seen(2)] = None


class CurrentYear(Wire, frozen=True):
    """The year in which the running school year began."""

    current_year: Annotated[int, Assumed("its JSON type was not captured: text is taken too")]
