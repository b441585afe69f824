"""The world in the words of «Маяк»."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway.sandbox.world.averages import average

Json = dict[str, Any]

_ROLES = {
    m.Role.STUDENT: "student",
    m.Role.GUARDIAN: "parent",
    m.Role.TRUSTED_PERSON: "trusted",
    m.Role.TEACHER: "staff",
}
_SEXES = {m.Sex.MALE: "m", m.Sex.FEMALE: "f"}
_PERIODS = {
    m.PeriodKind.QUARTER: "quarter",
    m.PeriodKind.TRIMESTER: "trimester",
    m.PeriodKind.SEMESTER: "half_year",
    m.PeriodKind.MODULE: "module",
}
_SCALES = {
    m.ScaleKind.FIVE_POINT: "five",
    m.ScaleKind.TEN_POINT: "ten",
    m.ScaleKind.HUNDRED_POINT: "hundred",
    m.ScaleKind.PASS_FAIL: "pass",
}
_ABSENCES = {
    m.AttendanceKind.ABSENT: "absent",
    m.AttendanceKind.TARDY: "late",
    m.AttendanceKind.EARLY_DEPARTURE: "left_early",
}
_CAUSES = {
    m.AbsenceReason.ILLNESS: "ill",
    m.AbsenceReason.EXCUSED: "excused",
    m.AbsenceReason.UNEXCUSED: "unexcused",
}
_REPLACING = {m.ChangeKind.TEACHER, m.ChangeKind.SUBJECT}
_BEGINNING = 40


class Renderer:
    """Answers about one student."""

    def __init__(self, world: World, state: WorldState) -> None:
        self._world = world
        self._state = state

    def me(self, account: m.Account) -> Json:
        """The person who signed in."""
        return {
            "id": account.key,
            "role": _ROLES[account.role],
            "students": [self._pupil(account, key) for key in account.student_keys],
        }

    def days(self, student: str, start: date, end: date) -> list[Json]:
        """Days with lessons, homework, marks and absences."""
        found: dict[date, Json] = {}

        def put(day: date, section: str, thing: Json) -> None:
            blank: Json = {"lessons": [], "homework": [], "marks": [], "absences": []}
            found.setdefault(day, {"date": str(day), **blank})[section].append(thing)

        for lesson in self._world.lessons_of(student, start, end):
            put(lesson.date, "lessons", self._lesson(lesson))
        for task in self._world.homework_of(student, start, end):
            put(task.due_on, "homework", self._task(student, task))
        for mark in self._world.marks_of(student, start, end):
            put(mark.date, "marks", self._mark(mark))
        for note in self._world.attendance_of(student, start, end):
            put(note.date, "absences", self._absence(note))
        return [found[day] for day in sorted(found)]

    def periods(self, student: str, year: m.SchoolYear) -> list[Json]:
        """Periods of a school year."""
        return [
            {
                "id": period.key,
                "kind": _PERIODS[period.kind],
                "name": period.name,
                "number": period.number,
                "school_year": year.start_year,
                "starts": str(period.starts),
                "ends": str(period.ends),
            }
            for period in self._world.periods_of(student, year.key)
        ]

    def results(self, student: str, period: m.AcademicPeriod) -> Json:
        """Averages by subject."""
        marks = self._world.marks_of(student, period.starts, period.ends)
        notes = self._world.attendance_of(student, period.starts, period.ends)
        finals = {
            grade.subject_key: grade.text
            for grade in self._world.finals_of(student)
            if grade.period_key == period.key
        }
        missed = [note.subject_key for note in notes if note.kind is m.AttendanceKind.ABSENT]
        subjects = dict.fromkeys(mark.subject_key for mark in marks)
        results = []
        for key in subjects:
            own = [mark for mark in marks if mark.subject_key == key]
            plain, weighted = average(own, weighted=False), average(own)
            results.append(
                {
                    "subject": self._subject(key),
                    "marks": len(own),
                    "missed": missed.count(key),
                    "average": None if plain is None else str(plain),
                    "weighted": None if weighted is None else str(weighted),
                    "final": finals.get(key),
                }
            )
        return {"period": {"id": period.key, "name": period.name}, "results": results}

    def finals(self, student: str, year: m.SchoolYear) -> list[Json]:
        """Final grades of a school year."""
        return [
            {
                "id": grade.key,
                "subject": self._subject(grade.subject_key),
                "kind": grade.kind.value,
                "sign": grade.text,
                "scale": self._scale(grade.scale_key),
                "school_year": year.start_year,
                "period": self._period(grade.period_key),
                "given": str(grade.given_on),
            }
            for grade in self._world.finals_of(student, year.key)
        ]

    def contacts(self, student: str) -> list[Json]:
        """Teachers of the class, each once."""
        classes = self._world.classes_of(student)
        lines = [item for group in classes for item in self._world.curriculum_of(group.key)]
        teachers = dict.fromkeys(line.teacher_key for line in lines)
        return [
            {
                **self._teacher(key),
                "group": "Учителя",
                "post": self._world.teacher(key).position,
            }
            for key in teachers
        ]

    def _pupil(self, account: m.Account, key: str) -> Json:
        person = self._world.person_of(key)
        student = self._world.student(key)
        school = self._world.school(student.school_key)
        group = self._world.class_group(student.class_key)
        return {
            "id": key,
            "surname": person.surname,
            "given_name": person.given_name,
            "patronymic": person.patronymic,
            "sex": _SEXES[person.sex],
            "birth_date": str(person.birth_date),
            "zone": school.zone,
            "school": {"id": school.key, "name": school.short_name},
            "class_group": {"id": group.key, "name": group.name},
            "grade": group.grade_level,
            "region": self._world.region(school.region_key).code,
            "label": self._state.label_of(account, key),
        }

    def _lesson(self, lesson: m.Lesson) -> Json:
        return {
            "id": lesson.key,
            "subject": self._subject(lesson.subject_key),
            "starts": lesson.starts_at.time().isoformat(),
            "ends": lesson.ends_at.time().isoformat(),
            "status": _status(lesson),
            "number": lesson.number,
            "teacher": self._teacher(lesson.teacher_key),
            "room": lesson.room,
            "topic": lesson.topic,
        }

    def _task(self, student: str, task: m.Homework) -> Json:
        return {
            "id": task.key,
            "subject": self._subject(task.subject_key),
            "text": task.text,
            "done": self._state.is_done(student, task.key),
            "lesson": task.due_lesson_key,
            "given": str(task.given_on),
            "teacher": self._teacher(task.teacher_key),
            "files": _files(task.attachments),
            "links": [{"title": link.title, "url": link.url} for link in task.links],
        }

    def _mark(self, mark: m.Mark) -> Json:
        shared = mark.cell_size > 1
        return {
            "id": mark.key,
            "lesson": mark.lesson_key,
            "subject": self._subject(mark.subject_key),
            "sign": mark.text,
            "scale": self._scale(mark.scale_key),
            "weight": mark.weight,
            "counts": mark.counts,
            "given_at": mark.given_at.isoformat(),
            "work": self._world.work_kind(mark.work_kind_key).name,
            "title": self._world.assignment(mark.assignment_key).title,
            "comment": mark.comment,
            "teacher": self._teacher(mark.teacher_key),
            "cell": mark.assignment_key if shared else None,
            "cell_sign": mark.cell_text if shared else None,
            "hand_in_by": str(mark.debt_due_on) if mark.debt_due_on else None,
            "retaken_as": mark.replaced_by,
            "corrected_at": mark.updated_at.isoformat() if mark.updated_at else None,
        }

    def _absence(self, note: m.Attendance) -> Json:
        return {
            "id": note.key,
            "lesson": note.lesson_key,
            "number": self._world.lesson(note.lesson_key).number,
            "subject": self._subject(note.subject_key),
            "kind": _ABSENCES[note.kind],
            "cause": _CAUSES.get(note.reason) if note.reason else None,
            "explanation": note.reason_text,
        }

    def _subject(self, key: str) -> Json:
        return {"id": key, "name": self._world.subject(key).name}

    def _teacher(self, key: str) -> Json:
        return person_json(self._world, self._world.teacher(key).person_key)

    def _period(self, key: str | None) -> Json | None:
        return {"id": key, "name": self._world.period(key).name} if key else None

    def _scale(self, key: str) -> str:
        return _SCALES[self._world.scale(key).kind]


def letter_json(
    world: World,
    state: WorldState,
    letter: m.Message,
    account: m.Account,
    folder: m.Folder,
    *,
    whole: bool = False,
) -> Json:
    """A letter as one person sees it in one of their folders."""
    shown: Json = {
        "id": letter.key,
        "folder": folder.value,
        "subject": letter.subject,
        "sender": person_json(world, letter.sender_person_key),
        "sent_at": letter.sent_at.isoformat(),
        "read": state.is_read(account.person_key, letter),
        "beginning": letter.text[:_BEGINNING],
        "has_files": bool(letter.attachments),
    }
    if whole:
        people = letter.recipient_person_keys
        shown["text"] = letter.text
        shown["recipients"] = [person_json(world, key) for key in people]
        shown["files"] = _files(letter.attachments)
    return shown


def person_json(world: World, key: str) -> Json:
    """A person with the name to show."""
    return {"id": key, "name": world.person(key).full_name}


def _files(files: Iterable[m.Attachment]) -> list[Json]:
    return [
        {"id": file.key, "name": file.name, "media_type": file.mime, "size": file.size}
        for file in files
    ]


def _status(lesson: m.Lesson) -> str:
    if lesson.status is m.LessonStatus.HELD and lesson.change and lesson.change.kind in _REPLACING:
        return "substituted"
    return lesson.status.value
