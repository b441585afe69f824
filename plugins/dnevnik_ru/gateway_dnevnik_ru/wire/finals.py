"""Results of periods, years and exams (protocol notes 4.7)."""

from typing import Annotated

from msgspec import field

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Wire
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.schools import BundleSubject
from gateway_dnevnik_ru.wire.works import BundleWorkType, PeriodWork


class AllFinalMarks(Wire, frozen=True):
    """Every result of one class year; the works tell which period a mark closes."""

    marks: Annotated[list[Mark] | None, Seen(6)]
    works: Annotated[list[PeriodWork] | None, Seen(6)] = None
    subjects: Annotated[list[BundleSubject] | None, Seen(6)] = None
    work_types: Annotated[list[BundleWorkType] | None, Seen(6)] = None


class SubjectFinal(Wire, frozen=True):
    """A result in one subject."""

    subject: Annotated[int, Seen(7)]
    mark: Annotated[Mark | None, Seen(7)] = field(name="final-mark", default=None)


class PersonFinals(Wire, frozen=True):
    """The results of one student in one period; the service's plainer list of results."""

    subjects: Annotated[list[SubjectFinal] | None, Seen(7)] = field(name="per-subject-final-marks")
    person: Annotated[int | None, Seen(7)] = None
    reporting_period: Annotated[int | None, Seen(7)] = None
