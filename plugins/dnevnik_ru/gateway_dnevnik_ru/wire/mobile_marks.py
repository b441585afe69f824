"""The app's averages, results, ranking and the class's distribution (protocol notes 4.6, 4.7)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Printed, Wire
from gateway_dnevnik_ru.wire.errors import Metadata
from gateway_dnevnik_ru.wire.mobile import MobileMark, MobilePeriod, MobileSubject


class AverageMarks(Wire, frozen=True):
    """Averages of one subject; numbers, texts or null by version."""

    average_mark: Annotated[Printed | None, Seen(3)] = None
    weighted_average_mark: Annotated[Printed | None, Seen(3)] = None
    average_mark_trend: Annotated[str | None, Seen(3)] = None
    metadata: Annotated[Metadata | None, Seen(1)] = None


class PeriodFinalMark(Wire, frozen=True):
    """The result of the period."""

    marks: Annotated[list[MobileMark] | None, Seen(1)] = None


class SubjectPeriodMarks(Wire, frozen=True):
    """One subject of one period."""

    subject: Annotated[MobileSubject | None, Seen(3)] = None
    average_marks: Annotated[AverageMarks | None, Seen(3)] = None
    final_mark: Annotated[PeriodFinalMark | None, Seen(1)] = None
    ranking_place: Annotated[int | None, Seen(2)] = None


class PeriodMarks(Wire, frozen=True):
    """All subjects of one period."""

    period_marks: Annotated[list[SubjectPeriodMarks] | None, Seen(3)]


class FinalPeriodMark(Wire, frozen=True):
    """Results of one period."""

    period: Annotated[MobilePeriod | None, Seen(2)] = None
    marks: Annotated[list[MobileMark] | None, Seen(2)] = None


class FinalWorkMark(Wire, frozen=True):
    """Results of a year or an exam."""

    work_type: Annotated[str | None, Seen(2)] = None
    work_type_name: Annotated[str | None, Seen(2)] = None
    marks: Annotated[list[MobileMark] | None, Seen(2)] = None


class SubjectFinalMarks(Wire, frozen=True):
    """All results of one subject."""

    subject: Annotated[MobileSubject | None, Seen(2)] = None
    period_marks: Annotated[list[FinalPeriodMark] | None, Seen(2)] = None
    period_final_marks: Annotated[list[FinalWorkMark] | None, Seen(2)] = None


class FinalMarks(Wire, frozen=True):
    """All results of one class year."""

    final_marks: Annotated[list[SubjectFinalMarks] | None, Seen(2)]


class MarkCategory(Wire, frozen=True):
    """How many of the class got one value."""

    value: Annotated[Printed | None, Seen(2)] = None
    student_count: Annotated[int | None, Seen(2)] = None
    mark_number: Annotated[int | None, Seen(2)] = None


class MarkDetails(Wire, frozen=True):
    """One mark with what only a look at it tells."""

    categories: Annotated[list[MarkCategory] | None, Seen(2)] = None


class RankingPlace(Wire, frozen=True):
    """A place in the class; other pupils' have no names."""

    place: Annotated[int | None, Seen(2)] = None
    average_mark: Annotated[Printed | None, Seen(2)] = None
    is_context_user: Annotated[bool | None, Seen(2)] = None
    trend: Annotated[str | None, Seen(2)] = None
    metadata: Annotated[Metadata | None, Seen(1)] = None


class Ranking(Wire, frozen=True):
    """The places of the class."""

    ranking_places: Annotated[list[RankingPlace] | None, Seen(2)] = None
    metadata: Annotated[Metadata | None, Seen(1)] = None


class SubjectRank(Wire, frozen=True):
    """The student's place in one subject."""

    place: Annotated[int | None, Seen(2)] = None
    subject: Annotated[MobileSubject | None, Seen(2)] = None
    trend: Annotated[str | None, Seen(2)] = None
    average_mark: Annotated[Printed | None, Seen(2)] = None


class SubjectTop(Wire, frozen=True):
    """The student's places by subject."""

    subjects: Annotated[list[SubjectRank] | None, Seen(2)] = None


class Rating(Wire, frozen=True):
    """The ranking of the class."""

    rating: Annotated[Ranking | None, Seen(2)]
    subject_top: Annotated[SubjectTop | None, Seen(2)] = None
