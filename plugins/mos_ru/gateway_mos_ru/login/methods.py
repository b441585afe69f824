"""Which flow stands behind a login method; what the adapter calls."""

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.link import DiaryLink, RenewalLink
from gateway.core.contract.session import Session
from gateway.core.errors import ConfigurationError, MethodNotOffered
from gateway_mos_ru.login.cookies import CookiesFlow
from gateway_mos_ru.login.esia import EsiaFlow
from gateway_mos_ru.login.headless import HeadlessFlow
from gateway_mos_ru.login.node_password import NodePasswordFlow
from gateway_mos_ru.login.oauth import OAuthFlow
from gateway_mos_ru.login.qr import QrFlow
from gateway_mos_ru.login.refresh import renewed
from gateway_mos_ru.login.signing_out import signed_out
from gateway_mos_ru.login.token import TokenFlow
from gateway_mos_ru.settings import MosSettings, NodeSettings


def flow_for(adapter: Adapter, method: str) -> LoginFlow:
    """The flow of one login method.

    Raises:
        MethodNotOffered: The provider declares no such method.
        ConfigurationError: It was given another provider's settings.
    """
    settings = adapter.settings
    declared = adapter.declaration.login_method(method)
    if declared is None:
        raise MethodNotOffered(
            f"{adapter.declaration.name} has no login method {method!r}",
            provider=adapter.declaration.name,
        )
    match method, settings:
        case "token", NodeSettings():
            return TokenFlow(settings, method)
        case "cookies", NodeSettings():
            return CookiesFlow(settings, method)
        case "password", MosSettings():
            return HeadlessFlow(settings, method)
        case "oauth", MosSettings():
            return OAuthFlow(settings, method)
        case "qr", MosSettings():
            return QrFlow(settings, method)
        case "password", NodeSettings():
            return NodePasswordFlow(settings, method)
        case "esia", NodeSettings():
            system = declared.identity_provider or ""
            return EsiaFlow(settings, method, adapter.identity_providers.get(system))
    raise ConfigurationError("the provider was given another provider's settings")


async def refresh_session(link: RenewalLink, session: Session) -> Session:
    """The session with new tokens.

    Raises:
        InteractionRequired: Only a person can go on.
    """
    return await renewed(link, session)


async def end_session(link: DiaryLink) -> None:
    """Ends the session at the service."""
    await signed_out(link)
