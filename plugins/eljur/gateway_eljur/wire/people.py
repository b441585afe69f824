"""Who is signed in and whose diaries they see: `getrules`, and a pupil's card (notes 3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Wire


class RelatedStudent(Wire, frozen=True, rename={"class_": "class"}):
    """A pupil whose diary the account opens; a pupil's own account names the pupil here too."""

    name: Annotated[Key | None, Seen(5)] = None
    title: Annotated[str | None, Seen(5)] = None
    lastname: Annotated[str | None, Seen(5)] = None
    firstname: Annotated[str | None, Seen(5)] = None
    gender: Annotated[str | None, Seen(5)] = None
    class_: Annotated[Printed | None, Seen(5)] = None
    parallel: Annotated[Printed | None, Seen(5)] = None
    city: Annotated[str | None, Seen(5)] = None
    rel: Annotated[str | None, Seen(5)] = None
    rules: Annotated[Several[str], Seen(5)] = None


class RelatedGroup(Wire, frozen=True):
    """A class or a part of it that the account may look at; its name is its only key."""

    name: Annotated[Printed | None, Seen(5)] = None
    rel: Annotated[str | None, Seen(5)] = None
    parallel: Annotated[Printed | None, Seen(5)] = None
    balls: Annotated[Printed | None, Seen(5)] = None
    rules: Annotated[Several[str], Seen(5)] = None
    hometeacher_id: Annotated[Key | None, Seen(5)] = None
    hometeacher_name: Annotated[str | None, Seen(5)] = None
    hometeacher_lastname: Annotated[str | None, Seen(5)] = None
    hometeacher_firstname: Annotated[str | None, Seen(5)] = None
    hometeacher_middlename: Annotated[str | None, Seen(5)] = None


class RelatedSchool(Wire, frozen=True):
    """A school; `number` is the tenant's key, which several schools of a region share."""

    number: Annotated[Key | None, Seen(5)] = None
    title: Annotated[str | None, Seen(5)] = None
    title_full: Annotated[str | None, Seen(5)] = None
    inn: Annotated[Key | None, Seen(5)] = None


class Relations(Wire, frozen=True):
    """What the account may look at."""

    students: Annotated[Several[RelatedStudent], Seen(5)] = None
    groups: Annotated[Several[RelatedGroup], Seen(5)] = None
    schools: Annotated[Several[RelatedSchool], Seen(5)] = None


class Rules(Wire, frozen=True, rename="camel"):
    """The account: who it is and what it may look at."""

    relations: Annotated[Relations | list[object] | None, Seen(5)]
    roles: Annotated[Several[str], Seen(10)] = None
    id: Annotated[Key | None, Seen(10)] = None
    name: Annotated[Key | None, Seen(10)] = None
    title: Annotated[str | None, Seen(10)] = None
    lastname: Annotated[str | None, Seen(10)] = None
    firstname: Annotated[str | None, Seen(10)] = None
    middlename: Annotated[str | None, Seen(10)] = None
    gender: Annotated[str | None, Seen(10)] = None
    email: Annotated[str | None, Seen(10)] = None
    city: Annotated[str | None, Seen(10)] = None
    region: Annotated[str | None, Seen(10)] = None
    region_code: Annotated[Key | None, Seen(10)] = None
    vendor: Annotated[str | None, Seen(10)] = None
    upload_file_url: Annotated[str | None, Seen(10)] = None
    message_signature: Annotated[str | None, Seen(10)] = None
    allowed_sections: Annotated[Several[str], Seen(10)] = None


class PupilCard(Wire, frozen=True, rename="camel"):
    """A pupil's card, of which only the school's name is read."""

    school_name: Annotated[str | None, Seen(1)] = None


class Profile(Wire, frozen=True, rename="camel"):
    """A pupil's card."""

    profile_user_info: Annotated[PupilCard | list[object] | None, Seen(1)]
