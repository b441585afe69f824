"""Whose account was opened and whose diaries it reads; pure functions (protocol notes 2.2, 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from gateway.core.contract.session import StudentRef
from gateway.core.errors import AccountNotLinked, NoMembership, NoStudents, RoleNotServed, Text
from gateway.core.model.people import Role
from gateway_mos_ru.login.wire import ProfileNumber
from gateway_mos_ru.mapping.keys import Keys
from gateway_mos_ru.mapping.pupils import children_of, native_keys, student_name
from gateway_mos_ru.wire.people import FamilyProfile

STUDENT: Final = "student"
PARENT: Final = "parent"

_KINDS: Final = {
    "student": STUDENT,
    "parent": PARENT,
    # «Агент» is what the site's own token calls anybody who acts for a child.
    "agent": PARENT,
    "legal_representative": PARENT,
    "trusted_representative": PARENT,
}
_TRUSTED: Final = frozenset({"trusted_representative", "представитель"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One diary profile of the person.

    Attributes:
        id: Its number.
        role: `student` or `parent`, as the headers call it.
    """

    id: str
    role: str


def family_profiles(found: Sequence[ProfileNumber], *, unlinked: Text | None) -> list[Profile]:
    """The profiles that open diaries.

    Args:
        found: All profiles of the person.
        unlinked: What to say where there are none.

    Raises:
        AccountNotLinked: The person has no profile.
        RoleNotServed: They have those of staff only.
    """
    if not found:
        raise AccountNotLinked("the person has no diary profile", text=unlinked)
    profiles = [
        Profile(str(item.id), role)
        for item in found
        if (role := _KINDS.get(_kind(item.type))) is not None
    ]
    if not profiles:
        raise RoleNotServed("the person has profiles of staff only")
    return profiles


def role_of(profile: Profile, family: FamilyProfile, person: str | None) -> Role:
    """What the person is to the school.

    A trusted person signs in like a parent; among those who act for the children they are called
    «Представитель», a parent «Родитель».

    Args:
        profile: The profile that was chosen.
        family: Whose diaries it reads.
        person: UUID of the person, from the token.
    """
    if profile.role == STUDENT:
        return Role.STUDENT
    own = family.profile.type if family.profile is not None else None
    if _kind(own) in _TRUSTED:
        return Role.TRUSTED_PERSON
    words = {
        _kind(one.type)
        for child in family.children or ()
        for one in child.representatives or ()
        if person is not None and one.person_id == person and one.type
    }
    return Role.TRUSTED_PERSON if words and words <= _TRUSTED else Role.GUARDIAN


def student_refs(
    keys: Keys, family: FamilyProfile, profile: Profile, *, person: str | None, zone: str
) -> tuple[StudentRef, ...]:
    """The students as the profile reaches them; a student's own UUID stands in the token too.

    Raises:
        NoStudents: No child is linked to a parent.
        NoMembership: A student is in no school.
    """
    if profile.role == STUDENT and person is not None:
        family = replace(
            family,
            children=[
                child if child.contingent_guid else replace(child, contingent_guid=person)
                for child in family.children or ()
            ],
        )
    found = tuple(
        StudentRef(
            id=keys.student_of(child.contingent_guid or ""),
            name=student_name(child),
            native=native_keys(child),
            zone=zone,
        )
        for child in children_of(family)
    )
    if found:
        return found
    if profile.role == STUDENT:
        raise NoMembership("the student's profile shows no student")
    raise NoStudents("no child is linked to the profile")


def _kind(word: str | None) -> str:
    """A type of profile without the ending that newer answers give it: `ParentProfile`."""
    return (word or "").strip().casefold().removesuffix("profile")
