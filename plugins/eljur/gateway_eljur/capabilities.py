"""What ЭлЖур can do for a family, and what it never tells (notes 4).

`absent_fields` names model fields that no answer of the service holds. They keep their defaults,
also those that elsewhere cost a further request. Not named are parts of a field that is absent
itself.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from gateway.core.contract.capability import (
    Capability,
    SupportInfo,
    native,
    unsupported,
    unverified,
)
from gateway.core.errors import Text

DIARY_DAYS: Final = 31
"""Days of the diary in one request: no limit is known, this is politeness."""

CALENDAR_DAYS: Final = 93
"""Days of which only the alerts are wanted; a school year is four requests."""

PLAN_DAYS: Final = 122
"""Days of the plan of control works in one request: no more were seen to be asked for."""

NEEDS_SITE: Final = Text(
    "План контрольных дневник показывает только на сайте школы, за отдельным входом: он открыт "
    "тем, кто вошёл с паролем, если это включено в настройках. Уроки с контрольной отмечены и в "
    "расписании.",
    "The plan of control works stands only at the school's site, behind a sign-in of its own: it "
    "is open to those who signed in with a password, if the settings say so. Lessons with a "
    "control work are marked in the timetable, too.",
)

WEB_CAPABILITIES: Final = frozenset({Capability.EVENTS})
"""What an account has only while it is signed in to the school's site."""

_PERSON: Final = frozenset({"birth_date", "email", "phone", "sex", "sex_text"})
# The diary shows a lesson as it takes place; nothing marks that a teacher stands in (notes 4.3).
_LESSON: Final = frozenset(
    {
        "Lesson.building",
        "Lesson.comment",
        "Lesson.floor",
        "Lesson.is_remote",
        "Lesson.join_url",
        "Lesson.kind_text",
        "Lesson.moved_from",
        "Lesson.replaced_teachers",
    }
)
_HOMEWORK: Final = frozenset(
    {
        "Homework.assigned_lesson_id",
        "Homework.assigned_on",
        "Homework.comment",
        "Homework.duration",
        "Homework.edited_at",
        "Homework.is_done",
        "Homework.is_mandatory",
        "Homework.is_submission_required",
        "Homework.submission",
        "Homework.submission_text",
        "Homework.teacher",
    }
)
_ATTACHMENT: Final = frozenset(
    {
        "Attachment.kind_text",
        "Attachment.media_type",
        "Attachment.size",
        "Attachment.uploaded_at",
    }
)


def _person(model: str, *told: str) -> frozenset[str]:
    return frozenset(f"{model}.{field}" for field in _PERSON.difference(told))


_NO_RANKS: Final = unsupported(
    "Рейтинга класса в этом дневнике нет.",
    "This diary has no ranking of the class.",
)
_NO_NOTICES: Final = unsupported(
    "Уведомить об отсутствии через этот дневник нельзя: он такого не принимает.",
    "An absence cannot be announced through this diary: it takes no such notices.",
)
_NO_DONE: Final = unsupported(
    "Отметки «сделано» у домашних заданий в этом дневнике нет.",
    "Homework of this diary has no tick for what is done.",
)
_NO_HAND_IN: Final = unsupported(
    "Сдать работу через интерфейс этого дневника нельзя, файлы в нём прикладывают к письмам.",
    "Works cannot be handed in through this diary's interface; files travel with letters.",
)
_NO_APPLICATIONS: Final = unsupported(
    "Заявлений на доступ в этом дневнике нет: пригласительный код выдаёт школа.",
    "This diary has no applications for access: the school issues an invite code.",
)
_NO_MEALS: Final = unsupported(
    "Питания в этом дневнике нет.",
    "This diary has no meals.",
)
_NO_SIGNATURE: Final = unsupported(
    "Дневник показывает подпись родителя под неделей, но подписать её через интерфейс нельзя.",
    "The diary shows the parent's signature under a week; its interface cannot sign one.",
)

