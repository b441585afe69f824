"""Wire types → records of the model: pure functions that know no request.

Keys that would only repeat a default are left out; the gateway validates every record once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.core.ids import Ids
from gateway.core.marks import read_sign, work_kind
from gateway.core.model import (
    AttendanceStatus,
    FinalGradeKind,
    GradingScale,
    LessonStatus,
    MessageFolder,
    PeriodKind,
    Sex,
    WorkKind,
)
from gateway_lighthouse import wire, words

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class School:
    """Where a payload belongs.

    Attributes:
        ids: Identifiers of the instance.
        student: Native key of the student.
        zone: Time zone of the school.
    """

    ids: Ids
    student: str
    zone: ZoneInfo

    def reference(self, kind: str, thing: wire.Named) -> Record:
        """A pointer to a thing with its name."""
        return {"id": self.ids.of(kind, thing.id), "name": thing.name}

    def moment(self, day: date, clock: time) -> datetime:
        """A local time of day as an aware moment."""
        return datetime.combine(day, clock, self.zone)


def student_record(ids: Ids, pupil: wire.Pupil) -> Record:
    """A student of the account."""
    names = (pupil.surname, pupil.given_name, pupil.patronymic)
    record: Record = {
        "id": ids.of("student", pupil.id),
        "name": " ".join(name for name in names if name),
        "surname": pupil.surname,
        "given_name": pupil.given_name,
        "patronymic": pupil.patronymic,
        "birth_date": pupil.birth_date,
        "school": {"id": ids.of("school", pupil.school.id), "name": pupil.school.name},
        "class_group": {
            "id": ids.of("group", pupil.class_group.id),
            "name": pupil.class_group.name,
        },
        "grade_level": pupil.grade,
        "zone": pupil.zone,
        "region": pupil.region,
        "label": pupil.label,
    }
    if pupil.sex is not None:
        record["sex"] = words.read(words.SEXES, pupil.sex, Sex.UNKNOWN)
        record["sex_text"] = pupil.sex
    return record


def week_record(school: School, days: Iterable[wire.Day], monday: date) -> Record:
    """Seven days from a Monday."""
    return {
        "start": monday,
        "end": monday + timedelta(days=6),
        "days": [
            {
                "date": day.date,
                "lessons": lesson_records(school, (day,)),
                "homework": homework_records(school, (day,)),
                "marks": mark_records(school, (day,)),
                "attendance": attendance_records(school, (day,)),
            }
            for day in days
        ],
    }


def lesson_records(school: School, days: Iterable[wire.Day]) -> list[Record]:
    """Lessons by time."""
    return [
        {
            "id": school.ids.of("lesson", lesson.id),
            "date": day.date,
            "number": lesson.number,
            "starts_at": school.moment(day.date, lesson.starts),
            "ends_at": school.moment(day.date, lesson.ends),
            "subject": school.reference("subject", lesson.subject),
            "teachers": [school.reference("person", lesson.teacher)] if lesson.teacher else [],
            "room": lesson.room,
            "topic": lesson.topic,
            "status": words.read(words.LESSONS, lesson.status, LessonStatus.UNKNOWN),
            "status_text": lesson.status,
            "comment": None,  # never told, so no further request would tell it either
        }
        for day in days
        for lesson in day.lessons
    ]


def homework_records(school: School, days: Iterable[wire.Day]) -> list[Record]:
    """Homework by the day it is due."""
    return [
        {
            "id": school.ids.of("homework", task.id),
            "subject": school.reference("subject", task.subject),
            "text": task.text,
            "assigned_on": task.given,
            "due_on": day.date,
            "lesson_id": school.ids.of("lesson", task.lesson) if task.lesson else None,
            "teacher": school.reference("person", task.teacher) if task.teacher else None,
            "is_done": task.done,
            "submission": None,
            "attachments": [
                *file_records(school.ids, task.files),
                *({"kind": "link", "name": link.title, "url": link.url} for link in task.links),
            ],
        }
        for day in days
        for task in day.homework
    ]


def mark_records(school: School, days: Iterable[wire.Day]) -> list[Record]:
    """Marks by the day of their lesson."""
    return [
        {
            **_sign(mark.sign, mark.scale),
            "id": school.ids.of("mark", mark.id),
            "subject": school.reference("subject", mark.subject),
            "lesson_id": school.ids.of("lesson", mark.lesson),
            "date": day.date,
            "given_at": mark.given_at,
            "edited_at": mark.corrected_at,
            "weight": mark.weight,
            "counts": mark.counts,
            "assignment": {
                "title": mark.title,
                "category": mark.work,
                "kind": work_kind(mark.work) or WorkKind.OTHER,
                "kind_text": mark.work,
            },
            "teacher": school.reference("person", mark.teacher) if mark.teacher else None,
            "comment": mark.comment,
            "cell": mark.cell,
            "cell_text": mark.cell_sign,
            "debt_until": mark.hand_in_by,
            **_retake(school.ids, mark.retaken_as),
        }
        for day in days
        for mark in day.marks
    ]


def attendance_records(school: School, days: Iterable[wire.Day]) -> list[Record]:
    """Absences and the like; the cause of an absence says more than the bare word."""
    records: list[Record] = []
    for day in days:
        for note in day.absences:
            told = note.cause if note.kind == "absent" and note.cause else note.kind
            status = words.read(words.ATTENDANCE, told, AttendanceStatus.UNKNOWN)
            records.append(
                {
                    "id": school.ids.of("attendance", note.id),
                    "date": day.date,
                    "lesson_id": school.ids.of("lesson", note.lesson),
                    "lesson_number": note.number,
                    "subject": school.reference("subject", note.subject),
                    "status": status,
                    "status_text": told,
                    "is_excused": words.EXCUSED.get(status),
                    "reason": note.explanation,
                }
            )
    return records


def period_records(school: School, periods: Iterable[wire.Period]) -> list[Record]:
    """Periods of a school year."""
    return [
        {
            "id": school.ids.of("period", period.id),
            "kind": words.read(words.PERIODS, period.kind, PeriodKind.UNKNOWN),
            "kind_text": period.kind,
            "name": period.name,
            "number": period.number,
            "school_year": period.school_year,
            "start": period.starts,
            "end": period.ends,
        }
        for period in periods
    ]


def result_records(school: School, answer: wire.Results) -> list[Record]:
    """Averages; the service has no identifier of them, so the id is the natural key."""
    period = school.reference("period", answer.period)
    return [
        {
            "id": school.ids.of("result", school.student, result.subject.id, answer.period.id),
            "subject": school.reference("subject", result.subject),
            "period": period,
            "average": result.average,
            "weighted_average": result.weighted,
            "final": result.final,
            "absences": result.missed,
            "marks": result.marks,
        }
        for result in answer.results
    ]


def final_records(school: School, finals: Iterable[wire.Final]) -> list[Record]:
    """Final grades."""
    return [
        {
            **_sign(final.sign, final.scale),
            "id": school.ids.of("final", final.id),
            "subject": school.reference("subject", final.subject),
            "kind": words.read(words.FINALS, final.kind, FinalGradeKind.UNKNOWN),
            "kind_text": final.kind,
            "period": school.reference("period", final.period) if final.period else None,
            "school_year": final.school_year,
            "given_on": final.given,
        }
        for final in finals
    ]


def contact_records(ids: Ids, contacts: Iterable[wire.Contact]) -> list[Record]:
    """Who may be written to."""
    return [
        {
            "id": ids.of("person", contact.id),
            "name": contact.name,
            "group": contact.group,
            "note": contact.post,
        }
        for contact in contacts
    ]


def letter_record(ids: Ids, letter: wire.Letter, *, whole: bool) -> Record:
    """A letter; what only the whole one tells stays NOT_LOADED in a list."""
    record: Record = {
        "id": ids.of("message", letter.id),
        "folder": words.read(words.FOLDERS, letter.folder, MessageFolder.UNKNOWN),
        "subject": letter.subject,
        "preview": letter.beginning,
        "sender": {"id": ids.of("person", letter.sender.id), "name": letter.sender.name},
        "sent_at": letter.sent_at,
        "is_read": letter.read,
        "has_attachments": letter.has_files,
        "html": None,
    }
    if whole:
        record["text"] = letter.text
        record["recipients"] = [
            {"id": ids.of("person", person.id), "name": person.name} for person in letter.recipients
        ]
        record["attachments"] = file_records(ids, letter.files)
    return record


def file_records(ids: Ids, files: Iterable[wire.File]) -> list[Record]:
    """Files; the name is part of the id, so that opening one needs no other request for it."""
    return [
        {
            "id": ids.of("file", file.id, file.name),
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
        }
        for file in files
    ]


def _sign(text: str, scale_word: str) -> Record:
    scale = words.read(words.SCALES, scale_word, GradingScale.UNKNOWN)
    sign = read_sign(text, scale)
    return {
        "text": text,
        "scale": scale,
        "scale_text": scale_word,
        "value": sign.value,
        "normalized": sign.normalized,
        "status": sign.status,
    }


def _retake(ids: Ids, retaken_as: str | None) -> Record:
    """A mark that was retaken says so, whatever its sign."""
    if retaken_as is None:
        return {}
    return {"status": "retaken", "replaced_by": ids.of("mark", retaken_as)}
