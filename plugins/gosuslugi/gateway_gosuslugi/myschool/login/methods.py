"""Which flow stands behind a login method."""

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.flow import LoginFlow
from gateway.core.errors import MethodNotOffered
from gateway_gosuslugi.myschool.login.flows import BrowserFlow, PastedFlow


def flow_for(adapter: Adapter, method: str) -> LoginFlow:
    """The flow of one login method.

    Raises:
        MethodNotOffered: There is none.
    """
    match method:
        case "esia":
            return BrowserFlow(method)
        case "cookies":
            return PastedFlow(method)
    raise MethodNotOffered(
        f"{adapter.declaration.name} has no login method {method!r}",
        provider=adapter.declaration.name,
    )