LIFE: Final[Mapping[Capability, SupportInfo]] = {
    Capability.STUDENTS: native(
        absent=_person("Student", "sex", "sex_text") | {"Student.also_in", "Student.patronymic"}
    ),
    Capability.SCHOOL: native(absent=frozenset({"School.kind_text"})),
    Capability.CLASS_GROUPS: native(
        absent=frozenset(
            {
                "ClassGroup.full_name",
                "ClassGroup.is_archived",
                "ClassGroup.school_year",
                "ClassGroup.subject",
            }
        )
    ),
    # No such lists: made out of the student's lessons of a few weeks.
    Capability.SUBJECTS: native(
        emulated=True,
        absent=frozenset(
            {"Subject.area", "Subject.canonical", "Subject.kind", "Subject.kind_text"}
        ),
    ),
    Capability.TEACHERS: native(emulated=True, absent=_person("Teacher") | {"Teacher.position"}),
    # Out of those who may be written to.
    Capability.CLASSMATES: native(emulated=True, absent=_person("Person")),
    Capability.GUARDIANS: unsupported(
        "Кто родители ученика, дневник не сообщает: он лишь перечисляет родителей всего класса, "
        "которым можно написать.",
        "The diary does not tell who a student's parents are: it only lists the parents of the "
        "whole class as people to write to.",
    ),
    Capability.TRUSTED_PERSONS: unsupported(
        "Доверенных лиц в этом дневнике нет: каждому взрослому школа выдаёт свой доступ.",
        "This diary has no trusted persons: the school gives every adult an access of their own.",
    ),
    # No method tells years: the running one is as long as its periods.
    Capability.SCHOOL_YEARS: native(emulated=True, current_year_only=True),
    Capability.PERIODS: native(current_year_only=True),
    # Out of the alerts of the diary's days.
    Capability.CALENDAR: native(
        emulated=True, max_days=CALENDAR_DAYS, absent=frozenset({"CalendarSpan.id"})
    ),
    # Out of the times of the student's own lessons.
    Capability.BELLS: native(
        emulated=True,
        absent=frozenset({"Bell.is_break", "Bell.name", "BellSchedule.id", "BellSchedule.name"}),
    ),
    Capability.DAY_REGIME: unsupported(
        "Режима дня в этом дневнике нет.", "This diary has no regime of the day."
    ),
    # What is attached to a lesson itself are links; files hang on its homework.
    Capability.TIMETABLE: native(
        max_days=DIARY_DAYS, absent=_LESSON | _ATTACHMENT | {"Attachment.id"}
    ),
    Capability.LESSON: native(absent=_LESSON | _ATTACHMENT | {"Attachment.id"}),
    Capability.HOMEWORK: native(max_days=DIARY_DAYS, absent=_HOMEWORK | _ATTACHMENT),
    Capability.ATTACHMENTS: native(),
    Capability.NOTIFICATIONS: unverified(
        "Лента обновлений у дневника есть, но как выглядят её записи, не проверено.",
        "The diary has a feed of updates, but what its lines look like is not verified.",
        absent=frozenset(
            {"Notification.happened_at", "Notification.is_read", "Notification.kind_text"}
        ),
    ),
    # Planned control works; a pupil's tasks of courses, with their terms, where unverified calls
    # are allowed.
    Capability.EVENTS: replace(
        native(
            max_days=PLAN_DAYS,
            absent=frozenset(
                {
                    "SchoolEvent.description",
                    "SchoolEvent.organizer",
                    "SchoolEvent.place",
                    "SchoolEvent.starts_at",
                    "SchoolEvent.status",
                    "SchoolEvent.status_text",
                }
            ),
        ),
        reason=NEEDS_SITE,
    ),
    Capability.ENTRIES: unsupported(
        "Проходов через турникет в этом дневнике нет.",
        "This diary has no passages through a turnstile.",
    ),
    Capability.MEAL_ACCOUNT: _NO_MEALS,
    Capability.MEALS: _NO_MEALS,
    Capability.CURRICULUM: unsupported(
        "Учебных планов в этом дневнике нет.", "This diary has no study plans."
    ),
    Capability.PORTFOLIO: unsupported(
        "Достижения и портфолио интерфейсы этого дневника семье не отдают.",
        "The interfaces of this diary tell families no achievements and no portfolio.",
    ),
    Capability.BAG_WEIGHT: unsupported(
        "Веса ранца этот дневник не считает.", "This diary does not weigh the school bag."
    ),
    Capability.APPLICATIONS: _NO_APPLICATIONS,
    Capability.FILE_APPLICATION: _NO_APPLICATIONS,
    Capability.SET_HOMEWORK_DONE: _NO_DONE,
    Capability.SUBMIT_HOMEWORK: _NO_HAND_IN,
    Capability.ACKNOWLEDGE_WEEK: _NO_SIGNATURE,
    Capability.ABSENCE_NOTICES: _NO_NOTICES,
    Capability.CREATE_ABSENCE_NOTICE: _NO_NOTICES,
    Capability.CANCEL_ABSENCE_NOTICE: _NO_NOTICES,
    Capability.CLASS_RANKS: _NO_RANKS,
}
"""School life beside results and talk."""

