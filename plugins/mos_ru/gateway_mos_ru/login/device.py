"""Registers this device with the sign-in system of mos.ru (protocol notes 2.2, step 1)."""

import base64
from dataclasses import dataclass, field
from typing import Final

from pydantic import SecretStr

from gateway.core.config import required
from gateway.core.contract.link import LoginLink
from gateway.core.errors import ClientRejected, MissingSetting
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.login import wire
from gateway_mos_ru.login.addresses import REGISTER
from gateway_mos_ru.login.refusals import shown
from gateway_mos_ru.routes import LOGIN
from gateway_mos_ru.settings import MosSettings

_ID: Final = "client_id"
_SECRET: Final = "client_secret"  # noqa: S105 - the name of an entry
_ENDS: Final = "client_ends"


@dataclass(frozen=True, slots=True)
class Device:
    """A registered device.

    Attributes:
        id: Its number.
        secret: Its secret.
        ends: Unix seconds of the secret's end; None if it has none.
    """

    id: str
    secret: SecretStr = field(repr=False)
    ends: int | None = None

    def authorization(self) -> str:
        """The header with which it presents itself."""
        pair = f"{self.id}:{self.secret.get_secret_value()}"
        return f"Basic {base64.b64encode(pair.encode()).decode()}"


def check_settings(settings: MosSettings, provider: str) -> None:
    """Checks that the operator has what a registration takes.

    Raises:
        MissingSetting: They have not.
    """
    required(settings, provider, "registration_token", "software_statement")


async def registered(link: LoginLink, settings: MosSettings) -> Device:
    """The flow's device, registered at its first use.

    Raises:
        ClientRejected: The sign-in system does not take the operator's registration data.
        MissingSetting: There are none.
    """
    if _ID in link.state and _SECRET in link.secrets:
        return remembered(link)
    if settings.registration_token is None or settings.software_statement is None:
        raise MissingSetting("the registration data of the application are not set")
    response = await link.request(
        LOGIN,
        "POST",
        REGISTER,
        kind=RequestKind.AUTH,
        headers={"Authorization": f"Bearer {settings.registration_token.get_secret_value()}"},
        body=Body.of_json(
            {
                "software_id": settings.software_id,
                "device_type": settings.device_type,
                "software_statement": settings.software_statement.get_secret_value(),
            }
        ),
        template=REGISTER,
    )
    found = decode(response, wire.Device, link.note)
    if not found.client_id or not found.client_secret:
        raise ClientRejected(f"the device was not registered ({shown(found.error)})")
    link.state[_ID] = found.client_id
    link.secrets[_SECRET] = SecretStr(found.client_secret)
    if found.client_secret_expires_at:
        link.state[_ENDS] = str(found.client_secret_expires_at)
    return remembered(link)


def remembered(link: LoginLink) -> Device:
    """The device that an earlier step has registered."""
    ends = link.state.get(_ENDS)
    return Device(link.state[_ID], link.secrets[_SECRET], None if ends is None else int(ends))
