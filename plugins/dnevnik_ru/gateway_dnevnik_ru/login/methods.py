"""Which flow stands behind a login method; what the adapter calls."""

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.link import Link
from gateway.core.contract.session import Session
from gateway.core.errors import ConfigurationError, MethodNotOffered
from gateway_dnevnik_ru.login.cookies import CookiesFlow
from gateway_dnevnik_ru.login.esia import EsiaFlow
from gateway_dnevnik_ru.login.mobile import MobileFlow
from gateway_dnevnik_ru.login.oauth import OAuthFlow
from gateway_dnevnik_ru.login.partner import PartnerFlow
from gateway_dnevnik_ru.login.refresh import renewed
from gateway_dnevnik_ru.login.token import TokenFlow
from gateway_dnevnik_ru.settings import DnevnikSettings


def flow_for(adapter: Adapter, method: str) -> LoginFlow:
    """The flow of one login method.

    Raises:
        MethodNotOffered: The provider declares no such method.
    """
    settings = _settings(adapter)
    declared = adapter.declaration.login_method(method)
    if declared is None:
        raise MethodNotOffered(
            f"{adapter.declaration.name} has no login method {method!r}",
            provider=adapter.declaration.name,
        )
    match method:
        case "oauth":
            return OAuthFlow(settings, method)
        case "password:partner":
            return PartnerFlow(settings, method)
        case "password:mobile":
            return MobileFlow(settings, method)
        case "esia":
            system = declared.identity_provider or ""
            return EsiaFlow(settings, method, adapter.identity_providers.get(system))
        case "token":
            return TokenFlow(settings, method)
        case "cookies":
            return CookiesFlow(settings, method)
        case _:
            raise MethodNotOffered(f"no flow stands behind {method!r}")


async def refresh_session(adapter: Adapter, link: Link, session: Session) -> Session:
    """The session with new tokens.

    Raises:
        InteractionRequired: Only a person can go on.
    """
    return await renewed(link, _settings(adapter), session)


def _settings(adapter: Adapter) -> DnevnikSettings:
    settings = adapter.settings
    if not isinstance(settings, DnevnikSettings):
        raise ConfigurationError("the provider was given another provider's settings")
    return settings
