"""Plays logins of the service against scripted answers."""

from typing import Any

from gateway.core.contract.declaration import Declaration
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.declaration import DNEVNIK_RU
from gateway_dnevnik_ru.settings import DnevnikSettings
from tests.plugins import play
from tests.plugins.play import Reply

CLIENT = "11111111-2222-4333-8444-555555555555"
CLIENT_SECRET = "66666666-7777-4888-8999-000000000000"
TOKEN = "FictionalToken0000000000000000Aa"
REFRESH = "FictionalRefresh00000000000000Aa"
LOGIN_HOST = "https://login.dnevnik.ru"


def settings(**changed: Any) -> DnevnikSettings:
    """Settings of an operator with an application of their own."""
    own = {"client_id": CLIENT, "client_secret": CLIENT_SECRET}
    return DnevnikSettings.model_validate({**own, **changed})


class Play(play.Play):
    """One login, begun in a region where one is named."""

    replies_may_wait = True

    def __init__(
        self,
        method: str,
        *replies: Reply,
        declaration: Declaration = DNEVNIK_RU,
        configured: DnevnikSettings | None = None,
        region: str | None = None,
        **options: Any,
    ) -> None:
        own = configured or settings()

        def adapter() -> DnevnikAdapter:
            return DnevnikAdapter(declaration, declaration.instances[0], own)

        state = {} if region is None else {"region": region}
        super().__init__(adapter, method, *replies, state=state, **options)
