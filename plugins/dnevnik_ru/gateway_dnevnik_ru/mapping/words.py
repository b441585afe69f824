"""The service's vocabularies → the model's; words in any letter case.

Only a part of each vocabulary is known (protocol notes 3, 4). A word that no table has becomes the
model's UNKNOWN, and always travels beside it as the provider's own.
"""

from typing import Final, TypeVar

from gateway.core.model.attendance import AttendanceStatus
from gateway.core.model.calendar import PeriodKind
from gateway.core.model.grading import GradingScale
from gateway.core.model.lessons import LessonStatus
from gateway.core.model.marks import Trend, WorkKind
from gateway.core.model.people import Relation, Sex
from gateway.core.model.schools import GroupKind, OrganizationKind

T = TypeVar("T")

SEXES: Final = {"male": Sex.MALE, "female": Sex.FEMALE}

RELATIONS: Final = {
    "mother": Relation.MOTHER,
    "father": Relation.FATHER,
    "child": Relation.CHILD,
    "son": Relation.CHILD,
    "daughter": Relation.CHILD,
    "guardian": Relation.GUARDIAN,
    "trustee": Relation.GUARDIAN,
    "tutor": Relation.GUARDIAN,
    "relative": Relation.RELATIVE,
    "grandmother": Relation.RELATIVE,
    "grandfather": Relation.RELATIVE,
    "brother": Relation.RELATIVE,
    "sister": Relation.RELATIVE,
}

ORGANIZATIONS: Final = {
    "regular": OrganizationKind.SCHOOL,
    "additional": OrganizationKind.ADDITIONAL,
    "preschool": OrganizationKind.KINDERGARTEN,
    "college": OrganizationKind.COLLEGE,
    "vocational": OrganizationKind.COLLEGE,
}

GROUPS: Final = {"group": GroupKind.HOMEROOM, "subgroup": GroupKind.SUBGROUP}

PERIODS: Final = {
    "quarter": PeriodKind.QUARTER,
    "trimester": PeriodKind.TRIMESTER,
    "semester": PeriodKind.SEMESTER,
    "halfyear": PeriodKind.SEMESTER,
    "module": PeriodKind.MODULE,
    "year": PeriodKind.YEAR,
}

LESSON_STATUSES: Final = {
    "notinitialised": LessonStatus.PLANNED,
    "notinitialized": LessonStatus.PLANNED,
    "inplan": LessonStatus.PLANNED,
    "planned": LessonStatus.PLANNED,
    "initialised": LessonStatus.HELD,
    "closed": LessonStatus.HELD,
    "held": LessonStatus.HELD,
    "canceled": LessonStatus.CANCELLED,
    "cancelled": LessonStatus.CANCELLED,
    "moved": LessonStatus.RESCHEDULED,
    "rescheduled": LessonStatus.RESCHEDULED,
    "replaced": LessonStatus.SUBSTITUTED,
    "substituted": LessonStatus.SUBSTITUTED,
}
"""Only `NotInitialised` was seen; the others say what they mean."""

ATTENDANCE: Final = {
    "attend": AttendanceStatus.PRESENT,
    "absent": AttendanceStatus.ABSENT,
    "ill": AttendanceStatus.ILLNESS,
    "late": AttendanceStatus.TARDY,
    "pass": AttendanceStatus.EXCUSED,
    "н": AttendanceStatus.ABSENT,
    "б": AttendanceStatus.ILLNESS,
    "о": AttendanceStatus.TARDY,
    "п": AttendanceStatus.EXCUSED,
}
"""Words of the interface and letters of the web pages."""

EXCUSED: Final = frozenset({AttendanceStatus.ILLNESS, AttendanceStatus.EXCUSED})

WORKS: Final = {
    "homework": WorkKind.HOMEWORK,
    "commonwork": WorkKind.CLASSWORK,
    "defaultnewlessonwork": WorkKind.CLASSWORK,
    "lessontestwork": WorkKind.TEST,
    "lessonexamination": WorkKind.CONTROL,
    "lessoncomposition": WorkKind.COMPOSITION,
    "lessonbyheart": WorkKind.BY_HEART,
    "creativework": WorkKind.CREATIVE,
    "periodmark": WorkKind.PERIOD,
}

SCALES: Final = {
    "mark5": GradingScale.FIVE_POINT,
    "mark6": GradingScale.SIX_POINT,
    "mark7": GradingScale.SEVEN_POINT,
    "mark10": GradingScale.TEN_POINT,
    "mark12": GradingScale.TWELVE_POINT,
    "mark100": GradingScale.HUNDRED_POINT,
    "markabcdf": GradingScale.LETTERS,
    "test": GradingScale.PASS_FAIL,
    "markoral6band": GradingScale.CUSTOM,
    "markna": GradingScale.CUSTOM,
    "markdismiss": GradingScale.CUSTOM,
}
"""Lists of allowed signs (protocol notes 4.5); `test` is pass or fail."""

TRENDS: Final = {"up": Trend.UP, "equal": Trend.EQUAL, "down": Trend.DOWN}

WEEKDAYS: Final = {
    "monday": 1,
    "tuesday": 2,
    "wednesday": 3,
    "thursday": 4,
    "friday": 5,
    "saturday": 6,
    "sunday": 7,
}


def known(table: dict[str, T], word: str | None, unknown: T) -> T:
    """The member that a word means."""
    return table.get(word.strip().lower(), unknown) if word else unknown
