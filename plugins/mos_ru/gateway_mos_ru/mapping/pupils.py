"""Children of the profile → students and their groups."""

from collections.abc import Iterable

from gateway.core.model.base import Reference
from gateway.core.model.schools import GroupKind
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.clock import SchoolClock
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.keys import Keys
from gateway_mos_ru.mapping.people import contacts, full_name, naming, sex
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.people import Child, ChildGroup, FamilyProfile

_HIGHEST_LEVEL = 11


def children_of(profile: FamilyProfile) -> tuple[Child, ...]:
    """The students of an account, each once, at the school where they have a class."""
    found: dict[str, Child] = {}
    for child in profile.children or ():
        if not is_known(child):
            continue
        person = child.contingent_guid or ""
        known = found.get(person)
        if known is None or (known.class_unit_id is None and child.class_unit_id is not None):
            found[person] = child
    return tuple(found.values())


def is_known(child: Child) -> bool:
    """Whether a child has the numbers by which a diary is asked for."""
    return bool(child.contingent_guid) and child.id is not None


def child_of(profile: FamilyProfile, person: str) -> Child | None:
    """One student of an account by the person's UUID."""
    return next((item for item in children_of(profile) if item.contingent_guid == person), None)


def native_keys(child: Child) -> dict[str, str]:
    """The student's own numbers, as a session keeps them."""
    school = child.school.id if child.school else None
    told = {
        "student": child.id,
        "person": child.contingent_guid,
        "school": school,
        "class_unit": child.class_unit_id,
        "class_level": child.class_level_id,
        "contract": child.contract_id,
        "curriculum": child.parallel_curriculum_id,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def student_name(child: Child) -> str:
    """The name to show."""
    return full_name(child) or f"№ {child.id}"


def student_record(keys: Keys, clock: SchoolClock, child: Child) -> Record:
    """A student, but for what only the session knows."""
    record: Record = {
        "id": keys.student_of(child.contingent_guid or ""),
        **naming(child, student_name(child)),
        **sex(child.sex),
        **contacts(child.email, child.phone),
    }
    birth_date = clock.day(child.birth_date)
    if birth_date:
        record["birth_date"] = birth_date
    school = child.school
    if school is not None and school.id is not None:
        name = plain(school.short_name) or plain(school.name) or f"№ {school.id}"
        record["school"] = Reference(id=f"{keys.school}{school.id}", name=name)
    if child.class_unit_id is not None:
        name = plain(child.class_name) or f"№ {child.class_unit_id}"
        record["class_group"] = Reference(id=f"{keys.group}{child.class_unit_id}", name=name)
    level = child.class_level_id
    if level is not None and 1 <= level <= _HIGHEST_LEVEL:
        record["grade_level"] = level
    return record


def group_records(context: MapContext, child: Child) -> list[Record]:
    """The class, its subgroups that the student belongs to, and clubs."""
    records: dict[str, Record] = {}
    parents: list[str] = []
    if child.class_unit_id is not None:
        key = f"{context.keys.group}{child.class_unit_id}"
        parents.append(key)
        records[key] = {
            "id": key,
            "kind": GroupKind.HOMEROOM,
            "name": plain(child.class_name) or f"№ {child.class_unit_id}",
        }
        if child.class_level_id is not None:
            records[key]["grade_level"] = child.class_level_id
    for kind, groups in (
        (GroupKind.SUBGROUP, child.groups),
        (GroupKind.EXTRACURRICULAR, child.ec_groups),
        (GroupKind.EXTRACURRICULAR, child.sections),
    ):
        for record in _groups(context, groups or (), kind, plain(child.class_name)):
            if kind is GroupKind.SUBGROUP and parents:
                record["parents"] = parents
            records.setdefault(str(record["id"]), record)
    return list(records.values())


def _groups(
    context: MapContext, groups: Iterable[ChildGroup], kind: GroupKind, class_name: str | None
) -> list[Record]:
    """Groups; a teaching group is named by its subject and the class."""
    records: list[Record] = []
    for group in groups:
        if group.id is None:
            context.note("$.children[].groups", "a group without its number")
            continue
        name = plain(group.name) or f"№ {group.id}"
        # Two tables number them: a class or subgroup, and whatever is taught in such a group.
        record: Record = {
            "id": context.keys.ids.of("group", "taught", group.id),
            "kind": kind,
            "name": name,
        }
        number = group.subject_id
        if isinstance(number, str):
            number = int(number) if number.isascii() and number.isdigit() else None
        subject = subject_of(
            context.keys.subject,
            int(number) if number else None,
            (name.partition(class_name)[0].strip() if class_name else "") or name,
        )
        if subject is not None and subject.id is not None:
            record["subject"] = subject
        records.append(record)
    return records
