"""Every operation of the gateway: its capability, its value, its ages in the cache."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from gateway.core.contract.capability import Capability

_MINUTE: Final = 60.0
_HOUR: Final = 3600.0
_DAY: Final = 86400.0


class Scope(StrEnum):
    """What an operation is asked about."""

    ACCOUNT = "account"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class Operation:
    """One public method of a diary and the adapter method of the same name.

    Attributes:
        name: Method name.
        capability: What must be supported.
        value: Name of the model of one record; of the receipt for writes.
        many: Whether the value is a tuple of records.
        scope: Account or student.
        kind: Read or write.
        soft_age: Seconds for which a cached answer is fresh.
        hard_age: Seconds for which it may be served stale when the provider is down.
        dated: Whether it takes `start` and `end`.
    """

    name: str
    capability: Capability
    value: str
    many: bool = True
    scope: Scope = Scope.STUDENT
    kind: Literal["read", "write"] = "read"
    soft_age: float = 5 * _MINUTE
    hard_age: float = _DAY
    dated: bool = False


def _reference(name: str, capability: Capability, value: str, *, many: bool = True) -> Operation:
    return Operation(name, capability, value, many=many, soft_age=_DAY, hard_age=7 * _DAY)


def _write(name: str, capability: Capability) -> Operation:
    return Operation(name, capability, "Receipt", many=False, kind="write", soft_age=0, hard_age=0)


_ALL: Final = (
    Operation(
        "list_students",
        Capability.STUDENTS,
        "Student",
        scope=Scope.ACCOUNT,
        soft_age=_DAY,
        hard_age=7 * _DAY,
    ),
    _reference("get_school", Capability.SCHOOL, "School", many=False),
    _reference("list_class_groups", Capability.CLASS_GROUPS, "ClassGroup"),
    _reference("list_subjects", Capability.SUBJECTS, "Subject"),
    _reference("list_teachers", Capability.TEACHERS, "Teacher"),
    _reference("list_classmates", Capability.CLASSMATES, "Person"),
    _reference("list_guardians", Capability.GUARDIANS, "Guardian"),
    _reference("list_trusted_persons", Capability.TRUSTED_PERSONS, "TrustedPerson"),
    _reference("list_school_years", Capability.SCHOOL_YEARS, "SchoolYear"),
    _reference("list_periods", Capability.PERIODS, "AcademicPeriod"),
    Operation(
        "list_calendar",
        Capability.CALENDAR,
        "CalendarSpan",
        soft_age=_DAY,
        hard_age=7 * _DAY,
        dated=True,
    ),
    _reference("get_bell_schedule", Capability.BELLS, "BellSchedule", many=False),
    Operation("get_day_regime", Capability.DAY_REGIME, "DayRegime", many=False),
    Operation("get_week", Capability.WEEK, "DiaryWeek", many=False),
    Operation(
        "list_lessons",
        Capability.TIMETABLE,
        "Lesson",
        soft_age=_HOUR,
        hard_age=7 * _DAY,
        dated=True,
    ),
    Operation("get_lesson", Capability.LESSON, "Lesson", many=False),
    Operation("list_homework", Capability.HOMEWORK, "Homework", dated=True),
    Operation("list_marks", Capability.MARKS, "Mark", dated=True),
    Operation("get_mark", Capability.MARK_DETAILS, "MarkDetails", many=False),
    Operation("list_subject_results", Capability.SUBJECT_RESULTS, "SubjectResult"),
    Operation("list_final_grades", Capability.FINAL_GRADES, "FinalGrade"),
    Operation("list_class_ranks", Capability.CLASS_RANKS, "ClassRank"),
    Operation("list_attendance", Capability.ATTENDANCE, "AttendanceRecord", dated=True),
    Operation("list_absence_notices", Capability.ABSENCE_NOTICES, "AbsenceNotice", dated=True),
    Operation("list_remarks", Capability.REMARKS, "Remark", dated=True),
    Operation("list_messages", Capability.MESSAGES, "Message"),
    Operation("get_message", Capability.MESSAGE, "Message", many=False),
    _reference("list_recipients", Capability.RECIPIENTS, "Recipient"),
    Operation("list_announcements", Capability.ANNOUNCEMENTS, "Announcement"),
    Operation("list_news", Capability.NEWS, "NewsItem"),
    Operation("list_notifications", Capability.NOTIFICATIONS, "Notification"),
    Operation("list_events", Capability.EVENTS, "SchoolEvent", dated=True),
    Operation("list_entries", Capability.ENTRIES, "EntryEvent", dated=True),
    Operation("get_meal_account", Capability.MEAL_ACCOUNT, "MealAccount", many=False),
    Operation("list_meals", Capability.MEALS, "Meal", dated=True),
    _reference("list_curriculum", Capability.CURRICULUM, "CurriculumItem"),
    _reference("list_portfolio", Capability.PORTFOLIO, "PortfolioItem"),
    Operation("get_bag_weight", Capability.BAG_WEIGHT, "BagWeight", many=False),
    Operation("list_applications", Capability.APPLICATIONS, "Application", scope=Scope.ACCOUNT),
    _write("set_homework_done", Capability.SET_HOMEWORK_DONE),
    _write("submit_homework", Capability.SUBMIT_HOMEWORK),
    _write("create_absence_notice", Capability.CREATE_ABSENCE_NOTICE),
    _write("cancel_absence_notice", Capability.CANCEL_ABSENCE_NOTICE),
    _write("send_message", Capability.SEND_MESSAGE),
    _write("reply", Capability.REPLY),
    _write("mark_read", Capability.MARK_READ),
    _write("acknowledge_week", Capability.ACKNOWLEDGE_WEEK),
    _write("file_application", Capability.FILE_APPLICATION),
)

OPERATIONS: Final[dict[str, Operation]] = {item.name: item for item in _ALL}
"""Every operation by name; `open_attachment` streams and is no cached call."""
