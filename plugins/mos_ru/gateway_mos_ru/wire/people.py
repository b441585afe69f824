"""The account's own profile with its children (protocol notes 3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import Printed, Wire


class PersonName(Wire, frozen=True):
    """Somebody's names, as most answers tell them."""

    last_name: Annotated[str | None, Seen(8)] = None
    first_name: Annotated[str | None, Seen(8)] = None
    middle_name: Annotated[str | None, Seen(8)] = None


class OwnProfile(PersonName, frozen=True):
    """The profile that is signed in; `type` is `student` or `parent`."""

    id: Annotated[int | None, Seen(8)] = None
    user_id: Annotated[int | None, Seen(8)] = None
    birth_date: Annotated[str | None, Seen(8)] = None
    sex: Annotated[str | None, Seen(8)] = None
    type: Annotated[str | None, Seen(8)] = None
    email: Annotated[str | None, Seen(8)] = None
    phone: Annotated[str | None, Seen(8)] = None


class Representative(PersonName, frozen=True):
    """A legal representative: now by `person_id`, in older answers shaped as a profile."""

    person_id: Annotated[str | None, Seen(3)] = None
    id: Annotated[int | None, Seen(5)] = None
    type_id: Annotated[int | None, Seen(3)] = None
    type: Annotated[str | None, Seen(8)] = None
    birth_date: Annotated[str | None, Seen(5)] = None
    sex: Annotated[str | None, Seen(5)] = None
    email: Annotated[str | None, Seen(8)] = None
    phone: Annotated[str | None, Seen(8)] = None


class ChildSchool(Wire, frozen=True):
    """A child's school."""

    id: Annotated[int | None, Seen(8)] = None
    name: Annotated[str | None, Seen(8)] = None
    short_name: Annotated[str | None, Seen(8)] = None


class ChildGroup(Wire, frozen=True):
    """A group of a child; its name carries the subject."""

    id: Annotated[int | None, Seen(8)] = None
    name: Annotated[str | None, Seen(8)] = None
    subject_id: Annotated[Printed | None, Seen(8)] = None
    is_fake: Annotated[bool | None, Seen(8)] = None


class Child(PersonName, frozen=True):
    """A student as the profile tells of them; `contingent_guid` is the person's UUID."""

    id: Annotated[int | None, Seen(8)] = None
    contingent_guid: Annotated[str | None, Seen(8)] = None
    birth_date: Annotated[str | None, Seen(8)] = None
    sex: Annotated[str | None, Seen(8)] = None
    email: Annotated[str | None, Seen(8)] = None
    phone: Annotated[str | None, Seen(8)] = None
    contract_id: Annotated[int | None, Seen(8)] = None
    school: Annotated[ChildSchool | None, Seen(8)] = None
    class_name: Annotated[str | None, Seen(8)] = None
    class_level_id: Annotated[int | None, Seen(8)] = None
    class_unit_id: Annotated[int | None, Seen(8)] = None
    groups: Annotated[list[ChildGroup] | None, Seen(8)] = None
    ec_groups: Annotated[list[ChildGroup] | None, Seen(2)] = None
    sections: Annotated[list[ChildGroup] | None, Seen(8)] = None
    representatives: Annotated[list[Representative] | None, Seen(8)] = None
    parallel_curriculum_id: Annotated[int | None, Seen(8)] = None


class FamilyProfile(Wire, frozen=True):
    """The answer of `profile`; a student is the only child of their own profile."""

    children: Annotated[list[Child] | None, Seen(8)]
    profile: Annotated[OwnProfile | None, Seen(8)] = None
