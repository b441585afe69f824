"""Opens the session of one user in one school from the token that a sign-in gave (notes 3)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from gateway.core.contract.capability import Support
from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Credential, Session
from gateway.core.errors import (
    BadResponse,
    ClientRejected,
    InvalidRequest,
    SessionError,
    TokenRejected,
)
from gateway.core.ids import Ids
from gateway.core.wire.decoding import decode
from gateway_eljur.capabilities import WEB_CAPABILITIES
from gateway_eljur.login.owner import capabilities_of, role_of, students_of, zone_of
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.mapping.pupils import user_of
from gateway_eljur.places import BY_KEY
from gateway_eljur.routes import API, RULES
from gateway_eljur.signing import ACCESS_TOKEN, VENDOR
from gateway_eljur.wire.base import Envelope
from gateway_eljur.wire.people import Rules

_MOMENT: Final = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Grant:
    """A token of the interface.

    Attributes:
        vendor: The school.
        token: Opaque text.
        expires: End of the token as told, on the school's clock.
    """

    vendor: str
    token: SecretStr = field(repr=False)
    expires: str | None = None


async def open_session(link: LoginLink, grant: Grant, method: str) -> Session:
    """The session of a user; the link is at the school's own instance. Sends one request.

    Raises:
        TokenRejected: The token opens nothing.
        ClientRejected: The application's key is not accepted.
        RoleNotServed: The account belongs to staff.
        NoStudents: No child is linked.
        NoMembership: The student is in no class.
    """
    rules = await _rules(link, grant)
    user = user_of(rules)
    if not user:
        raise BadResponse("the answer does not say who is signed in")
    instance = link.instance
    ids = Ids(link.declaration.name, instance.key)
    is_regional = instance.key.partition(".")[0] in BY_KEY
    zone = zone_of(rules, instance.zone, is_regional=is_regional)
    role = role_of(rules)
    return Session(
        account=ids.of("account", user),
        provider=link.declaration.name,
        instance=instance.key,
        method=method,
        role=role,
        created_at=link.now(),
        credentials={ACCESS_TOKEN: Credential(grant.token, ends_at(grant.expires, zone))},
        students=students_of(rules, role, Keys(ids), zone),
        capabilities={
            **capabilities_of(rules),
            **dict.fromkeys(WEB_CAPABILITIES, Support.UNSUPPORTED),
        },
        data={VENDOR: grant.vendor, "user": user, "role": role.value},
    )


def ends_at(expires: str | None, zone: str) -> datetime | None:
    """The UTC end of a token; None where it is not told or cannot be read."""
    try:
        local = datetime.strptime((expires or "").strip(), _MOMENT)  # noqa: DTZ007 - set beneath
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


async def _rules(link: LoginLink, grant: Grant) -> Rules:
    params = {VENDOR: grant.vendor, ACCESS_TOKEN: grant.token.get_secret_value()}
    try:
        answer = await link.request(API, "GET", RULES, params=params, template=RULES)
    except SessionError as error:
        raise TokenRejected("the token opens nothing") from error
    except InvalidRequest as error:
        raise ClientRejected("the diary refuses the request of the application") from error
    rules = decode(answer, Envelope[Rules], link.note).result
    if rules is None:
        raise BadResponse("the answer does not say who is signed in")
    return rules
