"""Accounts and persons (protocol notes 3, 4.11)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import PascalWire, Wire
from gateway_dnevnik_ru.wire.schools import EduGroup


class ContextSchool(Wire, frozen=True):
    """A school of the account."""

    id: Annotated[int, Seen(10)]
    name: Annotated[str | None, Seen(10)] = None
    type: Annotated[str | None, Seen(3)] = None
    group_ids: Annotated[list[int] | None, Seen(10)] = None


class Child(Wire, frozen=True):
    """A child of a parent's account; everything is asked with their numbers."""

    person_id: Annotated[int, Seen(3)]
    first_name: Annotated[str | None, Seen(2)] = None
    last_name: Annotated[str | None, Seen(2)] = None
    middle_name: Annotated[str | None, Seen(2)] = None
    short_name: Annotated[str | None, Seen(2)] = None
    school_ids: Annotated[list[int] | None, Seen(2)] = None
    group_ids: Annotated[list[int] | None, Seen(2)] = None


class Context(Wire, frozen=True):
    """Who is signed in: `users/me/context`."""

    user_id: Annotated[int, Seen(10)]
    person_id: Annotated[int, Seen(10)]
    roles: Annotated[list[str] | None, Seen(10)] = None
    children: Annotated[list[Child] | None, Seen(10)] = None
    schools: Annotated[list[ContextSchool] | None, Seen(10)] = None
    edu_groups: Annotated[list[EduGroup] | None, Seen(10)] = None
    first_name: Annotated[str | None, Seen(2)] = None
    last_name: Annotated[str | None, Seen(2)] = None
    middle_name: Annotated[str | None, Seen(2)] = None
    short_name: Annotated[str | None, Seen(10)] = None
    school_ids: Annotated[list[int] | None, Seen(10)] = None
    group_ids: Annotated[list[int] | None, Seen(10)] = None


class Person(Wire, frozen=True):
    """A human being; the names need the scope ContactInfo or CommonInfo."""

    id: Annotated[int, Seen(8)]
    user_id: Annotated[int | None, Seen(8)] = None
    first_name: Annotated[str | None, Seen(5)] = None
    last_name: Annotated[str | None, Seen(5)] = None
    middle_name: Annotated[str | None, Seen(5)] = None
    short_name: Annotated[str | None, Seen(8)] = None
    sex: Annotated[str | None, Seen(8)] = None


class Relative(Wire, frozen=True):
    """A relation of the person asked about; a parent's child has its own relations inside."""

    person: Annotated[Person | None, Seen(2)]
    type: Annotated[str | None, Seen(2)] = None
    relatives: Annotated["list[Relative] | None", Seen(1)] = None


class Relatives(Wire, frozen=True):
    """Relatives as one client models them: an object around the list."""

    relatives: Annotated[list[Relative] | None, Seen(1)]


class SchoolTeacher(PascalWire, frozen=True):
    """A teacher in the school's own directory."""

    id: Annotated[int, Seen(3)]
    first_name: Annotated[str | None, Seen(3)] = None
    last_name: Annotated[str | None, Seen(3)] = None
    middle_name: Annotated[str | None, Seen(3)] = None
    short_name: Annotated[str | None, Seen(3)] = None
    sex: Annotated[str | None, Seen(3)] = None
    email: Annotated[str | None, Seen(3)] = None
    subjects: Annotated[str | None, Seen(3)] = None
    name_teacher_position: Annotated[str | None, Seen(3)] = None
    name_managing_position: Annotated[str | None, Seen(1)] = None
