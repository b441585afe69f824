"""What the service can do for a family, and what it never tells (protocol notes 4).

`absent_fields` names model fields that no answer of the service holds. They keep their defaults,
also those that elsewhere cost a further request. Not named are parts of a field that is absent
itself, and kinds that are plain by nature: every attachment is a file, every remark a comment.
"""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.capability import (
    Capability,
    SupportInfo,
    native,
    unsupported,
)
from gateway.core.model.people import Role

DIARY_DAYS: Final = 31
"""Days of the diary bundle in one request: no limit is known, this is politeness."""

LOG_DAYS: Final = 30
"""Days of notes about attendance in one request, as a client keeps it."""

_LESSON: Final = frozenset(
    {
        "Lesson.is_remote",
        "Lesson.join_url",
        "Lesson.kind",
        "Lesson.kind_text",
        "Lesson.moved_from",
        "Lesson.replaced_teachers",
    }
)
_HOMEWORK: Final = frozenset(
    {
        "Homework.assigned_lesson_id",
        "Homework.comment",
        "Homework.duration",
        "Homework.edited_at",
        "Homework.is_individual",
        "Homework.is_mandatory",
        "Homework.submission",
        "Homework.submission_text",
    }
)
_MARK: Final = frozenset(
    {
        "Mark.comment",
        "Mark.criteria",
        "Mark.debt_until",
        "Mark.edited_at",
        "Mark.history",
        "Mark.replaced_by",
        "Mark.replaces",
        "Mark.status_text",
        "Mark.teacher",
    }
)
_ATTACHMENT: Final = frozenset({"Attachment.media_type", "Attachment.url"})
_BARE_ATTACHMENT: Final = _ATTACHMENT | {
    "Attachment.kind_text",
    "Attachment.size",
    "Attachment.uploaded_at",
}
_ATTENDANCE: Final = frozenset({"AttendanceRecord.reason"})
_REMARK: Final = frozenset({"Remark.kind_text"})


def _contacts(model: str) -> frozenset[str]:
    return frozenset({f"{model}.birth_date", f"{model}.email", f"{model}.phone"})


_NO_SUCH_API: Final = unsupported(
    "В интерфейсах этого дневника такого раздела нет.",
    "None of the diary's interfaces has this.",
)
_NOT_OVER_REST: Final = unsupported(
    "Переписка этого дневника идёт через отдельный чат, который шлюз не открывает.",
    "Messages of this diary travel over a chat of its own that the gateway does not open.",
)
_ABSENCE_NOTICES: Final = unsupported(
    "Уведомить об отсутствии можно только на сайте дневника: как он это передаёт, неизвестно.",
    "An absence can be announced at the diary's site only: how the site sends it is not known.",
)

