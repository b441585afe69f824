"""Subjects and teachers, as far as a student's lessons tell them."""

from collections.abc import Iterable

from gateway.core.model.base import Reference
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.people import naming
from gateway_eljur.mapping.references import NO_SUBJECT
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.people import RelatedGroup


def subject_records(context: MapContext, lessons: Iterable[Record]) -> list[Record]:
    """Subjects with a number, by name: what comes after the regular day has none."""
    found: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for lesson in lessons:
        subject = lesson["subject"]
        if not isinstance(subject, Reference):
            continue
        if subject.id is not None:
            found.setdefault(subject.id, subject.name)
        elif lesson["number"] is not None and subject is not NO_SUBJECT:
            unknown[subject.name] = None
    for _ in unknown:
        context.note("$.lesson_id", "a subject without its number")
    records: list[Record] = [{"id": key, "name": name} for key, name in found.items()]
    return sorted(records, key=lambda item: (str(item["name"]), str(item["id"])))


def teacher_records(
    context: MapContext, lessons: Iterable[Record], group: RelatedGroup | None
) -> list[Record]:
    """Teachers by name, who have no number in the diary: the name is their key.

    Args:
        context: Where they belong.
        lessons: The student's lessons.
        group: The student's class, if it tells who leads it.
    """
    subjects: dict[str, dict[str, None]] = {}
    for lesson in lessons:
        subject, teachers = lesson["subject"], lesson["teachers"]
        for teacher in teachers if isinstance(teachers, list) else ():
            names = subjects.setdefault(teacher.name, {})
            if isinstance(subject, Reference):
                names.setdefault(subject.name)
    leader = label(group.hometeacher_name) if group is not None else None
    if leader is not None:
        subjects.setdefault(leader, {})
    records: list[Record] = []
    for name in sorted(subjects):
        record: Record = {"id": context.keys.ids.of("teacher", name), **_names(name, group)}
        record["subjects"] = sorted(subjects[name])
        record["is_homeroom"] = name == leader if leader is not None else None
        records.append(record)
    return records


def _names(name: str, group: RelatedGroup | None) -> Record:
    if group is not None and name == label(group.hometeacher_name):
        parts = (
            group.hometeacher_lastname,
            group.hometeacher_firstname,
            group.hometeacher_middlename,
        )
        return {**naming(*parts, title=name), "name": name}
    return {"name": name}
