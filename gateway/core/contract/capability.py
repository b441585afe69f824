"""What a provider can do, and within which limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gateway.core.errors import Text
from gateway.core.model.people import Role


class Capability(StrEnum):
    """One thing that a family does with a diary; each stands for one operation."""

    STUDENTS = "students"
    SCHOOL = "school"
    CLASS_GROUPS = "class_groups"
    SUBJECTS = "subjects"
    TEACHERS = "teachers"
    CLASSMATES = "classmates"
    GUARDIANS = "guardians"
    TRUSTED_PERSONS = "trusted_persons"
    SCHOOL_YEARS = "school_years"
    PERIODS = "periods"
    CALENDAR = "calendar"
    BELLS = "bells"
    DAY_REGIME = "day_regime"
    WEEK = "week"
    TIMETABLE = "timetable"
    LESSON = "lesson"
    HOMEWORK = "homework"
    MARKS = "marks"
    MARK_DETAILS = "mark_details"
    SUBJECT_RESULTS = "subject_results"
    FINAL_GRADES = "final_grades"
    CLASS_RANKS = "class_ranks"
    ATTENDANCE = "attendance"
    ABSENCE_NOTICES = "absence_notices"
    REMARKS = "remarks"
    MESSAGES = "messages"
    MESSAGE = "message"
    RECIPIENTS = "recipients"
    ANNOUNCEMENTS = "announcements"
    NEWS = "news"
    NOTIFICATIONS = "notifications"
    EVENTS = "events"
    ENTRIES = "entries"
    MEAL_ACCOUNT = "meal_account"
    MEALS = "meals"
    CURRICULUM = "curriculum"
    PORTFOLIO = "portfolio"
    BAG_WEIGHT = "bag_weight"
    APPLICATIONS = "applications"
    ATTACHMENTS = "attachments"
    SET_HOMEWORK_DONE = "set_homework_done"
    SUBMIT_HOMEWORK = "submit_homework"
    CREATE_ABSENCE_NOTICE = "create_absence_notice"
    CANCEL_ABSENCE_NOTICE = "cancel_absence_notice"
    SEND_MESSAGE = "send_message"
    REPLY = "reply"
    MARK_READ = "mark_read"
    ACKNOWLEDGE_WEEK = "acknowledge_week"
    FILE_APPLICATION = "file_application"


class Support(StrEnum):
    """How a provider has a capability."""

    NATIVE = "native"
    EMULATED = "emulated"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportInfo:
    """One capability of one provider, instance, account or student.

    Attributes:
        support: Native, emulated from other calls, unsupported, or known but unverified.
        reason: Why it is unsupported or unknown; required for these.
        max_days: Longest range of one upstream request, in days.
        splittable: Whether a longer range is answered by several requests.
        methods: Login methods that open it; empty for all.
        roles: Roles that have it; empty for all.
        current_year_only: Whether past school years are not answered.
        absent_fields: Model fields, as `Mark.comment`, that this provider never tells.
        side_effect: Whether reading changes something, such as a read mark.
        invalidates: For writes: operations whose cached answers it makes old.
    """

    support: Support
    reason: Text | None = None
    max_days: int | None = None
    splittable: bool = True
    methods: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    current_year_only: bool = False
    absent_fields: frozenset[str] = frozenset()
    side_effect: bool = False
    invalidates: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.support in {Support.UNSUPPORTED, Support.UNKNOWN} and self.reason is None:
            raise ValueError("an unsupported or unknown capability needs its reason")

    @property
    def is_available(self) -> bool:
        """Whether a call is sent without the operator's leave."""
        return self.support in {Support.NATIVE, Support.EMULATED}


Capabilities = Mapping[Capability, SupportInfo]

UNDECLARED = SupportInfo(
    support=Support.UNSUPPORTED,
    reason=Text("Этот дневник такого не объявляет.", "This provider does not declare it."),
)


def native(
    *,
    max_days: int | None = None,
    splittable: bool = True,
    methods: frozenset[str] = frozenset(),
    roles: frozenset[Role] = frozenset(),
    current_year_only: bool = False,
    absent: frozenset[str] = frozenset(),
    side_effect: bool = False,
    invalidates: frozenset[str] = frozenset(),
    emulated: bool = False,
) -> SupportInfo:
    """A capability that the provider has itself, or that is composed from others."""
    return SupportInfo(
        support=Support.EMULATED if emulated else Support.NATIVE,
        max_days=max_days,
        splittable=splittable,
        methods=methods,
        roles=roles,
        current_year_only=current_year_only,
        absent_fields=absent,
        side_effect=side_effect,
        invalidates=invalidates,
    )


def unsupported(ru: str, en: str) -> SupportInfo:
    """A capability that the provider does not have, with the reason."""
    return SupportInfo(support=Support.UNSUPPORTED, reason=Text(ru, en))


def unverified(
    ru: str,
    en: str,
    *,
    max_days: int | None = None,
    splittable: bool = True,
    methods: frozenset[str] = frozenset(),
    roles: frozenset[Role] = frozenset(),
    current_year_only: bool = False,
    absent: frozenset[str] = frozenset(),
    side_effect: bool = False,
    invalidates: frozenset[str] = frozenset(),
) -> SupportInfo:
    """A capability whose route is known but whose shape nobody has seen; narrowed as a native."""
    return SupportInfo(
        support=Support.UNKNOWN,
        reason=Text(ru, en),
        max_days=max_days,
        splittable=splittable,
        methods=methods,
        roles=roles,
        current_year_only=current_year_only,
        absent_fields=absent,
        side_effect=side_effect,
        invalidates=invalidates,
    )