CAPABILITIES: Final[Mapping[Capability, SupportInfo]] = {
    Capability.STUDENTS: native(absent=_contacts("Student") | {"Student.scale"}),
    Capability.SCHOOL: native(),
    Capability.CLASS_GROUPS: native(),
    Capability.SUBJECTS: native(
        absent=frozenset({"Subject.canonical", "Subject.kind", "Subject.kind_text"})
    ),
    Capability.TEACHERS: native(
        absent=frozenset({"Teacher.birth_date", "Teacher.is_homeroom", "Teacher.phone"})
    ),
    Capability.CLASSMATES: native(absent=_contacts("Person")),
    # Relations are told to those whom they are about: the student and the parents.
    Capability.GUARDIANS: native(
        roles=frozenset({Role.STUDENT, Role.GUARDIAN}), absent=_contacts("Guardian")
    ),
    Capability.TRUSTED_PERSONS: _NO_SUCH_API,
    Capability.SCHOOL_YEARS: native(
        emulated=True, absent=frozenset({"SchoolYear.end", "SchoolYear.start"})
    ),
    Capability.PERIODS: native(absent=frozenset({"AcademicPeriod.days_missed"})),
    Capability.CALENDAR: native(absent=frozenset({"CalendarSpan.kind_text"})),
    Capability.BELLS: native(absent=frozenset({"BellSchedule.id"})),
    Capability.DAY_REGIME: _NO_SUCH_API,
    Capability.WEEK: native(
        absent=_LESSON
        | _HOMEWORK
        | _MARK
        | _BARE_ATTACHMENT
        | _ATTENDANCE
        | _REMARK
        | {"DiaryDay.kind", "DiaryDay.kind_text", "DiaryWeek.is_signed"}
    ),
    Capability.TIMETABLE: native(max_days=DIARY_DAYS, absent=_LESSON),
    Capability.LESSON: native(
        absent=_LESSON | _BARE_ATTACHMENT | {"Lesson.building", "Lesson.floor", "Lesson.group"}
    ),
    Capability.HOMEWORK: native(max_days=DIARY_DAYS, absent=_HOMEWORK | _ATTACHMENT),
    Capability.MARKS: native(absent=_MARK),
    Capability.MARK_DETAILS: native(absent=_MARK | {"Mark.cell", "Mark.cell_text"}),
    Capability.SUBJECT_RESULTS: native(absent=frozenset({"SubjectResult.absences_by_reason"})),
    Capability.FINAL_GRADES: native(
        absent=frozenset({"FinalGrade.comment", "FinalGrade.status_text"})
    ),
    Capability.CLASS_RANKS: native(
        absent=frozenset({"ClassRank.class_average", "ClassRank.students"})
    ),
    Capability.ATTENDANCE: native(max_days=LOG_DAYS, absent=_ATTENDANCE),
    Capability.ABSENCE_NOTICES: _ABSENCE_NOTICES,
    Capability.REMARKS: native(max_days=LOG_DAYS, emulated=True, absent=_REMARK),
    Capability.MESSAGES: _NOT_OVER_REST,
    Capability.MESSAGE: _NOT_OVER_REST,
    Capability.RECIPIENTS: _NOT_OVER_REST,
    Capability.ANNOUNCEMENTS: native(absent=_BARE_ATTACHMENT | {"Announcement.valid_until"}),
    Capability.NEWS: unsupported(
        "Новостей отдельно от объявлений школы у этого дневника нет.",
        "This diary has no news apart from the school's announcements.",
    ),
    Capability.NOTIFICATIONS: native(emulated=True),
    Capability.EVENTS: _NO_SUCH_API,
    Capability.ENTRIES: _NO_SUCH_API,
    Capability.MEAL_ACCOUNT: _NO_SUCH_API,
    Capability.MEALS: _NO_SUCH_API,
    Capability.CURRICULUM: _NO_SUCH_API,
    Capability.PORTFOLIO: _NO_SUCH_API,
    Capability.BAG_WEIGHT: _NO_SUCH_API,
    Capability.APPLICATIONS: _NO_SUCH_API,
    # The site's pages give files to a browser's cookies; these two ways of signing in have them.
    Capability.ATTACHMENTS: native(methods=frozenset({"cookies", "oauth"})),
    Capability.SET_HOMEWORK_DONE: unsupported(
        "Дневник умеет отметить через интерфейс только начало работы, а не её выполнение.",
        "Through its interface the diary can only note that work was begun, not that it is done.",
    ),
    Capability.SUBMIT_HOMEWORK: native(invalidates=frozenset({"list_homework", "get_week"})),
    Capability.CREATE_ABSENCE_NOTICE: _ABSENCE_NOTICES,
    Capability.CANCEL_ABSENCE_NOTICE: _ABSENCE_NOTICES,
    Capability.SEND_MESSAGE: _NOT_OVER_REST,
    Capability.REPLY: _NOT_OVER_REST,
    Capability.MARK_READ: unsupported(
        "Отметить прочитанным в этом дневнике через интерфейс нельзя.",
        "The diary's interfaces cannot mark anything as read.",
    ),
    Capability.ACKNOWLEDGE_WEEK: unsupported(
        "Подписи родителя под неделей в интерфейсах этого дневника нет.",
        "The diary's interfaces have no parent's signature under a week.",
    ),
    Capability.FILE_APPLICATION: _NO_SUCH_API,
}
"""Every capability."""

WEB_CAPABILITIES: Final = frozenset({Capability.ANNOUNCEMENTS, Capability.ATTACHMENTS})
"""What a session opens that has a browser's cookies and no token."""
