"""The user's token in requests of API ЕПГУ (notes 4.6)."""

from typing import Final

from gateway.core.contract.session import Session
from gateway.core.errors import InteractionRequired
from gateway.core.wire.request import WireRequest
from gateway_gosuslugi.epgu.routes import DICTIONARY, EPGU

USER_TOKEN: Final = "access_token"  # noqa: S105 - the name of a credential
"""Credential: the person's ЕСИА token with scope `http://lk.gosuslugi.ru/api-order`."""

_OPEN: Final = DICTIONARY.partition("{")[0]


def signed(request: WireRequest, session: Session | None) -> WireRequest:
    """The request with the person's token; dictionaries are open to everybody.

    Requests of other host roles are left alone.

    Raises:
        InteractionRequired: The account has no such token: the person signed in another way.
    """
    if request.role != EPGU:
        return request
    open_request = request.with_headers(("Accept", "application/json"))
    if request.path.startswith(_OPEN):
        return open_request
    token = session.secret(USER_TOKEN) if session is not None else None
    if token is None:
        method = session.method if session is not None else ""
        raise InteractionRequired("no token of the portal", method=method, reason="refused")
    return open_request.with_headers(("Authorization", f"Bearer {token}"))
