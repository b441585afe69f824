"""Opens the services to a fresh token (protocol notes 2.2, step 10).

Without it they answer 403, also after a renewal.
"""

from pydantic import SecretStr

from gateway.core.contract.link import Link
from gateway.core.wire.decoding import decode
from gateway_mos_ru.login.addresses import PROFILES
from gateway_mos_ru.login.wire import ProfileNumber
from gateway_mos_ru.routes import DIARY


async def activated(link: Link, token: SecretStr) -> list[ProfileNumber]:
    """The profiles of a token's person, of all kinds; the token is activated by asking.

    Raises:
        SessionError: The token opens nothing.
        AccessDenied: The person has no right to the diary.
    """
    plain = token.get_secret_value()
    answer = await link.request(
        DIARY,
        "GET",
        PROFILES,
        headers={
            "Accept": "application/json",
            "Authorization": f"Bearer {plain}",
            "Auth-Token": plain,
            "partner-source-id": "MOBILE",
        },
        template=PROFILES,
    )
    return decode(answer, list[ProfileNumber], link.note)
