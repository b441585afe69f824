"""`student_classes`: school, class and periods of one school year (notes 4.3)."""

from typing import Annotated

from msgspec import field

from gateway.core.contract.evidence import Seen
from gateway_gosuslugi.myschool.wire.base import Printed, Wire


class Period(Wire, frozen=True):
    """A period; `period_type_descrioption` is the service's own spelling."""

    period_id: Annotated[Printed | None, Seen(2)] = None
    period_num: Annotated[Printed | None, Seen(2)] = None
    period_start_date: Annotated[str | None, Seen(2)] = None
    period_end_date: Annotated[str | None, Seen(2)] = None
    period_type_code: Annotated[str | None, Seen(2)] = None
    description: Annotated[str | None, Seen(2)] = field(
        name="period_type_descrioption", default=None
    )


class SchoolClass(Wire, frozen=True):
    """A pupil's place in one school in one year."""

    short_name: Annotated[str | None, Seen(2)] = None
    class_num: Annotated[Printed | None, Seen(2)] = None
    class_letter: Annotated[str | None, Seen(2)] = None
    academ_year: Annotated[Printed | None, Seen(2)] = None
    periods: Annotated[list[Period] | None, Seen(2)] = None
