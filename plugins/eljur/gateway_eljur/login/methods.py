"""Which flow stands behind a login method; what the adapter calls."""

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.flow import LoginFlow
from gateway.core.errors import ConfigurationError, MethodNotOffered
from gateway_eljur.login.esia import EsiaFlow
from gateway_eljur.login.invite import InviteFlow
from gateway_eljur.login.password import PasswordFlow
from gateway_eljur.login.recovery import RecoveryFlow
from gateway_eljur.login.token import TokenFlow
from gateway_eljur.settings import EljurSettings


def flow_for(adapter: Adapter, method: str) -> LoginFlow:
    """The flow of one login method.

    Raises:
        MethodNotOffered: The provider declares no such method.
        ConfigurationError: It was given another provider's settings.
    """
    settings = adapter.settings
    if not isinstance(settings, EljurSettings):
        raise ConfigurationError("the provider was given another provider's settings")
    declared = adapter.declaration.login_method(method)
    match method if declared is not None else None:
        case "password":
            return PasswordFlow(settings, method)
        case "esia":
            system = (declared and declared.identity_provider) or ""
            return EsiaFlow(settings, method, adapter.identity_providers.get(system))
        case "token":
            return TokenFlow(settings, method)
        case "invite_code":
            return InviteFlow(settings, method)
        case "recovery":
            return RecoveryFlow(settings, method)
    raise MethodNotOffered(
        f"{adapter.declaration.name} has no login method {method!r}",
        provider=adapter.declaration.name,
    )
