"""What a request carries beside its own content (notes 2.1).

The key of the application and the account's token travel in the query, where every client sends
them; they are redacted wherever an address is shown.
"""

from typing import Final

from gateway.core.contract.session import Session
from gateway.core.contract.settings import ProviderSettings
from gateway.core.wire.request import WireRequest
from gateway_eljur.routes import API
from gateway_eljur.settings import EljurSettings

ACCESS_TOKEN: Final = "auth_token"  # noqa: S105 - the name of a credential
VENDOR: Final = "vendor"
SITE: Final = "web"
"""Key of the session's data: the account is signed in to the school's site, too."""


def signed(
    request: WireRequest, session: Session | None, settings: ProviderSettings
) -> WireRequest:
    """The request with the application's key, the school and the account's token.

    A login's own requests name the school themselves. The site's pages go by cookies alone.
    """
    if request.role != API:
        return request
    params = [("out_format", "json")]
    if isinstance(settings, EljurSettings) and settings.devkey is not None:
        params.append(("devkey", settings.devkey.get_secret_value()))
    if session is not None:
        token, vendor = session.secret(ACCESS_TOKEN), session.data.get(VENDOR)
        if vendor:
            params.append((VENDOR, vendor))
        if token is not None:
            params.append((ACCESS_TOKEN, token))
    return request.with_params(*params).with_headers(("Accept", "application/json"))
