"""Schools, classes and subjects."""

from collections.abc import Iterable

from gateway.core.model.schools import GroupKind, OrganizationKind
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.references import reference
from gateway_dnevnik_ru.mapping.words import GROUPS, ORGANIZATIONS, known
from gateway_dnevnik_ru.wire.schools import EduGroup, School, Subject


def school_record(context: MapContext, school: School, region: str | None) -> Record:
    """A school in the zone of its diary."""
    record: Record = {
        "id": f"{context.keys.school}{school.id}",
        "kind": known(ORGANIZATIONS, school.education_type, OrganizationKind.UNKNOWN),
        "name": plain(school.name) or f"№ {school.id}",
        "zone": context.clock.zone.key,
    }
    optional = {
        "kind_text": school.education_type,
        "full_name": plain(school.full_name),
        "city": plain(school.city),
        "region": region,
    }
    record.update({key: value for key, value in optional.items() if value})
    return record


def group_records(context: MapContext, groups: Iterable[EduGroup]) -> list[Record]:
    """Classes and subgroups."""
    return [_group_record(context, group) for group in groups]


def subject_records(context: MapContext, subjects: Iterable[Subject]) -> list[Record]:
    """Subjects."""
    records: list[Record] = []
    for subject in subjects:
        record: Record = {
            "id": f"{context.keys.subject}{subject.id}",
            "name": plain(subject.name) or f"№ {subject.id}",
        }
        area = plain(subject.knowledge_area)
        if area and area.lower() != "notset":
            record["area"] = area
        records.append(record)
    return records


def _group_record(context: MapContext, group: EduGroup) -> Record:
    record: Record = {
        "id": f"{context.keys.group}{group.id}",
        "kind": known(GROUPS, group.type, GroupKind.UNKNOWN),
        "name": plain(group.name) or f"№ {group.id}",
    }
    if group.parent_ids:
        record["parents"] = [f"{context.keys.group}{parent}" for parent in group.parent_ids]
        if group.subjects and len(group.subjects) == 1:
            subject = group.subjects[0]
            record["subject"] = reference(context.keys.subject, subject.id, subject.name)
    optional: Record = {
        "kind_text": group.type,
        "full_name": plain(group.full_name),
        "grade_level": group.parallel,
        "school_year": group.studyyear,
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    if group.status:
        record["is_archived"] = group.status.lower() == "archive"
    return record
