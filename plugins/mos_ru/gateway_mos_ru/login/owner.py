"""Whose account was opened and whose diaries it reads; pure functions (protocol notes 2.2, 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gateway.core.contract.session import StudentRef
from gateway.core.errors import AccountNotLinked, NoMembership, NoStudents, RoleNotServed, Text
from gateway.core.model.people import Role
from gateway.core.wire.decoding import Note
from gateway_mos_ru.login.wire import Child, Family, ProfileNumber
from gateway_mos_ru.mapping.keys import Keys

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


def role_of(profile: Profile, family: Family, person: str | None) -> Role:
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
        for child in family.children
        for one in child.representatives or ()
        if person is not None and one.person_id == person and one.type
    }
    return Role.TRUSTED_PERSON if words and words <= _TRUSTED else Role.GUARDIAN


def student_refs(
    keys: Keys, family: Family, profile: Profile, *, person: str | None, zone: str, note: Note
) -> tuple[StudentRef, ...]:
    """The students as the profile reaches them.

    A child without a person's UUID is left out: nothing could be asked about them. A student's
    own UUID stands in the token as well.

    Raises:
        NoStudents: No child is linked to a parent.
        NoMembership: A student is in no school.
    """
    found = []
    for index, child in enumerate(family.children):
        uuid = child.contingent_guid or (person if profile.role == STUDENT else None)
        if uuid is None:
            note(f"$.children[{index}].contingent_guid", "missing")
            continue
        found.append(
            StudentRef(
                id=keys.student_of(uuid),
                name=" ".join(part for part in (child.last_name, child.first_name) if part),
                native=_native(child, uuid),
                zone=zone,
            )
        )
    if found:
        return tuple(found)
    if profile.role == STUDENT:
        raise NoMembership("the student's profile shows no student")
    raise NoStudents("no child is linked to the profile")


def _native(child: Child, person: str) -> dict[str, str]:
    told = {
        "student": child.id,
        "person": person,
        "school": None if child.school is None else child.school.id,
        "class_unit": child.class_unit_id,
        "contract": child.contract_id,
        "curriculum": child.parallel_curriculum_id,
        "class_level": child.class_level_id,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def _kind(word: str | None) -> str:
    """A type of profile without the ending that newer answers give it: `ParentProfile`."""
    return (word or "").strip().casefold().removesuffix("profile")
