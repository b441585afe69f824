"""Plays logins of the service against scripted answers."""

from typing import Any

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.settings import ProviderSettings
from gateway_mos_ru.adapter import MosAdapter
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.settings import MosSettings, NodeSettings
from tests.plugins import play
from tests.plugins.play import Reply

MOSCOW = DECLARATIONS[0]
OBLAST = DECLARATIONS[1]
KALUGA = next(item for item in DECLARATIONS if item.name == "myschool_kaluga")


def settings(**changed: Any) -> MosSettings:
    """Settings of an operator with registration data of their own."""
    own = {"registration_token": "fictional-registration", "software_statement": "fictional.jwt.x"}
    return MosSettings.model_validate({**own, **changed})


class Play(play.Play):
    """One login to an installation, Moscow's by default."""

    def __init__(
        self,
        method: str,
        *replies: Reply,
        declaration: Declaration = MOSCOW,
        configured: ProviderSettings | None = None,
        **options: Any,
    ) -> None:
        default = settings() if declaration is MOSCOW else NodeSettings()
        own = configured or default

        def adapter() -> MosAdapter:
            return MosAdapter(declaration, declaration.instances[0], own)

        super().__init__(adapter, method, *replies, **options)
