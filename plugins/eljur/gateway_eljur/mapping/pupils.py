"""What an account may look at → students, classes, the school (notes 3)."""

from typing import Final

from gateway.core.model.base import Reference
from gateway.core.model.grading import GradingScale
from gateway.core.model.schools import GroupKind, OrganizationKind
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.mapping.people import naming, sex
from gateway_eljur.mapping.signs import SCALES
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import Printed, key_text, keyed, several, whole
from gateway_eljur.wire.people import (
    RelatedGroup,
    RelatedSchool,
    RelatedStudent,
    Relations,
    Rules,
)

_STUDENT: Final = "student"
_HOMEROOM: Final = "homeclass"
_HIGHEST_LEVEL: Final = 11
_REGION_DIGITS: Final = 2
_INN_DIGITS: Final = frozenset({10, 12})
_COLLEGES: Final = ("колледж", "техникум", "училище")


def relations_of(rules: Rules) -> Relations:
    """What the account may look at; nothing where the service says nothing."""
    found = rules.relations
    return found if isinstance(found, Relations) else Relations()


def roles_of(rules: Rules) -> frozenset[str]:
    """The service's words for what the account's holder is."""
    return frozenset(word.strip().lower() for word in several(rules.roles))


def user_of(rules: Rules) -> str:
    """The number of the account's holder; empty where none is told."""
    return key_text(rules.id) or key_text(rules.name)


def listed_students(rules: Rules) -> dict[str, RelatedStudent]:
    """Students whom the account is said to be related to, by their numbers."""
    found: dict[str, RelatedStudent] = {}
    for key, student in keyed(relations_of(rules).students):
        number = key_text(student.name) or key
        if is_number(number):
            found.setdefault(number, student)
    return found


def students_of(rules: Rules) -> dict[str, RelatedStudent]:
    """Students whose diaries the account opens, by their numbers.

    Hosts that list no relation of a pupil to themselves leave them to be told by the account;
    somebody without a role and without children can be nothing else.
    """
    found = listed_students(rules)
    own, roles = user_of(rules), roles_of(rules)
    if not found and (not roles or _STUDENT in roles) and is_number(own):
        found[own] = RelatedStudent(
            name=own,
            title=rules.title,
            lastname=rules.lastname,
            firstname=rules.firstname,
            gender=rules.gender,
            class_=_home_class(rules),
        )
    return found


def _home_class(rules: Rules) -> str | None:
    """The class of a pupil who is told no more than to have one."""
    for key, group in keyed(relations_of(rules).groups):
        if label(group.rel) == _HOMEROOM:
            return label(group.name) or label(key)
    return None


def is_number(text: str) -> bool:
    """Whether a text can be the number of a person."""
    return text.isascii() and text.isdigit()


def _names(number: str, student: RelatedStudent) -> Record:
    return naming(student.lastname, student.firstname, title=student.title, instead=f"№ {number}")


def student_name(number: str, student: RelatedStudent) -> str:
    """A student's name to show."""
    return str(_names(number, student)["name"])


def student_record(
    keys: Keys, number: str, student: RelatedStudent, relations: Relations, school: str | None
) -> Record:
    """A student, but for what only the session knows.

    Args:
        keys: Identifiers of the school.
        number: The student's number.
        student: What the account tells of them.
        relations: Where their class and its scale stand.
        school: Name of their school, where there are several and it was asked for.
    """
    record: Record = {
        "id": f"{keys.student}{number}",
        **_names(number, student),
        **sex(student.gender),
    }
    name = label(student.class_)
    if name:
        record["class_group"] = Reference(id=_class_key(keys, relations, name, school), name=name)
        scale = _scale(relations, name)
        if scale is not None:
            record["scale"] = scale
    level = _level(student.parallel)
    if level is not None:
        record["grade_level"] = level
    found = school_of(relations, school)
    if found is not None:
        record["school"] = Reference(id=school_key(keys, found), name=_school_name(found))
    return record


def _class_key(keys: Keys, relations: Relations, name: str, school: str | None) -> str | None:
    """Identifier of a class; None where another school may have one of the same name."""
    part = _school_part(relations, school)
    return keys.group(name, part) if part or not has_several_schools(relations) else None


def _school_part(relations: Relations, school: str | None) -> str | None:
    """What tells a school from others in keys of its classes; None for one that is not known.

    It stands in keys of an account that sees one school as well: another may see several.

    Args:
        relations: What the account may look at.
        school: Name of the school, as the student's card tells it.
    """
    found = school_of(relations, school)
    return school if found is None else school_number(found)


