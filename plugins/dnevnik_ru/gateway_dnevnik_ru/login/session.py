"""Opens a session from what a sign-in gave: who it is, whose diaries, in which time zone."""

from collections.abc import Mapping
from typing import TypeVar

from gateway.core.contract.link import LoginLink
from gateway.core.errors import (
    AccessDenied,
    BadResponse,
    NotFound,
    ProviderUnavailable,
    Refused,
    SessionError,
    TokenRejected,
)
from gateway.core.ids import Ids
from gateway.core.sessions.session import Credential, Session, StudentRef
from gateway.core.wire.decoding import decode
from gateway_dnevnik_ru.login.grants import Family, Grant
from gateway_dnevnik_ru.login.pupils import (
    Enrolment,
    Pupil,
    SignedInAs,
    from_mobile,
    from_partner,
    homeroom,
    student_refs,
)
from gateway_dnevnik_ru.login.wire import Account, MobileAccount
from gateway_dnevnik_ru.login.zones import has_one_zone, offset_zone, region_zone
from gateway_dnevnik_ru.settings import DnevnikSettings
from gateway_dnevnik_ru.wire.people import Context
from gateway_dnevnik_ru.wire.schools import EduGroup, School

W = TypeVar("W")

REGION = "region"
"""Key of the flow's state: code of the region that was asked for or chosen."""

_UNIMPORTANT = (AccessDenied, NotFound, Refused, ProviderUnavailable, BadResponse)


class Reader:
    """Reads on behalf of a token that belongs to no session yet."""

    def __init__(self, link: LoginLink, grant: Grant) -> None:
        self._link = link
        self._headers = {"Access-Token": grant.access_token.get_secret_value()}

    async def read(self, shape: type[W], path: str, template: str) -> W:
        """One answer of the interface.

        Raises:
            TokenRejected: The token opens nothing.
        """
        try:
            answer = await self._link.request(
                "api", "GET", path, headers=self._headers, template=template
            )
        except SessionError as error:
            raise TokenRejected("the token opens nothing") from error
        return decode(answer, shape, self._link.note)

    async def maybe(self, shape: type[W], path: str, template: str) -> W | None:
        """The same for what can be done without."""
        try:
            return await self.read(shape, path, template)
        except _UNIMPORTANT as error:
            self._link.note(template, error.code)
            return None


async def open_session(
    link: LoginLink, settings: DnevnikSettings, grant: Grant, method: str
) -> Session:
    """The session of an account.

    Sends one request for the account, one for its time zone where region and instance leave it
    open, and one for each school or class that the first answer does not tell apart.

    Raises:
        TokenRejected: The token opens nothing.
        NoStudents: No child is linked.
        NoMembership: Nobody is in a school.
        RoleNotServed: The account belongs to staff.
    """
    reader = Reader(link, grant)
    known: dict[int, EduGroup] = {}
    if grant.family is Family.MOBILE and grant.user_id is not None:
        owner = await _mobile_owner(reader, settings, grant.user_id)
    else:
        context = await reader.read(Context, "/v2/users/me/context", "/v2/users/me/context")
        owner = from_partner(context)
        known = {group.id: group for group in context.edu_groups or ()}
    zone = await _zone(link, reader)
    ids = Ids(link.declaration.name, link.instance.key)
    students = [
        ref
        for pupil in owner.pupils
        for ref in student_refs(ids, *await _settled(reader, pupil, known), zone)
    ]
    return assemble(
        link,
        owner,
        method=method,
        family=grant.family,
        credentials=grant.credentials(),
        students=tuple(students),
        data={"mobile_version": settings.mobile_version},
    )


def assemble(
    link: LoginLink,
    owner: SignedInAs,
    *,
    method: str,
    family: Family,
    credentials: Mapping[str, Credential],
    students: tuple[StudentRef, ...],
    data: Mapping[str, str],
) -> Session:
    """The session of an account about which everything is known."""
    own = {
        "user_id": str(owner.user),
        "family": family.value,
        "role": owner.role_text,
        **data,
    }
    if owner.person is not None:
        own["person_id"] = str(owner.person)
    return Session(
        account=Ids(link.declaration.name, link.instance.key).of("account", owner.user),
        provider=link.declaration.name,
        instance=link.instance.key,
        method=method,
        role=owner.role,
        created_at=link.now(),
        credentials=credentials,
        jar=link.jar,
        students=students,
        data=own,
    )


async def _mobile_owner(reader: Reader, settings: DnevnikSettings, user_id: int) -> SignedInAs:
    path = f"/mobile/{settings.mobile_version}/users"
    account = await reader.read(
        MobileAccount, f"{path}/{user_id}/context", f"{path}/{{user}}/context"
    )
    if account.info is None:
        raise BadResponse("the account does not say who it is")
    return from_mobile(account, account.info)


async def _settled(
    reader: Reader, pupil: Pupil, known: Mapping[int, EduGroup]
) -> tuple[Pupil, dict[int, int | None]]:
    """The pupil with the kinds of their schools, and the class in each."""
    if pupil.needs_kinds:
        kinds: dict[int, str] = {}
        for place in pupil.enrolments:
            if place.kind is None:
                school = await reader.maybe(
                    School, f"/v2/schools/{place.school}", "/v2/schools/{school}"
                )
                if school is not None and school.education_type:
                    kinds[place.school] = school.education_type.lower()
        pupil = pupil.with_kinds(kinds)
    classes = {
        place.school: await _class_in(reader, pupil, place, known) for place in pupil.enrolments
    }
    return pupil, classes


async def _class_in(
    reader: Reader, pupil: Pupil, place: Enrolment, known: Mapping[int, EduGroup]
) -> int | None:
    if place.groups is not None:
        if len(place.groups) <= 1:
            return next(iter(place.groups), None)
        if all(group in known for group in place.groups):
            return homeroom(known[group] for group in place.groups)
    groups = await reader.maybe(
        list[EduGroup],
        f"/v2/persons/{pupil.person}/schools/{place.school}/edu-groups",
        "/v2/persons/{person}/schools/{school}/edu-groups",
    )
    return None if groups is None else homeroom(groups)


async def _zone(link: LoginLink, reader: Reader) -> str:
    """The zone of the region if one was named, of the account's clock, or the instance's."""
    named = region_zone(link.state.get(REGION))
    if named is not None:
        return named
    now = link.now()
    if has_one_zone(link.instance, now):
        return link.instance.zone
    account = await reader.maybe(Account, "/v2/users/me", "/v2/users/me")
    offset = None if account is None else account.timezone
    return offset_zone(link.instance, offset, now) or link.instance.zone
