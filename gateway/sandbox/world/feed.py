"""The notification feed: what happened to a pupil in the last two weeks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.sandbox.world.model import (
    Announcement,
    ChangeKind,
    FinalGrade,
    Homework,
    Lesson,
    Mark,
    Notification,
    NotificationKind,
    Remark,
    School,
    Student,
)
from gateway.sandbox.world.subjects import SUBJECT_BY_KEY

_SPAN = timedelta(days=14)
_READ_AFTER = timedelta(days=3)
_NOON = time(12, 0)
_CHANGE_TEXTS = {
    ChangeKind.TEACHER: "замена учителя",
    ChangeKind.SUBJECT: "замена предмета",
    ChangeKind.ROOM: "другой кабинет",
    ChangeKind.CANCELLED: "урок отменён",
    ChangeKind.MOVED_AWAY: "урок перенесён",
    ChangeKind.MOVED_HERE: "урок перенесён сюда",
    ChangeKind.REMOTE: "дистанционный урок",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """What there is to tell about one pupil of one school."""

    student: Student
    school: School
    readers: tuple[str, ...]  # person keys of the family
    marks: Iterable[Mark]
    homework: Iterable[Homework]
    lessons: Iterable[Lesson]
    remarks: Iterable[Remark]
    announcements: Iterable[Announcement]
    finals: Iterable[FinalGrade]
    today: datetime


def make_notifications(what: Happenings) -> list[Notification]:
    """Notifications in time order; those older than three days were read."""
    rows = [*_of_marks(what), *_of_work(what), *_of_school(what)]
    found = [item for item in rows if _is_recent(what, item.created_at)]
    found.sort(key=lambda item: (item.created_at, item.key))
    return [
        replace(item, read_by=what.readers) if item.created_at + _READ_AFTER < what.today else item
        for item in found
    ]


def _is_recent(what: Happenings, at: datetime) -> bool:
    return what.today - _SPAN <= at <= what.today


def _of_marks(what: Happenings) -> Iterable[Notification]:
    for mark in what.marks:
        if not _is_recent(what, mark.updated_at or mark.given_at):
            continue
        name = _name(mark.subject_key)
        shown = mark.corrections[0].before if mark.corrections else mark.text
        base = _blank(what, NotificationKind.NEW_MARK, mark.key, mark.given_at)
        base = replace(base, subject_key=mark.subject_key, teacher_key=mark.teacher_key)
        yield replace(base, title="Новая отметка", text=f"{name}: {shown}", new_value=shown)
        for row in mark.corrections:
            yield replace(
                base,
                key=f"{base.key}-changed",
                kind=NotificationKind.CHANGED_MARK,
                created_at=row.at,
                title="Отметка исправлена",
                text=f"{name}: {row.before} → {row.after}",
                old_value=row.before,
                new_value=row.after,
            )


def _of_work(what: Happenings) -> Iterable[Notification]:
    for item in what.homework:
        if not _is_recent(what, item.created_at):
            continue
        base = _blank(what, NotificationKind.NEW_HOMEWORK, item.key, item.created_at)
        yield replace(
            base,
            title="Новое домашнее задание",
            text=f"{_name(item.subject_key)}: {item.text}",
            subject_key=item.subject_key,
            teacher_key=item.teacher_key,
            new_value=item.text,
        )
    for lesson in what.lessons:
        if lesson.change is None:
            continue
        base = _blank(
            what, NotificationKind.TIMETABLE_CHANGE, lesson.key, lesson.change.announced_at
        )
        yield replace(
            base,
            title="Изменение в расписании",
            text=f"{lesson.date:%d.%m}, {_name(lesson.subject_key)}: "
            f"{_CHANGE_TEXTS[lesson.change.kind]}",
            subject_key=lesson.subject_key,
            teacher_key=lesson.teacher_key,
        )


def _of_school(what: Happenings) -> Iterable[Notification]:
    for remark in what.remarks:
        base = _blank(what, NotificationKind.REMARK, remark.key, remark.created_at)
        yield replace(
            base, title="Запись учителя", text=remark.text, teacher_key=remark.teacher_key
        )
    for item in what.announcements:
        base = _blank(what, NotificationKind.ANNOUNCEMENT, item.key, item.published_at)
        yield replace(base, title="Объявление", text=item.title)
    for grade in what.finals:
        at = datetime.combine(grade.given_on, _NOON, ZoneInfo(what.school.zone))
        base = _blank(what, NotificationKind.FINAL_GRADE, grade.key, at)
        yield replace(
            base,
            title="Итоговая отметка",
            text=f"{_name(grade.subject_key)}: {grade.text}",
            subject_key=grade.subject_key,
            teacher_key=grade.teacher_key,
            new_value=grade.text,
        )


def _blank(what: Happenings, kind: NotificationKind, ref: str, at: datetime) -> Notification:
    return Notification(
        key=f"notification-{what.student.key}-{ref}",
        student_key=what.student.key,
        school_key=what.school.key,
        kind=kind,
        created_at=at,
        title="",
        text="",
        subject_key=None,
        teacher_key=None,
        ref_key=ref,
        old_value=None,
        new_value=None,
        read_by=(),
    )


def _name(subject_key: str) -> str:
    return SUBJECT_BY_KEY[subject_key].name
