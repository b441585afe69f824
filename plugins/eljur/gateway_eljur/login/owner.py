"""Whose account was opened, whose diaries it reads and what of them: pure functions (notes 3)."""

from collections.abc import Iterable, Mapping
from typing import Final

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NoMembership, NoStudents, RoleNotServed, UnknownRegion
from gateway.core.model.people import Role
from gateway.core.regions import load_directory
from gateway_eljur.mapping.access import HOMEWORK, METHODS, TIMETABLE, ways_of
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.mapping.pupils import (
    group_named,
    listed_students,
    region_of,
    relations_of,
    roles_of,
    student_name,
    user_of,
)
from gateway_eljur.mapping.pupils import students_of as pupils_of
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import key_text, several
from gateway_eljur.wire.people import RelatedStudent, Relations, Rules

STUDENT: Final = "student"
PARENT: Final = "parent"

_LESSONS: Final = (Capability.TIMETABLE, Capability.LESSON)
_MARKS: Final = (Capability.MARKS, Capability.MARK_DETAILS, Capability.SUBJECT_RESULTS)
_TALK: Final = (
    Capability.MESSAGES,
    Capability.MESSAGE,
    Capability.RECIPIENTS,
    Capability.SEND_MESSAGE,
    Capability.REPLY,
)
_SECTIONS: Final = (
    (("diary", "schedule"), (Capability.WEEK, *_LESSONS)),
    (("diary",), (Capability.HOMEWORK,)),
    (("marks",), _MARKS),
    (("finalmarks",), (Capability.FINAL_GRADES,)),
    (("messages",), _TALK),
    (("updates",), (Capability.NOTIFICATIONS,)),
)
_METHODS: Final = (
    (("getdiary",), (Capability.WEEK,)),
    (("getdiary", METHODS[TIMETABLE]), _LESSONS),
    (("getdiary", METHODS[HOMEWORK]), (Capability.HOMEWORK,)),
    (("getassessments", "getmarks"), _MARKS),
    (("getfinalassessments",), (Capability.FINAL_GRADES,)),
    (("getperiods",), (Capability.PERIODS,)),
)
_Table = tuple[tuple[tuple[str, ...], tuple[Capability, ...]], ...]


def role_of(rules: Rules) -> Role:
    """What the person is to the school; one who is several things comes as a family member.

    Raises:
        RoleNotServed: They are nothing but staff.
    """
    roles = roles_of(rules)
    if PARENT in roles:
        return Role.GUARDIAN
    if STUDENT in roles:
        return Role.STUDENT
    if roles:
        raise RoleNotServed("the account belongs to staff")
    others = any(number != user_of(rules) for number in listed_students(rules))
    return Role.GUARDIAN if others else Role.STUDENT


def students_of(rules: Rules, role: Role, keys: Keys, zone: str) -> tuple[StudentRef, ...]:
    """The students as the account reaches them; a student themselves among them.

    Raises:
        NoStudents: No child is linked to a parent.
        NoMembership: A student is in no class.
    """
    found = pupils_of(rules)
    if role is Role.STUDENT and not listed_students(rules):
        if not any(label(item.class_) for item in found.values()):
            raise NoMembership("the student is in no class")
    elif not found:
        raise NoStudents("no child is linked to the account")
    return tuple(
        StudentRef(
            id=keys.student + number,
            name=student_name(number, item),
            native=_native(number, item, relations_of(rules)),
            zone=zone,
            capabilities=_narrowed(_methods(item, relations_of(rules)), _METHODS),
        )
        for number, item in found.items()
    )


def capabilities_of(rules: Rules) -> Mapping[Capability, Support]:
    """What the school has switched off for the account."""
    return _narrowed(several(rules.allowed_sections), _SECTIONS)


def zone_of(rules: Rules, default: str, *, is_regional: bool) -> str:
    """The school's time zone: no answer has one, but the region is told.

    Args:
        rules: Who is signed in.
        default: Zone of the instance.
        is_regional: Whether the instance is a region's own: then it knows better.
    """
    if is_regional:
        return default
    directory = load_directory()
    try:
        return directory.get(region_of(rules) or "").zone
    except UnknownRegion:
        named = directory.find(rules.region) if rules.region else ()
        return named[0].zone if len(named) == 1 else default


def _narrowed(words: Iterable[str], table: _Table) -> dict[Capability, Support]:
    """Capabilities none of whose words is among the told ones; nothing where no word is known."""
    told = {word.strip().casefold() for word in words}
    if not any(told & set(needed) for needed, _ in table):
        return {}
    lacking = (found for needed, found in table if not told & set(needed))
    return dict.fromkeys((item for found in lacking for item in found), Support.UNSUPPORTED)


def _methods(student: RelatedStudent, relations: Relations) -> list[str]:
    """What is allowed for a student, or for the class in the student's stead."""
    return [*several(student.rules), *(METHODS[part] for part in _ways(student, relations))]


def _ways(student: RelatedStudent, relations: Relations) -> dict[str, str]:
    name = label(student.class_)
    group = group_named(relations, name) if name else None
    return ways_of(several(student.rules), several(group.rules) if group is not None else ())


def _native(number: str, student: RelatedStudent, relations: Relations) -> dict[str, str]:
    """Number, class, its highest mark, which no mark tells, and what replaces a closed diary."""
    found = {STUDENT: number, **_ways(student, relations)}
    name = label(student.class_)
    if name:
        found["class"] = name
        group = group_named(relations, name)
        points = "" if group is None else key_text(group.balls)
        if points:
            found["balls"] = points
    return found
