"""What the platform can do for a family, and what it never tells (protocol notes 4).

`absent_fields` names model fields that no answer of the service holds. They keep their defaults,
also those that elsewhere cost a further request. Not named are parts of a field that is absent
itself. What only Moscow has is lacking at the nodes of the regions.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from gateway.core.contract.capability import (
    Capability,
    SupportInfo,
    native,
    unsupported,
    unverified,
)
from gateway.core.model.people import Role
from gateway_mos_ru.nodes import Node

VISIT_DAYS: Final = 7
"""Days of the turnstile in one request: the service refuses more."""

_LESSON: Final = frozenset(
    {
        "Lesson.floor",
        "Lesson.group",
        "Lesson.moved_from",
        "Lesson.replaced_teachers",
        "Lesson.status_text",
    }
)
_HOMEWORK: Final = frozenset(
    {
        "Homework.assigned_lesson_id",
        "Homework.is_individual",
        "Homework.is_mandatory",
        "Homework.is_submission_required",
        "Homework.submission_text",
        "Homework.teacher",
    }
)
_LISTED_HOMEWORK: Final = _HOMEWORK | {"Homework.duration", "Homework.lesson_id"}
_WEEK: Final = frozenset(
    {
        "DiaryDay.kind",
        "DiaryDay.kind_text",
        "DiaryDay.remarks",
        "DiaryWeek.is_signed",
    }
)

_MARK: Final = frozenset(
    {
        "Assignment.category_short",
        "Assignment.id",
        "Assignment.title",
        "CriterionMark.maximum",
        "Mark.replaced_by",
        "Mark.replaces",
    }
)
"""A mark that a retake replaced stays one mark; its history tells what it was."""

_ATTENDANCE: Final = frozenset(
    {
        "AttendanceRecord.comment",
        "AttendanceRecord.lesson_number",
        "AttendanceRecord.recorded_at",
    }
)
_GUARDIANS: Final = frozenset({Role.GUARDIAN})
_ABSENCES: Final = frozenset({"list_absence_notices", "list_attendance", "get_week"})

_NO_SUCH_API: Final = unsupported(
    "В интерфейсах этого дневника такого раздела нет.",
    "None of the diary's interfaces has this.",
)
_CHATS_MOVED: Final = unsupported(
    "Переписки в дневнике больше нет: школьные чаты перенесены в Сферум и MAX.",
    "The diary no longer has messages: school chats were moved to Sferum and MAX.",
)
_NO_NAMES: Final = unsupported(
    "Одноклассников дневник показывает семье только без имён, в рейтинге класса.",
    "The diary shows classmates to families without names only, in the ranking of the class.",
)
_NO_HAND_IN: Final = unsupported(
    "Как дневник принимает работы учеников, неизвестно: сдать её можно только на его сайте.",
    "How the diary takes students' works is not known: hand them in at its site.",
)
_AT_MOS_RU: Final = unsupported(
    "Заявления подаются на mos.ru и на Госуслугах, а не в дневнике.",
    "Applications are filed at mos.ru and Gosuslugi, not in the diary.",
)

_NOT_HERE: Final = unsupported(
    "Турникеты и питание есть только в московском дневнике.",
    "Only the diary of Moscow has turnstiles and meals.",
)
_NOT_SEEN_HERE: Final = unverified(
    "Этот раздел есть в Москве; работает ли он в дневнике вашего региона, не проверено.",
    "Moscow has this; whether the diary of your region has it too is not verified.",
)
_NO_REMARKS: Final = unsupported(
    "Замечаний о поведении дневник не ведёт: учитель пишет комментарий к уроку или к оценке.",
    "The diary keeps no remarks: teachers comment on a lesson or on a mark.",
)
_NO_BOARD: Final = unsupported(
    "Доски объявлений в дневнике нет: школа пишет в ленту уведомлений и в новости.",
    "The diary has no board: the school writes to the feed of notifications and to the news.",
)

_COMMON: Final[Mapping[Capability, SupportInfo]] = {
    Capability.STUDENTS: native(absent=frozenset({"Student.also_in", "Student.scale"})),
    Capability.SCHOOL: native(absent=frozenset({"School.city", "School.full_name"})),
    Capability.CLASS_GROUPS: native(
        absent=frozenset(
            {
                "ClassGroup.full_name",
                "ClassGroup.is_archived",
                "ClassGroup.kind_text",
                "ClassGroup.school_year",
            }
        )
    ),
    Capability.SUBJECTS: native(
        absent=frozenset({"Subject.area", "Subject.canonical", "Subject.kind", "Subject.kind_text"})
    ),
    Capability.TEACHERS: native(
        absent=frozenset(
            {
                "Teacher.birth_date",
                "Teacher.email",
                "Teacher.phone",
                "Teacher.position",
                "Teacher.sex",
                "Teacher.sex_text",
            }
        )
    ),
    Capability.CLASSMATES: _NO_NAMES,
    Capability.GUARDIANS: native(),
    Capability.TRUSTED_PERSONS: unsupported(
        "Доверенных лиц приглашают на mos.ru; в дневнике вашего региона такого раздела нет.",
        "Trusted persons are invited at mos.ru; the diary of your region has no such section.",
    ),
    Capability.SCHOOL_YEARS: native(),
    Capability.PERIODS: native(
        absent=frozenset({"AcademicPeriod.days_missed", "AcademicPeriod.kind_text"})
    ),
    Capability.CALENDAR: native(absent=frozenset({"CalendarSpan.id"})),
    # No resource for families: made out of the times of the student's own lessons.
    Capability.BELLS: native(
        emulated=True,
        absent=frozenset({"Bell.is_break", "Bell.name", "BellSchedule.id", "BellSchedule.name"}),
    ),
    Capability.DAY_REGIME: _NO_SUCH_API,
    Capability.WEEK: native(
        absent=_LESSON
        | _HOMEWORK
        | _WEEK
        | _MARK
        | _ATTENDANCE
        | {"Mark.edited_at", "Mark.given_at", "Mark.teacher"}
    ),
    Capability.TIMETABLE: native(absent=_LESSON),
    Capability.LESSON: native(absent=_LESSON | {"Lesson.number", "Lesson.status"}),
    Capability.HOMEWORK: native(absent=_LISTED_HOMEWORK),
    Capability.MARKS: native(
        current_year_only=True, absent=_MARK | {"Mark.lesson_id", "Mark.teacher"}
    ),
    Capability.MARK_DETAILS: native(absent=_MARK | {"Mark.cell", "Mark.cell_text"}),
    Capability.SUBJECT_RESULTS: native(
        current_year_only=True,
        absent=frozenset(
            {
                "SubjectResult.absences",
                "SubjectResult.absences_by_reason",
                "SubjectResult.average",
                "SubjectResult.rank",
            }
        ),
    ),
    Capability.FINAL_GRADES: native(
        absent=frozenset(
            {
                "FinalGrade.comment",
                "FinalGrade.given_on",
                "FinalGrade.scale",
                "FinalGrade.scale_text",
            }
        )
    ),
    Capability.CLASS_RANKS: native(
        absent=frozenset({"ClassRank.class_average", "ClassRank.period"})
    ),
    Capability.ATTENDANCE: native(absent=_ATTENDANCE),
    Capability.ABSENCE_NOTICES: native(
        absent=frozenset({"AbsenceNotice.created_at", "AbsenceNotice.state_text"})
    ),
    Capability.REMARKS: _NO_REMARKS,
    Capability.MESSAGES: _CHATS_MOVED,
    Capability.MESSAGE: _CHATS_MOVED,
    Capability.RECIPIENTS: _CHATS_MOVED,
    Capability.ANNOUNCEMENTS: _NO_BOARD,
    Capability.NEWS: _NOT_SEEN_HERE,
    Capability.NOTIFICATIONS: native(
        absent=frozenset({"Notification.about", "Notification.is_read"})
    ),
    Capability.EVENTS: native(
        absent=frozenset({"SchoolEvent.kind", "SchoolEvent.kind_text", "SchoolEvent.status_text"})
    ),
    Capability.ENTRIES: _NOT_HERE,
    Capability.MEAL_ACCOUNT: _NOT_HERE,
    Capability.MEALS: _NOT_HERE,
    Capability.CURRICULUM: native(),
    Capability.PORTFOLIO: _NOT_SEEN_HERE,
    Capability.BAG_WEIGHT: unsupported(
        "«Портфель школьника» (вес ранца) этот дневник сторонним программам не отдаёт.",
        "The diary's interfaces do not tell the weight of the school bag.",
    ),
    Capability.APPLICATIONS: _AT_MOS_RU,
    # Files at hosts of the service; those of the materials' library are addresses for a person.
    Capability.ATTACHMENTS: native(),
    Capability.SET_HOMEWORK_DONE: native(invalidates=frozenset({"list_homework", "get_week"})),
    Capability.SUBMIT_HOMEWORK: _NO_HAND_IN,
    Capability.CREATE_ABSENCE_NOTICE: native(roles=_GUARDIANS, invalidates=_ABSENCES),
    Capability.CANCEL_ABSENCE_NOTICE: native(roles=_GUARDIANS, invalidates=_ABSENCES),
    Capability.SEND_MESSAGE: _CHATS_MOVED,
    Capability.REPLY: _CHATS_MOVED,
    Capability.MARK_READ: _NO_SUCH_API,
    Capability.ACKNOWLEDGE_WEEK: native(roles=_GUARDIANS, invalidates=frozenset({"get_week"})),
    Capability.FILE_APPLICATION: _AT_MOS_RU,
}
"""Every capability of every installation."""

_MOSCOW_ONLY: Final[Mapping[Capability, SupportInfo]] = {
    Capability.TRUSTED_PERSONS: unverified(
        "Дневник ведёт список доверенных лиц, но как он его показывает, не проверено.",
        "The diary keeps a list of trusted persons; how it shows it is not verified.",
        roles=_GUARDIANS,
    ),
    Capability.NEWS: native(absent=frozenset({"NewsItem.url"})),
    Capability.NOTIFICATIONS: native(absent=frozenset({"Notification.about"})),
    Capability.ENTRIES: native(
        max_days=VISIT_DAYS, absent=frozenset({"EntryEvent.direction_text"})
    ),
    Capability.MEAL_ACCOUNT: native(),
    Capability.MEALS: native(),
    Capability.PORTFOLIO: native(
        absent=frozenset({"PortfolioItem.attachments", "PortfolioItem.level"})
    ),
}
"""What only the installation of Moscow has."""


@lru_cache(maxsize=32)
def capabilities_of(node: Node) -> Mapping[Capability, SupportInfo]:
    """Every capability of one installation."""
    return {**_COMMON, **_MOSCOW_ONLY} if node.is_moscow else _COMMON
