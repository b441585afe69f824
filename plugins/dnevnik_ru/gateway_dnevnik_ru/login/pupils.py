"""Who an account reads diaries of; pure functions from accounts to students (notes 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gateway.core.errors import NoMembership, NoStudents, RoleNotServed
from gateway.core.ids import Ids
from gateway.core.model.people import Role
from gateway.core.sessions.session import StudentRef
from gateway_dnevnik_ru.login.wire import MobileAccount, MobileInfo, WebContext
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.wire.people import Child, Context, ContextSchool
from gateway_dnevnik_ru.wire.schools import EduGroup

REGULAR: Final = "regular"
_NAMELESS: Final = "Ученик"
_STAFF: Final = frozenset({"EduStaff", "EduSchoolAdministrator", "OrganizationStaff"})


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One school of a pupil.

    Attributes:
        school: The school's number.
        kind: `regular`, `additional` …, in lower case; None where it is not told.
        groups: Numbers of classes there; None where it is not told which are there.
    """

    school: int
    kind: str | None = None
    groups: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child of the account, or its owner."""

    person: int
    name: str = field(repr=False)
    user: int | None = None
    enrolments: tuple[Enrolment, ...] = ()

    @property
    def needs_kinds(self) -> bool:
        """Whether it is not known which of several schools is the main one."""
        return len(self.enrolments) > 1 and any(item.kind is None for item in self.enrolments)

    def with_kinds(self, kinds: Mapping[int, str]) -> "Pupil":
        """The same with what is newly known of the schools."""
        known = (
            replace(item, kind=item.kind or kinds.get(item.school)) for item in self.enrolments
        )
        return replace(self, enrolments=tuple(known))


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """The owner of an account.

    Attributes:
        user: Number of the account.
        person: Number of the human.
        role: What they are to the school.
        role_text: The service's own words.
        pupils: Whose diaries the account reads, each with a school at least.
    """

    user: int
    person: int | None
    role: Role
    role_text: str
    pupils: tuple[Pupil, ...]


def from_partner(context: Context) -> SignedInAs:
    """The owner of an account, by the partner interface.

    Raises:
        NoStudents: A parent without children.
        RoleNotServed: Staff only.
        NoMembership: Nobody is in a school.
    """
    roles = frozenset(context.roles or ())
    children = context.children or []
    own_schools = {school.id: school for school in context.schools or ()}
    is_guardian = "EduParent" in roles or bool(children)
    is_student = "EduStudent" in roles or (not roles and bool(own_schools) and not is_guardian)
    if not (is_guardian or is_student):
        if roles & _STAFF:
            raise RoleNotServed("the account belongs to staff")
        raise NoMembership("the account has no role in any school")
    if is_guardian and not children and not is_student:
        raise NoStudents("no child is linked to the account")
    pupils = [_child(child, own_schools) for child in children]
    if is_student:
        pupils.insert(0, _owner(context, own_schools))
    return SignedInAs(
        context.user_id,
        context.person_id,
        Role.GUARDIAN if is_guardian else Role.STUDENT,
        ",".join(sorted(roles)),
        _enrolled(pupils),
    )


def from_mobile(account: MobileAccount, info: MobileInfo) -> SignedInAs:
    """The owner of an account, by the app's interface; it names no roles.

    Raises:
        NoStudents: It shows no pupil.
        NoMembership: None of them is in a school.
    """
    entries = account.context_persons or []
    if not entries:
        raise NoStudents("the account shows no student")
    is_student = all(item.person_id == info.person_id for item in entries)
    pupils: dict[int, Pupil] = {}
    for item in entries:
        pupil = pupils.get(item.person_id)
        if pupil is None:
            name = full_name(item.last_name, item.first_name, item.middle_name)
            pupil = Pupil(item.person_id, name or _NAMELESS, item.user_id)
        if item.school is not None and item.school.id is not None:
            group = item.group.id if item.group is not None else None
            place = Enrolment(
                item.school.id, _lower(item.school.type), () if group is None else (group,)
            )
            pupil = replace(pupil, enrolments=(*pupil.enrolments, place))
        pupils[item.person_id] = pupil
    role = Role.STUDENT if is_student else Role.GUARDIAN
    return SignedInAs(info.user_id, info.person_id, role, "", _enrolled(pupils.values()))


def from_web(context: WebContext) -> SignedInAs:
    """The owner of an account, by the page of marks.

    Raises:
        NoStudents: It shows no pupil.
        RoleNotServed: Staff.
    """
    role_text = context.role or ""
    if "staff" in role_text.lower() or "teacher" in role_text.lower():
        raise RoleNotServed("the account belongs to staff")
    memberships = context.school_memberships or []
    if not memberships:
        raise NoStudents("the account shows no student")
    pupils: dict[int, Pupil] = {}
    for item in memberships:
        name = full_name(item.last_name, item.first_name)
        pupil = pupils.get(item.person_id) or Pupil(item.person_id, name or _NAMELESS)
        numbers = [group.group_id or group.id for group in item.groups or ()]
        known = tuple(number for number in numbers if number is not None)
        place = Enrolment(item.school_id, _lower(item.school_type), known)
        pupils[item.person_id] = replace(pupil, enrolments=(*pupil.enrolments, place))
    is_guardian = "parent" in role_text.lower() or len(pupils) > 1
    role = Role.GUARDIAN if is_guardian else Role.STUDENT
    return SignedInAs(context.user_id, None, role, role_text, _enrolled(pupils.values()))


def homeroom(groups: Iterable[EduGroup]) -> int | None:
    """The class among classes and their parts: live, no part of another, of the latest year."""
    classes = [
        group
        for group in groups
        if not group.parent_ids
        and (group.type or "Group").lower() == "group"
        and (group.status or "Active").lower() != "archive"
    ]
    if not classes:
        return None
    return max(classes, key=lambda group: (group.studyyear or 0, -group.id)).id


def student_refs(
    ids: Ids, pupil: Pupil, classes: Mapping[int, int | None], zone: str
) -> tuple[StudentRef, ...]:
    """A pupil as the account reaches them, once for each school.

    The main school is the first regular one by number, so that every account that sees the child
    gives the same identifiers.

    Args:
        ids: Identifiers of the instance.
        pupil: With at least one school.
        classes: The class by school.
        zone: IANA zone.
    """
    places = main_first(pupil.enrolments)
    keys = Keys(ids)
    return tuple(
        StudentRef(
            id=keys.student_in(pupil.person, None if place is places[0] else place.school),
            name=pupil.name,
            native=_native(pupil, place, classes.get(place.school)),
            zone=zone,
        )
        for place in places
    )


def main_first(enrolments: Sequence[Enrolment]) -> tuple[Enrolment, ...]:
    """Schools of a pupil, each once, the main one first."""
    once = {item.school: item for item in reversed(enrolments)}
    return tuple(sorted(once.values(), key=lambda item: (item.kind != REGULAR, item.school)))


def full_name(*parts: str | None) -> str | None:
    """Surname, name and patronymic as far as they are known."""
    return " ".join(part.strip() for part in parts if part and part.strip()) or None


def _owner(context: Context, schools: Mapping[int, ContextSchool]) -> Pupil:
    name = full_name(context.last_name, context.first_name, context.middle_name)
    numbers = list(schools) or context.school_ids or []
    places = (_enrolment(number, schools, context.group_ids, len(numbers)) for number in numbers)
    return Pupil(
        context.person_id,
        name or context.short_name or _NAMELESS,
        context.user_id,
        tuple(places),
    )


def _child(child: Child, schools: Mapping[int, ContextSchool]) -> Pupil:
    name = full_name(child.last_name, child.first_name, child.middle_name)
    numbers = child.school_ids or []
    places = (_enrolment(number, schools, child.group_ids, len(numbers)) for number in numbers)
    return Pupil(
        child.person_id, name or child.short_name or _NAMELESS, enrolments=tuple(places)
    )


def _enrolment(
    number: int,
    schools: Mapping[int, ContextSchool],
    group_ids: Sequence[int] | None,
    count: int,
) -> Enrolment:
    school = schools.get(number)
    kind = None if school is None else _lower(school.type)
    mine = tuple(group_ids or ())
    if school is not None and school.group_ids:
        there = tuple(group for group in school.group_ids if group in mine)
        return Enrolment(number, kind, there or (mine if count == 1 else None))
    return Enrolment(number, kind, mine if count == 1 else None)


def _enrolled(pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
    """Those who are in a school.

    Raises:
        NoMembership: Nobody is.
    """
    found = tuple(pupil for pupil in pupils if pupil.enrolments)
    if not found:
        raise NoMembership("no student of the account is in a school")
    return found


def _native(pupil: Pupil, place: Enrolment, group: int | None) -> dict[str, str]:
    native = {"person": str(pupil.person), "school": str(place.school)}
    if group is not None:
        native["group"] = str(group)
    if pupil.user is not None:
        native["user"] = str(pupil.user)
    return native


def _lower(word: str | None) -> str | None:
    return word.lower() if word else None
