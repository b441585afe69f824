"""Opens a session from what a sign-in gave: who it is and whose diaries they read."""

from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.errors import AccessDenied, AccountNotLinked, SessionError, TokenRejected
from gateway.core.ids import Ids
from gateway.core.wire.decoding import decode
from gateway_mos_ru.login import words
from gateway_mos_ru.login.activation import activated
from gateway_mos_ru.login.claims import claims_of
from gateway_mos_ru.login.grants import Grant
from gateway_mos_ru.login.owner import Profile, family_profiles, role_of, student_refs
from gateway_mos_ru.mapping.keys import Keys
from gateway_mos_ru.routes import API, LOGIN, PROFILE
from gateway_mos_ru.signing import WEB_SUBSYSTEM
from gateway_mos_ru.wire.people import FamilyProfile


async def profiles_of(link: LoginLink, grant: Grant) -> list[Profile]:
    """Activates the token and tells which diaries it may open.

    Raises:
        TokenRejected: The token opens nothing.
        AccountNotLinked: The person has no diary.
        RoleNotServed: They have profiles of staff only.
    """
    unlinked = words.NOT_LINKED_MOSCOW if LOGIN in link.instance.hosts else None
    try:
        found = await activated(link, grant.access_token)
    except SessionError as error:
        raise TokenRejected("the token opens nothing") from error
    except AccessDenied as error:
        raise AccountNotLinked("the diary is not open to the person", text=unlinked) from error
    return family_profiles(found, unlinked=unlinked)


async def open_session(link: LoginLink, grant: Grant, profile: Profile, method: str) -> Session:
    """The session of a profile whose token was activated; sends one request.

    Raises:
        TokenRejected: The token opens nothing.
        NoStudents: No child is linked.
        NoMembership: A student is in no school.
    """
    token = grant.access_token.get_secret_value()
    try:
        answer = await link.request(
            API,
            "GET",
            PROFILE,
            headers={
                "Accept": "application/json",
                "Authorization": f"Bearer {token}",
                "X-Mes-Subsystem": WEB_SUBSYSTEM,
                "Profile-Id": profile.id,
                "Profile-Type": profile.role,
                "X-Mes-Role": profile.role,
            },
            template=PROFILE,
        )
    except SessionError as error:
        raise TokenRejected("the token opens nothing") from error
    except AccessDenied as error:
        raise AccountNotLinked("the diary is not open to this profile") from error
    family = decode(answer, FamilyProfile, link.note)
    claims = claims_of(token)
    person = None if claims is None else claims.person
    ids = Ids(link.declaration.name, link.instance.key)
    return Session(
        account=ids.of("account", profile.id),
        provider=link.declaration.name,
        instance=link.instance.key,
        method=method,
        role=role_of(profile, family, person),
        created_at=link.now(),
        credentials=grant.credentials(),
        students=student_refs(Keys(ids), family, profile, person=person, zone=link.instance.zone),
        data={"profile_id": profile.id, "role": profile.role, **grant.data()},
    )
