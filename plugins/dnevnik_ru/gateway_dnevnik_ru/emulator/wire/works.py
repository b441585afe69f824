"""Works, kinds of work, tasks and files (protocol notes 4.4)."""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import doors, ids
from gateway_dnevnik_ru.emulator.dates import clock_text, day_text
from gateway_dnevnik_ru.emulator.families import Site
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.people import SEX, zone_text
from gateway_dnevnik_ru.emulator.wire.places import MARK_TYPES, PERIOD_TYPES

KINDS: Final = {
    "work-control": "LessonTestWork",
    "work-test": "LessonTestWork",
    "work-lab": "CommonWork",
    "work-essay": "LessonComposition",
    "work-classwork": "DefaultNewLessonWork",
    "work-answer": "CommonWork",
    "work-homework": "Homework",
    "work-diagnostic": "CommonWork",
}
FINAL_KINDS: Final = {
    m.GradeKind.PERIOD: ("PeriodMark", "Отметка за период", "Пер"),
    m.GradeKind.YEAR: ("YearMark", "Годовая отметка", "Год"),
    m.GradeKind.EXAM: ("ExamMark", "Экзамен", "Экз"),
    m.GradeKind.ATTESTATION: ("AttestationMark", "Промежуточная аттестация", "ПА"),
    m.GradeKind.FINAL: ("FinalMark", "Итоговая отметка", "Итог"),
}
TASK_NEW, TASK_DONE = "New", "Completed"
_YEAR: Final = "Year"
_FILE_TYPES: Final = {
    "application/pdf": ("Document", "Pdf"),
    "image/png": ("Image", "Png"),
    "text/plain": ("Document", "Txt"),
}
_OTHER_FILE: Final = ("Document", "Doc")


def work_type_id(service: Service, school_key: str, kind: str) -> int:
    """Number of a kind of work at a school; `kind` is the world's key or a final's kind."""
    return service.ids.of(ids.WORK_TYPE, f"{school_key}/{kind}")


def work_type_json(service: Service, school: m.School, kind: m.WorkKind) -> JsonObject:
    """A kind of work inside a bundle, 8 keys."""
    return {
        "id": work_type_id(service, school.key, kind.key),
        "schoolId": service.ids.of(ids.SCHOOL, school.key),
        "abbreviation": kind.short_name,
        "name": kind.name,
        "isFinal": False,
        "isImportant": kind.is_important,
        "kindId": _kind_number(service, kind),
        "kind": KINDS[kind.key],
    }


def final_type_json(service: Service, school: m.School, kind: m.GradeKind) -> JsonObject:
    """A kind of final mark inside a bundle, 8 keys."""
    word, name, short = FINAL_KINDS[kind]
    return {
        "id": work_type_id(service, school.key, kind.value),
        "schoolId": service.ids.of(ids.SCHOOL, school.key),
        "abbreviation": short,
        "name": name,
        "isFinal": True,
        "isImportant": False,
        "kindId": 100 + list(FINAL_KINDS).index(kind),
        "kind": word,
    }


def weighted_types_json(service: Service, school: m.School) -> list[JsonObject]:
    """All kinds of work of a school with their weights: `work-types/{school}`, 8 keys each."""
    kinds = [work_type_json(service, school, kind) for kind in service.world.work_kinds]
    weights = [kind.weight for kind in service.world.work_kinds]
    kinds += [final_type_json(service, school, kind) for kind in FINAL_KINDS]
    weights += [1] * len(FINAL_KINDS)
    return [
        {
            "id": body["id"],
            "id_str": str(body["id"]),
            "schoolId": body["schoolId"],
            "kindId": body["kindId"],
            "kind": body["kind"],
            "title": body["name"],
            "abbr": body["abbreviation"],
            "weight": weight,
        }
        for body, weight in zip(kinds, weights, strict=True)
    ]


def _kind_number(service: Service, kind: m.WorkKind) -> int:
    return 1 + [item.key for item in service.world.work_kinds].index(kind.key)


def _work(
    service: Service,
    *,
    key: str,
    kind: str,
    type_id: int,
    mark_type: str,
    mark_count: int,
    lesson_key: str | None,
    group_key: str,
    text: str,
    period: tuple[int, str],
    subject_key: str,
    important: bool,
    target: date,
    sent: datetime | None,
    author: str,
    files: Iterable[m.Attachment] = (),
) -> JsonObject:
    """22 keys, common to every sort of work."""
    number, lesson = service.ids.of(ids.WORK, key), None
    if lesson_key is not None:
        lesson = service.ids.of(ids.LESSON, lesson_key)
    return (
        big("id", number)
        | {"type": kind, "workType": type_id, "markType": mark_type, "markCount": mark_count}
        | big("lesson", lesson)
        | {"displayInJournal": True, "status": "New" if sent is None else "Sent"}
        | big("eduGroup", service.ids.of(ids.GROUP, group_key))
        | {
            "text": text,
            "periodNumber": period[0],
            "periodType": period[1],
            "subjectId": service.ids.of(ids.SUBJECT, subject_key),
            "isImportant": important,
            "targetDate": day_text(target),
            "sentDate": None if sent is None else clock_text(sent),
            "createdBy": service.ids.user_of(author),
            "files": [service.ids.of(ids.FILE, file.key) for file in files],
            "oneDriveLinks": [],
        }
    )


def _mark_type(service: Service, subject_key: str) -> str:
    world = service.world
    return MARK_TYPES[world.scale(world.subject(subject_key).scale_key).kind]


def _period(service: Service, school_key: str, day: date) -> tuple[int, str]:
    period = service.book.period_on(school_key, day)
    return (0, _YEAR) if period is None else (period.number - 1, PERIOD_TYPES[period.kind])


