"""What «Госуслуги Моя школа» can do for a family, and what it never tells (notes 4)."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.capability import (
    Capability,
    SupportInfo,
    native,
    unsupported,
    unverified,
)
from gateway_gosuslugi.epgu.capabilities import CAPABILITIES as APPLICATIONS

_LESSON: Final = frozenset(
    {
        "Lesson.attachments",
        "Lesson.building",
        "Lesson.comment",
        "Lesson.floor",
        "Lesson.group",
        "Lesson.is_remote",
        "Lesson.join_url",
        "Lesson.kind_text",
        "Lesson.moved_from",
        "Lesson.replaced_teachers",
        "Lesson.status",
        "Lesson.status_text",
    }
)
"""Replaced and cancelled lessons have no flag."""

_HOMEWORK: Final = frozenset(
    {
        "Attachment.id",
        "Attachment.kind_text",
        "Attachment.media_type",
        "Attachment.size",
        "Attachment.uploaded_at",
        "Homework.comment",
        "Homework.duration",
        "Homework.edited_at",
        "Homework.is_done",
        "Homework.is_individual",
        "Homework.is_mandatory",
        "Homework.is_submission_required",
        "Homework.submission",
        "Homework.submission_text",
        "Homework.teacher",
    }
)
_MARK: Final = frozenset(
    {
        "Assignment.category_short",
        "Assignment.id",
        "Assignment.is_important",
        "Mark.criteria",
        "Mark.debt_until",
        "Mark.history",
        "Mark.replaced_by",
        "Mark.replaces",
        "Mark.scale",
        "Mark.scale_text",
        "Mark.teacher",
    }
)
_ATTENDANCE: Final = frozenset({"AttendanceRecord.comment", "AttendanceRecord.recorded_at"})
_WEEK: Final = frozenset(
    {"DiaryDay.kind", "DiaryDay.kind_text", "DiaryDay.remarks", "DiaryWeek.is_signed"}
)
_PERSON: Final = frozenset({"birth_date", "email", "phone", "sex", "sex_text"})

_FIELDS_UNKNOWN: Final = unverified(
    "Раздел на Госуслугах есть, но какие поля он отдаёт, пока никто не проверил.",
    "Gosuslugi have this section, but nobody has verified which fields it tells.",
)
_TICK_UNKNOWN: Final = unverified(
    "Отметка о выполнении на Госуслугах есть, но вид запроса никто не проверил.",
    "Gosuslugi can tick homework, but nobody has verified the form of the request.",
)
_NO_SUCH_API: Final = unsupported(
    "В интерфейсах этого дневника такого раздела нет.",
    "None of the diary's interfaces has this.",
)
_SFERUM: Final = unsupported(
    "Переписки с учителями в «Моей школе» нет: она даёт только ссылку на чат класса в Сферуме.",
    "«My School» has no messages with teachers: it only links to the class's chat in Sferum.",
)
_NO_REMARKS: Final = unsupported(
    "Замечаний и оценок поведения «Моя школа» не показывает.",
    "«My School» shows neither remarks nor behaviour.",
)
_NO_RANKS: Final = unsupported(
    "Рейтинга класса в «Моей школе» нет.",
    "«My School» has no ranking of the class.",
)
_NO_NOTICES: Final = unsupported(
    "Предупредить школу об отсутствии через «Мою школу» нельзя: напишите классному руководителю.",
    "The school cannot be told of an absence through «My School»: write to the class teacher.",
)
_NO_TRUSTED: Final = unsupported(
    "Доверенных лиц в «Моей школе» нет: дневник видят родители и сам ученик.",
    "«My School» has no trusted persons: parents and the students themselves see the diary.",
)
_NO_TURNSTILE: Final = unsupported(
    "Проходов через турникет «Моя школа» не показывает.",
    "«My School» does not show passages through the turnstile.",
)
_NO_CLASS: Final = unsupported(
    "Одноклассников и других родителей «Моя школа» не показывает.",
    "«My School» shows neither classmates nor other parents.",
)
_NO_BOARD: Final = unsupported(
    "Объявлений и новостей школы в «Моей школе» нет.",
    "«My School» has neither announcements nor news of the school.",
)
_NO_CALENDAR: Final = unsupported(
    "Календаря каникул и праздников нет: есть только границы четвертей и триместров.",
    "There is no calendar of breaks and holidays, only the bounds of periods.",
)
_NO_MEAL_ACCOUNT: Final = unsupported(
    "Счёта за питание в «Моей школе» нет, только меню.",
    "«My School» has no meal account, only the menu.",
)
CAPABILITIES: Final[Mapping[Capability, SupportInfo]] = {
    Capability.STUDENTS: native(
        absent=frozenset(
            {*(f"Student.{name}" for name in _PERSON), "Student.also_in", "Student.scale"}
        )
    ),
    Capability.SCHOOL: native(
        absent=frozenset({"School.city", "School.full_name", "School.kind_text"})
    ),
    Capability.CLASS_GROUPS: native(
        absent=frozenset(
            {
                "ClassGroup.full_name",
                "ClassGroup.is_archived",
                "ClassGroup.kind_text",
                "ClassGroup.parents",
                "ClassGroup.subject",
            }
        )
    ),
    # There are no lists of them: made out of the lessons of the last weeks.
    Capability.SUBJECTS: native(
        emulated=True,
        absent=frozenset(
            {"Subject.area", "Subject.canonical", "Subject.kind", "Subject.kind_text"}
        ),
    ),
    Capability.TEACHERS: native(
        emulated=True,
        absent=frozenset(
            {*(f"Teacher.{name}" for name in _PERSON), "Teacher.is_homeroom", "Teacher.position"}
        ),
    ),
    Capability.CLASSMATES: _NO_CLASS,
    Capability.GUARDIANS: _NO_CLASS,
    Capability.TRUSTED_PERSONS: _NO_TRUSTED,
    # Only the running year is told; the others are those that have classes.
    Capability.SCHOOL_YEARS: native(emulated=True),
    Capability.PERIODS: native(),
    Capability.CALENDAR: _NO_CALENDAR,
    Capability.BELLS: _NO_SUCH_API,
    Capability.DAY_REGIME: _NO_SUCH_API,
    Capability.WEEK: native(absent=_WEEK | _LESSON | _HOMEWORK | _MARK | _ATTENDANCE),
    Capability.TIMETABLE: native(absent=_LESSON),
    # A lesson, a mark and an absence are parts of a week, found in it.
    Capability.LESSON: native(emulated=True, absent=_LESSON),
    Capability.HOMEWORK: native(absent=_HOMEWORK),
    Capability.MARKS: native(absent=_MARK),
    Capability.MARK_DETAILS: native(emulated=True, absent=_MARK | {"MarkDetails.distribution"}),
    # The service's own averages have unknown fields: these are computed from the marks.
    Capability.SUBJECT_RESULTS: native(
        emulated=True,
        absent=frozenset(
            {
                "SubjectResult.absences",
                "SubjectResult.average",
                "SubjectResult.final",
                "SubjectResult.rank",
                "SubjectResult.trend",
                "SubjectResult.trend_text",
                "SubjectResult.weighted_average",
            }
        ),
    ),
    Capability.FINAL_GRADES: _FIELDS_UNKNOWN,
    Capability.CLASS_RANKS: _NO_RANKS,
    Capability.ATTENDANCE: native(emulated=True, absent=_ATTENDANCE),
    Capability.ABSENCE_NOTICES: _NO_NOTICES,
    Capability.REMARKS: _NO_REMARKS,
    Capability.MESSAGES: _SFERUM,
    Capability.MESSAGE: _SFERUM,
    Capability.RECIPIENTS: _SFERUM,
    Capability.ANNOUNCEMENTS: _NO_BOARD,
    Capability.NEWS: _NO_BOARD,
    Capability.NOTIFICATIONS: _FIELDS_UNKNOWN,
    Capability.EVENTS: _FIELDS_UNKNOWN,
    Capability.ENTRIES: _NO_TURNSTILE,
    Capability.MEAL_ACCOUNT: _NO_MEAL_ACCOUNT,
    Capability.MEALS: _FIELDS_UNKNOWN,
    Capability.CURRICULUM: _FIELDS_UNKNOWN,
    Capability.PORTFOLIO: _FIELDS_UNKNOWN,
    Capability.BAG_WEIGHT: _NO_SUCH_API,
    Capability.SET_HOMEWORK_DONE: _TICK_UNKNOWN,
    Capability.SUBMIT_HOMEWORK: _NO_SUCH_API,
    Capability.CREATE_ABSENCE_NOTICE: _NO_NOTICES,
    Capability.CANCEL_ABSENCE_NOTICE: _NO_NOTICES,
    Capability.SEND_MESSAGE: _SFERUM,
    Capability.REPLY: _SFERUM,
    Capability.MARK_READ: _NO_SUCH_API,
    Capability.ACKNOWLEDGE_WEEK: unsupported(
        "Подписи родителя под неделей в «Моей школе» нет.",
        "«My School» has no parent's signature under a week.",
    ),
    # Also files: those of answers to applications are all there are.
    **APPLICATIONS,
}
"""Every capability."""
