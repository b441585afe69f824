"""Whose account was opened, whose diaries it reads and what of them: pure functions (notes 3)."""

from collections.abc import Iterable, Mapping
from html import unescape
from typing import Final

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NoMembership, NoStudents, RoleNotServed, UnknownRegion
from gateway.core.model.people import Role
from gateway.core.regions import load_directory
from gateway_eljur.login.wire import Relations, Rules, RulesGroup, RulesStudent
from gateway_eljur.mapping.keys import Keys

STUDENT: Final = "student"
PARENT: Final = "parent"

_TIMETABLE: Final = (Capability.WEEK, Capability.TIMETABLE, Capability.LESSON)
_MARKS: Final = (Capability.MARKS, Capability.MARK_DETAILS, Capability.SUBJECT_RESULTS)
_TALK: Final = (
    Capability.MESSAGES,
    Capability.MESSAGE,
    Capability.RECIPIENTS,
    Capability.SEND_MESSAGE,
    Capability.REPLY,
)
_SECTIONS: Final = (
    (("diary", "schedule"), _TIMETABLE),
    (("diary",), (Capability.HOMEWORK,)),
    (("marks",), _MARKS),
    (("finalmarks",), (Capability.FINAL_GRADES,)),
    (("messages",), _TALK),
    (("updates",), (Capability.NOTIFICATIONS,)),
)
_METHODS: Final = (
    (("getdiary", "getschedule"), _TIMETABLE),
    (("getdiary", "gethomework"), (Capability.HOMEWORK,)),
    (("getassessments", "getmarks"), _MARKS),
    (("getfinalassessments",), (Capability.FINAL_GRADES,)),
    (("getperiods",), (Capability.PERIODS,)),
)
_Table = tuple[tuple[tuple[str, ...], tuple[Capability, ...]], ...]


def user_of(rules: Rules) -> str:
    """The user's id in the school; empty where none is told."""
    return _id(rules.id) or _id(rules.name)


def role_of(rules: Rules) -> Role:
    """What the person is to the school; one who is several things comes as a family member.

    Raises:
        RoleNotServed: They are nothing but staff.
    """
    roles = {word.strip().casefold() for word in _texts(rules.roles)}
    if PARENT in roles:
        return Role.GUARDIAN
    if STUDENT in roles:
        return Role.STUDENT
    if roles:
        raise RoleNotServed("the account belongs to staff")
    own = user_of(rules)
    others = any(number != own for number, _ in _students(rules))
    return Role.GUARDIAN if others else Role.STUDENT


def students_of(rules: Rules, role: Role, keys: Keys, zone: str) -> tuple[StudentRef, ...]:
    """The students as the account reaches them; a student themselves among them.

    Raises:
        NoStudents: No child is linked to a parent.
        NoMembership: A student is in no class.
    """
    found = {number: item for number, item in _students(rules) if number}
    own = user_of(rules)
    if role is Role.STUDENT and own and own not in found:
        group = _home_class(rules)
        if group is None and not found:
            raise NoMembership("the student is in no class")
        if group is not None:
            found[own] = RulesStudent(title=rules.title, class_name=group)
    if not found:
        raise NoStudents("no child is linked to the account")
    scales = _highest_marks(rules)
    return tuple(
        StudentRef(
            id=keys.student + number,
            name=_name(item) or number,
            native=_native(number, item, scales),
            zone=zone,
            capabilities=_narrowed(_texts(item.rules), _METHODS),
        )
        for number, item in found.items()
    )


def capabilities_of(rules: Rules) -> Mapping[Capability, Support]:
    """What the school has switched off for the account."""
    return _narrowed(_texts(rules.allowed_sections), _SECTIONS)


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
    code = "" if rules.region_code is None else str(rules.region_code).strip()
    try:
        return directory.get(code.zfill(2)).zone
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


def _students(rules: Rules) -> list[tuple[str, RulesStudent]]:
    """Students with their ids; a map has them as keys too."""
    relations = rules.relations
    told = relations.students if isinstance(relations, Relations) else None
    if isinstance(told, dict):
        return [(_id(item.name) or key, item) for key, item in told.items()]
    return [(_id(item.name), item) for item in told or ()]


def _groups(rules: Rules) -> list[tuple[str, RulesGroup]]:
    """Classes and groups with their names; a map has them as keys too."""
    relations = rules.relations
    told = relations.groups if isinstance(relations, Relations) else None
    if isinstance(told, dict):
        return [(item.name or key, item) for key, item in told.items()]
    return [(item.name or "", item) for item in told or ()]


def _home_class(rules: Rules) -> str | None:
    return next((name for name, item in _groups(rules) if item.rel == "homeclass" and name), None)


def _highest_marks(rules: Rules) -> dict[str, str]:
    """The highest mark of the scale of each class, which no mark itself tells."""
    return {
        _plain(name): points for name, item in _groups(rules) if (points := _id(item.balls)) != ""
    }


def _native(number: str, student: RulesStudent, scales: Mapping[str, str]) -> dict[str, str]:
    found = {"student": number}
    group = _plain(student.class_name)
    if group:
        found["class"] = group
        if group in scales:
            found["balls"] = scales[group]
    return found


def _name(student: RulesStudent) -> str:
    return _plain(student.title) or _plain(f"{student.lastname or ''} {student.firstname or ''}")


def _plain(text: str | None) -> str:
    """A name in one line: titles have stray spaces, tabs and HTML entities."""
    return " ".join(unescape(text or "").split())


def _id(value: str | int | None) -> str:
    return "" if value is None else str(value).strip()


def _texts(told: list[str] | dict[str, str] | None) -> list[str]:
    return list(told.values()) if isinstance(told, dict) else told or []
