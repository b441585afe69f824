"""Averages of a class by subject (protocol notes 4.6)."""

from typing import Annotated

from msgspec import field

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Printed, Wire


class SubjectAverage(Wire, frozen=True):
    """A student's average in one subject, with a decimal comma or point."""

    subject: Annotated[int, Seen(2)]
    value: Annotated[Printed | None, Seen(2)] = field(name="avg-mark-value", default=None)


class PersonAverages(Wire, frozen=True):
    """The averages of one student of the class."""

    subjects: Annotated[list[SubjectAverage] | None, Seen(2)] = field(name="per-subject-averages")
    person: Annotated[int | None, Seen(2)] = None


class WeightedAverage(Wire, frozen=True):
    """A student's weighted average."""

    person: Annotated[int | None, Seen(3)] = None
    value: Annotated[Printed | None, Seen(3)] = None


class SubjectWeightedAverages(Wire, frozen=True):
    """The class's weighted averages in one subject."""

    subject: Annotated[int, Seen(3)]
    marks: Annotated[list[WeightedAverage] | None, Seen(3)] = None


class WeightedAverages(Wire, frozen=True):
    """The class's weighted averages."""

    subject_marks: Annotated[list[SubjectWeightedAverages] | None, Seen(3)] = None