_MARK: Final = frozenset(
    {
        "Assignment.id",
        "Assignment.is_important",
        "Mark.criteria",
        "Mark.debt_until",
        "Mark.edited_at",
        "Mark.given_at",
        "Mark.history",
        "Mark.replaced_by",
        "Mark.replaces",
        "Mark.teacher",
    }
)
_LISTED_MARK: Final = _MARK | {"Mark.lesson_id"}
_ATTENDANCE: Final = frozenset({"AttendanceRecord.reason", "AttendanceRecord.recorded_at"})

RESULTS: Final[Mapping[Capability, SupportInfo]] = {
    Capability.WEEK: native(
        absent=_LESSON | _HOMEWORK | _ATTACHMENT | _MARK | _ATTENDANCE | {"DiaryDay.remarks"}
    ),
    Capability.MARKS: native(absent=_LISTED_MARK),
    # The service shows no single mark: it is found again among those of its day.
    Capability.MARK_DETAILS: native(
        emulated=True, absent=_LISTED_MARK | {"MarkDetails.distribution"}
    ),
    # The only average that the service tells is the weighted one.
    Capability.SUBJECT_RESULTS: native(
        current_year_only=True,
        absent=frozenset(
            {
                "SubjectResult.average",
                "SubjectResult.final",
                "SubjectResult.rank",
                "SubjectResult.trend",
                "SubjectResult.trend_text",
            }
        ),
    ),
    Capability.FINAL_GRADES: native(
        current_year_only=True, absent=frozenset({"FinalGrade.given_on"})
    ),
    # Absences stand among the marks, as letters.
    Capability.ATTENDANCE: native(
        emulated=True,
        absent=_ATTENDANCE | {"AttendanceRecord.lesson_id", "AttendanceRecord.lesson_number"},
    ),
    Capability.MESSAGES: native(absent=frozenset({"Message.thread_id"})),
    # The look at a letter is what marks it as read.
    Capability.MESSAGE: native(
        side_effect=True,
        absent=_ATTACHMENT | {"Message.folder_text", "Message.thread_id"},
    ),
    Capability.RECIPIENTS: native(),
    # Announcements that nobody has read yet are not looked at: that may mark them as read.
    Capability.ANNOUNCEMENTS: native(absent=_ATTACHMENT),
    Capability.SEND_MESSAGE: native(invalidates=frozenset({"list_messages"})),
    Capability.REPLY: native(invalidates=frozenset({"list_messages"})),
    # No mark of its own: it is the look at a letter or an announcement.
    Capability.MARK_READ: native(
        emulated=True, invalidates=frozenset({"list_messages", "list_announcements"})
    ),
    Capability.REMARKS: unsupported(
        "Замечаний о поведении отдельно дневник не ведёт: учитель пишет комментарий к оценке.",
        "The diary keeps no remarks of their own: teachers comment on a mark.",
    ),
    Capability.NEWS: unsupported(
        "Новостей отдельно от объявлений у этого дневника нет.",
        "This diary has no news apart from its announcements.",
    ),
}
"""Results, attendance and talk."""

CAPABILITIES: Final[Mapping[Capability, SupportInfo]] = {**LIFE, **RESULTS}
"""Every capability."""