def group_records(
    keys: Keys, rules: Rules, number: str, class_name: str | None, school: str | None = None
) -> list[Record]:
    """The student's class and its parts that the account may look at.

    Args:
        keys: Identifiers of the school.
        rules: The account.
        number: The student's number.
        class_name: Name of the class as the session knows it.
        school: Name of the student's school, where there are several.
    """
    part = _school_part(relations_of(rules), school)
    students = students_of(rules)
    own = students.get(number)
    name = (label(own.class_) if own is not None else None) or class_name
    records: dict[str, Record] = {}
    for key, group in keyed(relations_of(rules).groups):
        title = label(group.name) or label(key)
        if not title or not (len(students) == 1 or _belongs(title, name)):
            continue
        records.setdefault(title, _group_record(keys, title, group, name, part))
    if name and name not in records:
        level = _level(own.parallel) if own is not None else None
        group = RelatedGroup(rel=_HOMEROOM, parallel=level)
        records[name] = _group_record(keys, name, group, name, part)
    return sorted(records.values(), key=lambda item: (item["name"] != name, str(item["name"])))


def _group_record(
    keys: Keys, title: str, group: RelatedGroup, class_name: str | None, school: str | None
) -> Record:
    kind = GroupKind.UNKNOWN
    record: Record = {"id": keys.group(title, school), "name": title}
    word = label(group.rel)
    if title == class_name:
        kind = GroupKind.HOMEROOM
    elif _belongs(title, class_name):
        kind = GroupKind.SUBGROUP
        record["parents"] = [keys.group(class_name or "", school)]
    elif word == _HOMEROOM:
        kind = GroupKind.HOMEROOM
    record["kind"] = kind
    if word:
        record["kind_text"] = word
    level = _level(group.parallel)
    if level is not None:
        record["grade_level"] = level
    return record


def _belongs(title: str, class_name: str | None) -> bool:
    """Whether a group is a class or a part of it, whose name goes on after a sign: «10А.1»."""
    if not class_name or not title.startswith(class_name):
        return False
    rest = title[len(class_name) :]
    return not rest or not rest[0].isalnum()


def class_led(rules: Rules, number: str, class_name: str | None) -> RelatedGroup | None:
    """The student's class, if it tells who leads it.

    Args:
        rules: The account.
        number: The student's number.
        class_name: Name of the class as the session knows it.
    """
    own = students_of(rules).get(number)
    wanted = (label(own.class_) if own is not None else None) or class_name
    group = group_named(relations_of(rules), wanted) if wanted else None
    return group if group is not None and label(group.hometeacher_name) else None


def school_of(relations: Relations, name: str | None) -> RelatedSchool | None:
    """The only school, or the one of this name; None where that cannot be told."""
    schools = [item for item in several(relations.schools) if item.title or item.title_full]
    if len(schools) == 1:
        return schools[0]
    wanted = (name or "").casefold()
    named = [
        item
        for item in schools
        if wanted in {(label(title) or "").casefold() for title in (item.title, item.title_full)}
    ]
    return named[0] if wanted and len(named) == 1 else None


def has_several_schools(relations: Relations) -> bool:
    """Whether the account sees more than one school, as on hosts of whole regions."""
    return len(several(relations.schools)) > 1


def school_record(keys: Keys, school: RelatedSchool, city: str | None) -> Record:
    """A school."""
    record: Record = {
        "id": school_key(keys, school),
        "kind": _school_kind(school),
        "name": _school_name(school),
    }
    full = label(school.title_full)
    if full:
        record["full_name"] = full
    town = label(city)
    if town:
        record["city"] = town
    return record


def _school_kind(school: RelatedSchool) -> OrganizationKind:
    """What the name says: the service itself tells no kind."""
    told = f"{label(school.title) or ''} {label(school.title_full) or ''}".casefold()
    return (
        OrganizationKind.COLLEGE
        if any(word in told for word in _COLLEGES)
        else OrganizationKind.SCHOOL
    )


def school_key(keys: Keys, school: RelatedSchool) -> str:
    """Identifier of a school."""
    return keys.ids.of("school", school_number(school))


def school_number(school: RelatedSchool) -> str:
    """What a school is known by: its taxpayer number, else its name.

    Schools of a region share `number`, which is the key of the tenant.
    """
    inn = key_text(school.inn)
    real = len(inn) in _INN_DIGITS and is_number(inn) and inn.strip("0")
    return inn if real else _school_name(school)


def _school_name(school: RelatedSchool) -> str:
    return label(school.title) or label(school.title_full) or "—"


def region_of(rules: Rules) -> str | None:
    """The region's code, where the account tells it."""
    code = key_text(rules.region_code)
    return code.zfill(_REGION_DIGITS) if is_number(code) and len(code) <= _REGION_DIGITS else None


def group_named(relations: Relations, name: str) -> RelatedGroup | None:
    """The class or group of a name."""
    for key, group in keyed(relations.groups):
        if (label(group.name) or label(key)) == name:
            return group
    return None


def _scale(relations: Relations, class_name: str) -> GradingScale | None:
    group = group_named(relations, class_name)
    points = None if group is None else whole(group.balls)
    return None if points is None else SCALES.get(str(points), GradingScale.CUSTOM)


def _level(value: Printed | None) -> int | None:
    level = whole(value)
    return level if level is not None and 1 <= level <= _HIGHEST_LEVEL else None