def homework_json(service: Service, item: m.Homework) -> JsonObject:
    """Homework as a work, 22 keys: its lesson is the one it is due at."""
    return service.once(("homework", item.key), lambda: _homework(service, item)).copy()


def _homework(service: Service, item: m.Homework) -> JsonObject:
    zone = service.world.zone_of(item.school_key)
    sent = datetime.combine(item.given_on, item.created_at.astimezone(zone).time())
    return _work(
        service,
        key=item.key,
        kind="Homework",
        type_id=work_type_id(service, item.school_key, "work-homework"),
        mark_type=_mark_type(service, item.subject_key),
        mark_count=1,
        lesson_key=item.due_lesson_key,
        group_key=item.group_key or item.class_key,
        text=escaped(item.text),
        period=_period(service, item.school_key, item.due_on),
        subject_key=item.subject_key,
        important=False,
        target=item.due_on,
        sent=sent,
        author=service.world.teacher(item.teacher_key).person_key,
        files=item.attachments,
    )


def assignment_json(service: Service, item: m.Assignment) -> JsonObject:
    """A work of its own, 22 keys."""
    return service.once(("assignment", item.key), lambda: _assignment(service, item)).copy()


def _assignment(service: Service, item: m.Assignment) -> JsonObject:
    school_key = service.world.class_group(item.class_key).school_key
    cells = {mark.cell_size for mark in service.book.marks_for.get(item.key, ())}
    kind = KINDS[item.work_kind_key]
    return _work(
        service,
        key=item.key,
        # a work of the journal that only counts as homework is no homework to be done
        kind="CommonWork" if kind == "Homework" else kind,
        type_id=work_type_id(service, school_key, item.work_kind_key),
        mark_type=_mark_type(service, item.subject_key),
        mark_count=max(cells, default=1),
        lesson_key=item.lesson_key,
        group_key=item.group_key or item.class_key,
        text=escaped(item.title),
        period=_period(service, school_key, item.date),
        subject_key=item.subject_key,
        important=service.world.work_kind(item.work_kind_key).is_important,
        target=item.date,
        sent=None,
        author=service.world.teacher(item.teacher_key).person_key,
    )


def final_work_json(service: Service, grade: m.FinalGrade) -> JsonObject:
    """The work that a final mark hangs on, 22 keys: no lesson."""
    world = service.world
    period = None if grade.period_key is None else world.period(grade.period_key)
    return _work(
        service,
        key=ids.final_work_key(grade.key),
        kind="PeriodMark",
        type_id=work_type_id(service, grade.school_key, grade.kind.value),
        mark_type=MARK_TYPES[world.scale(grade.scale_key).kind],
        mark_count=1,
        lesson_key=None,
        group_key=grade.class_key,
        text="",
        period=(0, _YEAR) if period is None else (period.number - 1, PERIOD_TYPES[period.kind]),
        subject_key=grade.subject_key,
        important=False,
        target=grade.given_on,
        sent=None,
        author=world.teacher(grade.teacher_key).person_key,
    )


def with_tasks(work: JsonObject, tasks: list[JsonObject]) -> JsonObject:
    """A work inside a lesson, 23 keys: `tasks` stand after `eduGroup_str`."""
    body: JsonObject = {}
    for name, value in work.items():
        body[name] = value
        if name == "eduGroup_str":
            body["tasks"] = tasks
    return body


def task_json(service: Service, student: m.Student, item: m.Homework) -> JsonObject:
    """One pupil's task in one homework, 8 keys."""
    number = service.ids.of(ids.TASK, ids.task_key(item.key, student.key))
    done = service.state.is_done(student.key, item.key)
    return (
        big("id", number)
        | big("person", service.ids.of(ids.PERSON, student.person_key))
        | big("work", service.ids.of(ids.WORK, item.key))
        | {"status": TASK_DONE if done else TASK_NEW, "targetDate": day_text(item.due_on)}
    )


def file_json(service: Service, site: Site, item: m.Homework, file: m.Attachment) -> JsonObject:
    """A file of a homework, 12 keys; its owner has 10."""
    world = service.world
    person = world.person(world.teacher(item.teacher_key).person_key)
    group, kind = _FILE_TYPES.get(file.mime, _OTHER_FILE)
    number = service.ids.of(ids.FILE, file.key)
    zone = world.zone_of(item.school_key)
    user = (
        big("id", service.ids.user_of(person.key))
        | big("personId", service.ids.of(ids.PERSON, person.key))
        | {
            "shortName": person.short_name,
            "locale": site.family.culture,
            "timezone": zone_text(service, world.school(item.school_key)),
            "sex": SEX[person.sex],
            "birthday": day_text(person.birth_date),
            "roles": ["EduStaff"],
        }
    )
    return big("id", number) | {
        "name": file.name,
        "typeGroup": group,
        "type": kind,
        "pageUrl": f"{site.web}/files/{number}",
        "downloadUrl": file_address(service, site, file),
        "user": user,
        "size": file.size,
        "vote": 0,
        "uploadedDate": clock_text(file.uploaded_at.astimezone(zone)),
        "storageType": "Internal",
    }


def file_address(service: Service, site: Site, file: m.Attachment) -> str:
    """An address that needs no sign-in: a key that only this file has stands in it."""
    number = service.ids.of(ids.FILE, file.key)
    return f"{site.web}/files/{number}/{file_key(service, file.key)}/{quote(file.name)}"


def file_key(service: Service, key: str) -> str:
    """The part of a file's address that nobody guesses."""
    return doors.derive("file", service.provider, key)


def extension(name: str) -> str:
    """The extension of a file name without its dot."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def escaped(text: str) -> str:
    """Text as teachers' words are stored: entities for signs, Windows line ends."""
    return escape(text).replace("\n", "\r\n")
