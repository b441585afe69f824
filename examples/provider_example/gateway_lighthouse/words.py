"""Words of «Маяк» and what they mean in the model; an unknown one becomes UNKNOWN."""

from collections.abc import Mapping
from typing import Final, TypeVar

from gateway.core.errors import (
    AccountLocked,
    AccountNotLinked,
    CodeExpired,
    GatewayError,
    NoMembership,
    RoleNotServed,
    TemporaryPassword,
    WrongCode,
    WrongCredentials,
)
from gateway.core.model import (
    AttendanceStatus,
    FinalGradeKind,
    GradingScale,
    LessonStatus,
    MessageFolder,
    PeriodKind,
    Role,
    Sex,
)

T = TypeVar("T")

REFUSALS: Final[Mapping[str, type[GatewayError]]] = {
    "wrong_password": WrongCredentials,
    "wrong_code": WrongCode,
    "code_expired": CodeExpired,
    "locked": AccountLocked,
    "temporary_password": TemporaryPassword,
    "not_linked": AccountNotLinked,
    "left_school": NoMembership,
    "staff_only": RoleNotServed,
}
"""Words of refusal (protocol notes 2)."""

ROLES: Final = {
    "student": Role.STUDENT,
    "parent": Role.GUARDIAN,
    "trusted": Role.TRUSTED_PERSON,
}
SEXES: Final = {"m": Sex.MALE, "f": Sex.FEMALE}
FOLDERS: Final = {"inbox": MessageFolder.INBOX, "sent": MessageFolder.SENT}
PERIODS: Final = {
    "quarter": PeriodKind.QUARTER,
    "trimester": PeriodKind.TRIMESTER,
    "half_year": PeriodKind.SEMESTER,
    "module": PeriodKind.MODULE,
}
SCALES: Final = {
    "five": GradingScale.FIVE_POINT,
    "ten": GradingScale.TEN_POINT,
    "hundred": GradingScale.HUNDRED_POINT,
    "pass": GradingScale.PASS_FAIL,
}
LESSONS: Final = {
    "planned": LessonStatus.PLANNED,
    "held": LessonStatus.HELD,
    "cancelled": LessonStatus.CANCELLED,
    "moved": LessonStatus.RESCHEDULED,
    "substituted": LessonStatus.SUBSTITUTED,
}
FINALS: Final = {
    "period": FinalGradeKind.PERIOD,
    "year": FinalGradeKind.YEAR,
    "exam": FinalGradeKind.EXAM,
    "attestation": FinalGradeKind.ATTESTATION,
    "final": FinalGradeKind.FINAL,
}
ATTENDANCE: Final = {
    "absent": AttendanceStatus.ABSENT,
    "ill": AttendanceStatus.ILLNESS,
    "excused": AttendanceStatus.EXCUSED,
    "unexcused": AttendanceStatus.UNEXCUSED,
    "late": AttendanceStatus.TARDY,
    "left_early": AttendanceStatus.EARLY_DEPARTURE,
}
EXCUSED: Final = {
    AttendanceStatus.ILLNESS: True,
    AttendanceStatus.EXCUSED: True,
    AttendanceStatus.UNEXCUSED: False,
}


def read(table: Mapping[str, T], word: str, unknown: T) -> T:
    """What a word means."""
    return table.get(word, unknown)
