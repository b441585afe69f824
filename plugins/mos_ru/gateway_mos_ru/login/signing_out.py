"""Tells the service that a session ends (protocol notes 2.6)."""

from gateway.core.contract.link import DiaryLink
from gateway.core.wire.request import RequestKind
from gateway_mos_ru.login.addresses import LOGOUT
from gateway_mos_ru.login.grants import ACCESS_TOKEN
from gateway_mos_ru.routes import API
from gateway_mos_ru.signing import WEB_SUBSYSTEM


async def signed_out(link: DiaryLink) -> None:
    """Ends the session at the service; sent once, and never renewed for it."""
    token = link.session.secret(ACCESS_TOKEN)
    await link.request(
        API,
        "GET",
        LOGOUT,
        kind=RequestKind.AUTH,
        headers={"Authorization": f"Bearer {token}", "X-Mes-Subsystem": WEB_SUBSYSTEM},
        template=LOGOUT,
    )
