"""Whose account was opened and whose diaries it reads; pure functions (protocol notes 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from gateway.core.contract.session import StudentRef
from gateway.core.errors import NoMembership, NoStudents, RoleNotServed
from gateway.core.model.people import Role
from gateway_dnevnik_ru.login.wire import MobileAccount, WebContext, WebMembership
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.mapping.pupils import Pupil, pupils_of, pupils_of_app
from gateway_dnevnik_ru.wire.mobile import MobileContext, MobileGroup, MobilePerson, MobileSchool
from gateway_dnevnik_ru.wire.people import Context, ContextSchool
from gateway_dnevnik_ru.wire.schools import EduGroup

_STAFF: Final = frozenset({"EduStaff", "EduSchoolAdministrator", "OrganizationStaff"})


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of an account.

    Attributes:
        user: Number of the account.
        person: Number of the human, where told.
        role: What they are to the school.
        role_text: The service's own words.
        pupils: Whose diaries the account reads, each with a school.
    """

    user: int
    person: int | None
    role: Role
    role_text: str
    pupils: tuple[Pupil, ...]


def check_role(context: Context) -> None:
    """Checks that an account of the partner interface has diaries at all.

    Raises:
        NoStudents: A parent without children.
        RoleNotServed: Staff only.
        NoMembership: No role in any school.
    """
    roles = frozenset(context.roles or ())
    if context.children or "EduStudent" in roles:
        return
    if "EduParent" in roles:
        raise NoStudents("no child is linked to the account")
    if roles & _STAFF:
        raise RoleNotServed("the account belongs to staff")
    if roles or not (context.schools or context.school_ids):
        raise NoMembership("the account has no role in any school")


def from_partner(context: Context) -> Owner:
    """The owner of an account whose role was checked.

    Raises:
        NoMembership: Nobody is in a school.
    """
    is_guardian = "EduParent" in (context.roles or ()) or bool(context.children)
    return Owner(
        user=context.user_id,
        person=context.person_id,
        role=Role.GUARDIAN if is_guardian else Role.STUDENT,
        role_text=",".join(sorted(context.roles or ())),
        pupils=_enrolled(pupils_of(context)),
    )


def from_mobile(account: MobileAccount) -> Owner:
    """The owner of an account by the app's interface, which names no roles.

    Raises:
        NoStudents: It shows no pupil.
        NoMembership: None of them is in a school.
    """
    info = account.info
    pupils = pupils_of_app(MobileContext(context_persons=account.context_persons))
    if not pupils:
        raise NoStudents("the account shows no student")
    is_student = all(pupil.person == info.person_id for pupil in pupils)
    role = Role.STUDENT if is_student else Role.GUARDIAN
    return Owner(info.user_id, info.person_id, role, "", _enrolled(pupils))


def from_web(context: WebContext) -> Owner:
    """The owner of an account by the page of marks.

    Raises:
        NoStudents: It shows no pupil.
        RoleNotServed: Staff.
    """
    word = (context.role or "").lower()
    if "staff" in word or "teacher" in word:
        raise RoleNotServed("the account belongs to staff")
    entries = [_as_in_app(item) for item in context.school_memberships or ()]
    if not entries:
        raise NoStudents("the account shows no student")
    pupils = _enrolled(pupils_of_app(MobileContext(context_persons=entries)))
    is_guardian = "parent" in word or len({pupil.person for pupil in pupils}) > 1
    role = Role.GUARDIAN if is_guardian else Role.STUDENT
    return Owner(context.user_id, None, role, context.role or "", pupils)


def unknown_schools(context: Context) -> tuple[int, ...]:
    """Schools whose kind decides which of a pupil's several schools is the main one."""
    told = {school.id for school in context.schools or () if school.type}
    several = [child.school_ids for child in context.children or ()]
    several.append(context.school_ids)
    wanted = (number for ids in several if ids and len(set(ids)) > 1 for number in ids)
    return tuple(number for number in dict.fromkeys(wanted) if number not in told)


def with_kinds(context: Context, kinds: Mapping[int, str]) -> Context:
    """The account with what was asked about its schools."""
    schools = {school.id: school for school in context.schools or ()}
    for number, kind in kinds.items():
        known = schools.get(number) or ContextSchool(id=number)
        schools[number] = msgspec.structs.replace(known, type=kind)
    return msgspec.structs.replace(context, schools=list(schools.values()))


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
    keys: Keys, pupils: Sequence[Pupil], zones: Mapping[int | None, str]
) -> tuple[StudentRef, ...]:
    """The pupils as the account reaches them; `zones` by school."""
    return tuple(
        StudentRef(
            id=pupil.id(keys), name=pupil.name, native=pupil.native, zone=zones[pupil.school]
        )
        for pupil in pupils
    )


def _enrolled(pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
    found = tuple(pupil for pupil in pupils if pupil.school is not None)
    if not found:
        raise NoMembership("no student of the account is in a school")
    return found


def _as_in_app(item: WebMembership) -> MobilePerson:
    groups = [group.group_id or group.id for group in item.groups or ()]
    return MobilePerson(
        person_id=item.person_id,
        first_name=item.first_name,
        last_name=item.last_name,
        school=MobileSchool(id=item.school_id, type=item.school_type),
        group=MobileGroup(id=groups[0]) if groups else None,
    )
