"""Opens a session from what a sign-in gave: who it is, whose diaries, in which time zone."""

from collections.abc import Mapping
from typing import Final, TypeVar

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
from gateway.core.sessions.session import Credential, Session
from gateway.core.wire.decoding import decode
from gateway_dnevnik_ru import routes
from gateway_dnevnik_ru.login.grants import Family, Grant
from gateway_dnevnik_ru.login.owner import (
    Owner,
    check_role,
    from_mobile,
    from_partner,
    homeroom,
    in_class,
    student_refs,
    unknown_schools,
    with_kinds,
)
from gateway_dnevnik_ru.login.wire import Account, MobileAccount
from gateway_dnevnik_ru.login.zones import has_one_zone, offset_zone, region_zone
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.mapping.pupils import Pupil
from gateway_dnevnik_ru.settings import DnevnikSettings
from gateway_dnevnik_ru.wire.people import Context
from gateway_dnevnik_ru.wire.schools import EduGroup, School

W = TypeVar("W")

REGION: Final = "region"
"""Key of the flow's state: code of the region that was asked for or chosen."""

_ME: Final = "/v2/users/me"
_GROUPS_IN_SCHOOL: Final = "/v2/persons/{person}/schools/{school}/edu-groups"
_UNIMPORTANT = (AccessDenied, NotFound, Refused, ProviderUnavailable, BadResponse)


class Reader:
    """Reads on behalf of a token that belongs to no session yet."""

    def __init__(self, link: LoginLink, grant: Grant) -> None:
        self._link = link
        self._headers = {"Access-Token": grant.access_token.get_secret_value()}

    async def read(self, shape: type[W], template: str, **keys: str | int) -> W:
        """One answer of the interface.

        Raises:
            TokenRejected: The token opens nothing.
        """
        path = routes.fill(template, **keys)
        try:
            answer = await self._link.request(
                routes.API, "GET", path, headers=self._headers, template=template
            )
        except SessionError as error:
            raise TokenRejected("the token opens nothing") from error
        return decode(answer, shape, self._link.note)

    async def maybe(self, shape: type[W], template: str, **keys: str | int) -> W | None:
        """The same for what can be done without."""
        try:
            return await self.read(shape, template, **keys)
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
    if grant.family is Family.MOBILE and grant.user_id is not None:
        owner = await _mobile_owner(reader, settings, grant.user_id)
    else:
        owner = await _partner_owner(reader)
    pupils = [await _in_class(reader, pupil) for pupil in owner.pupils]
    return assemble(
        link,
        owner,
        pupils,
        method=method,
        family=grant.family,
        zone=await _zone(link, reader),
        credentials=grant.credentials(),
        data={"mobile_version": settings.mobile_version},
    )


def assemble(
    link: LoginLink,
    owner: Owner,
    pupils: list[Pupil],
    *,
    method: str,
    family: Family,
    zone: str,
    credentials: Mapping[str, Credential],
    data: Mapping[str, str],
) -> Session:
    """The session of an account about which everything is known."""
    ids = Ids(link.declaration.name, link.instance.key)
    own = {"user_id": str(owner.user), "family": family.value, "role": owner.role_text}
    if owner.person is not None:
        own["person_id"] = str(owner.person)
    return Session(
        account=ids.of("account", owner.user),
        provider=link.declaration.name,
        instance=link.instance.key,
        method=method,
        role=owner.role,
        created_at=link.now(),
        credentials=credentials,
        jar=link.jar,
        students=student_refs(Keys(ids), pupils, zone),
        data={**own, **data},
    )


async def _partner_owner(reader: Reader) -> Owner:
    context = await reader.read(Context, routes.CONTEXT)
    check_role(context)
    kinds: dict[int, str] = {}
    for number in unknown_schools(context):
        school = await reader.maybe(School, routes.SCHOOL, school=number)
        if school is not None and school.education_type:
            kinds[number] = school.education_type
    return from_partner(with_kinds(context, kinds))


async def _mobile_owner(reader: Reader, settings: DnevnikSettings, user_id: int) -> Owner:
    account = await reader.read(
        MobileAccount, routes.APP_CONTEXT, version=settings.mobile_version, user=user_id
    )
    return from_mobile(account)


async def _in_class(reader: Reader, pupil: Pupil) -> Pupil:
    """The pupil with their class, asked for where the account does not tell it."""
    if pupil.group is not None or pupil.school is None:
        return pupil
    groups = await reader.maybe(
        list[EduGroup], _GROUPS_IN_SCHOOL, person=pupil.person, school=pupil.school
    )
    return pupil if groups is None else in_class(pupil, homeroom(groups))


async def _zone(link: LoginLink, reader: Reader) -> str:
    """The zone of the region if one was named, of the account's clock, or the instance's."""
    named = region_zone(link.state.get(REGION))
    if named is not None:
        return named
    now = link.now()
    if has_one_zone(link.instance, now):
        return link.instance.zone
    account = await reader.maybe(Account, _ME)
    offset = None if account is None else account.timezone
    return offset_zone(link.instance, offset, now) or link.instance.zone
