"""What a request carries beside its own content (protocol notes 2.1)."""

from typing import Final

from gateway.core.contract.session import Session
from gateway.core.wire.request import RequestKind, WireRequest
from gateway_mos_ru.routes import DIARY, LOGIN, is_mobile, is_portfolio, is_sign_in

WEB_SUBSYSTEM: Final = "familyweb"
MOBILE_SUBSYSTEM: Final = "familymp"
PORTFOLIO_SUBSYSTEM: Final = "studentportfolioweb"

_SIGN_IN_KINDS: Final = frozenset({RequestKind.AUTH, RequestKind.REFRESH})


def signed(request: WireRequest, session: Session | None) -> WireRequest:
    """The request with the account's token and the headers of the interface that it is for.

    A sign-in's own requests name their credentials themselves, and so does one that tries a new
    token before it is the account's.
    """
    if session is None or request.role == LOGIN or request.kind in _SIGN_IN_KINDS:
        return request
    if is_sign_in(request.path) or any(name == "Authorization" for name, _ in request.headers):
        return request
    headers = [("Accept", "application/json"), *_interface(request.path)]
    token = session.secret("access_token")
    if token is not None:
        headers.append(("Authorization", f"Bearer {token}"))
        if request.role == DIARY:
            headers.append(("Auth-Token", token))
    profile, role = session.data.get("profile_id"), session.data.get("role")
    if profile:
        headers.append(("Profile-Id", profile))
    if role:
        headers += [("Profile-Type", role), ("X-Mes-Role", role)]
    return request.with_headers(*headers)


def _interface(path: str) -> list[tuple[str, str]]:
    if is_mobile(path):
        return [("X-Mes-Subsystem", MOBILE_SUBSYSTEM), ("client-type", "diary-mobile")]
    if is_portfolio(path):
        return [("X-Mes-Subsystem", PORTFOLIO_SUBSYSTEM)]
    return [("X-Mes-Subsystem", WEB_SUBSYSTEM)]
