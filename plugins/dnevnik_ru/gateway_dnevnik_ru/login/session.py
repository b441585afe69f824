"""Opens a session from what a sign-in gave: who it is, whose diaries, in which time zone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Credential, Session
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
from gateway.core.wire.decoding import decode
from gateway_dnevnik_ru import routes
from gateway_dnevnik_ru.login.grants import Family, Grant
from gateway_dnevnik_ru.login.owner import (
    Owner,
    check_role,
    from_mobile,
    from_partner,
    homeroom,
    student_refs,
    unknown_schools,
    with_kinds,
)
from gateway_dnevnik_ru.login.wire import Account, MobileAccount, SchoolPlace
from gateway_dnevnik_ru.login.zones import hours_of, offset_of, region_zone, zone_at
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.mapping.pupils import Pupil
from gateway_dnevnik_ru.settings import DnevnikSettings
from gateway_dnevnik_ru.wire.people import Context
from gateway_dnevnik_ru.wire.schools import EduGroup

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
        self._schools: dict[int, SchoolPlace | None] = {}

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

    async def school(self, number: int) -> SchoolPlace | None:
        """A school, asked for once."""
        if number not in self._schools:
            self._schools[number] = await self.maybe(SchoolPlace, routes.SCHOOL, school=number)
        return self._schools[number]


async def open_session(
    link: LoginLink, settings: DnevnikSettings, grant: Grant, method: str
) -> Session:
    """The session of an account.

    Sends one request for the account and, unless a region was named, one for its clock; one for
    each school where there are several, and one for each class that the account does not tell.

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
        replace(owner, pupils=tuple(pupils)),
        method=method,
        family=grant.family,
        zones=await _zones(link, reader, pupils),
        credentials=grant.credentials(),
        data={"mobile_version": settings.mobile_version},
    )


def assemble(
    link: LoginLink,
    owner: Owner,
    *,
    method: str,
    family: Family,
    zones: Mapping[int | None, str],
    credentials: Mapping[str, Credential],
    data: Mapping[str, str],
) -> Session:
    """The session of an account about which everything is known; `zones` by school."""
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
        students=student_refs(Keys(ids), owner.pupils, zones),
        data={**own, **data},
    )


async def _partner_owner(reader: Reader) -> Owner:
    context = await reader.read(Context, routes.CONTEXT)
    check_role(context)
    kinds: dict[int, str] = {}
    for number in unknown_schools(context):
        school = await reader.school(number)
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
    return pupil if groups is None else replace(pupil, group=homeroom(groups))


async def _zones(link: LoginLink, reader: Reader, pupils: Sequence[Pupil]) -> dict[int | None, str]:
    """The zone of each school: of its own clock where there are several, else of the account's."""
    now = link.now()
    named = region_zone(link.state.get(REGION))
    common = named
    if common is None:
        account = await reader.maybe(Account, _ME)
        offset = None if account is None else offset_of(account.timezone)
        common = zone_at(link.instance, offset, now) or link.instance.zone
    zones: dict[int | None, str] = dict.fromkeys((pupil.school for pupil in pupils), common)
    if len(zones) > 1:
        for number in [item for item in zones if item is not None]:
            school = await reader.school(number)
            offset = None if school is None else hours_of(school.time_zone)
            zones[number] = zone_at(link.instance, offset, now, first=common) or common
    return zones
