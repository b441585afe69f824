"""Subjects and teachers, as far as lessons tell them."""

from collections.abc import Iterable

from gateway.core.model.base import Reference
from gateway_gosuslugi.myschool.mapping.context import Record
from gateway_gosuslugi.myschool.mapping.lessons import PlacedLesson
from gateway_gosuslugi.myschool.mapping.text import plain


def subject_records(lessons: Iterable[PlacedLesson]) -> list[Record]:
    """Subjects by name."""
    found: dict[str, Record] = {}
    for item in lessons:
        subject = item.record["subject"]
        if isinstance(subject, Reference) and subject.id is not None:
            found.setdefault(subject.id, {"id": subject.id, "name": subject.name})
    return sorted(found.values(), key=lambda item: (str(item["name"]), str(item["id"])))


def teacher_records(lessons: Iterable[PlacedLesson]) -> list[Record]:
    """Teachers by name, with the names of the subjects that they teach the pupil."""
    found: dict[str, Record] = {}
    taught: dict[str, set[str]] = {}
    for item in lessons:
        subject, teachers = item.record["subject"], item.record["teachers"]
        for teacher in teachers if isinstance(teachers, list) else ():
            found.setdefault(teacher.id, _teacher(teacher, item))
            if isinstance(subject, Reference):
                taught.setdefault(teacher.id, set()).add(subject.name)
    for key, record in found.items():
        record["subjects"] = sorted(taught.get(key, ()))
    return sorted(found.values(), key=lambda item: str(item["name"]))


def _teacher(teacher: Reference, item: PlacedLesson) -> Record:
    record: Record = {"id": teacher.id, "name": teacher.name}
    for field, value in (
        ("surname", item.lesson.lastname),
        ("given_name", item.lesson.firstname),
        ("patronymic", item.lesson.patronymic),
    ):
        text = plain(value)
        if text is not None:
            record[field] = text
    return record
