"""Trusted persons (protocol notes 4.11): the route is known, nobody has shown an answer."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed
from gateway_mos_ru.wire.base import Printed, Wire
from gateway_mos_ru.wire.people import PersonName


class TrustedLink(Wire, frozen=True):
    """Somebody whom the parent let in."""

    id: Annotated[Printed, Assumed("as every record here")]
    status: Annotated[Printed | None, Assumed("invitations are accepted or refused")] = None
    agent: Annotated[PersonName | None, Assumed("the route is named for agents")] = None
    last_name: Annotated[str | None, Assumed("as in the profile")] = None
    first_name: Annotated[str | None, Assumed("as in the profile")] = None
    middle_name: Annotated[str | None, Assumed("as in the profile")] = None
    phone: Annotated[str | None, Assumed("as in the profile")] = None
