"""What an answer to a sign-in means to the pipeline, before the adapter's general rules."""

from typing import Final

import msgspec

from gateway.core.wire.outcome import OK, Outcome
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_dnevnik_ru.login.pages import parse_page
from gateway_dnevnik_ru.wire.errors import Refusal

_KINDS: Final = frozenset({RequestKind.AUTH, RequestKind.REFRESH})
_JUDGED_BY_FLOW: Final = frozenset(
    {
        None,
        "Success",
        "Error",
        "authorizationFailed",
        "invalidRequest",
        "invalidToken",
        "notOwner",
        "outOfScope",
        "ownerForbidden",
        "parameterInvalid",
        "systemForbidden",
        "tokenRequired",
    }
)
_FIRST_ERROR: Final = 400
_THROTTLED: Final = frozenset({429, 433})
_FIRST_SERVER_ERROR: Final = 500


def sign_in_verdict(request: WireRequest, response: WireResponse) -> Outcome | None:
    """OK where the flow itself must read the answer; None leaves it to the general rules.

    A refusal by the interfaces comes with any status, and the site shows its sign-in form with
    status 200 for a wrong password, a captcha or a lock alike: none of these is a lost session,
    and only the flow can tell them apart.
    """
    if request.role == "login":
        if response.status >= _FIRST_ERROR:
            return None
        if response.location is not None:
            return OK
        if not response.looks_like_html():
            return None
        page = parse_page(response.text)
        expected = page.is_login_form or page.is_consent or page.is_new_password
        return OK if expected else None
    if request.kind not in _KINDS or response.status in _THROTTLED:
        return None
    if response.status >= _FIRST_SERVER_ERROR:
        return None
    try:
        word = msgspec.json.decode(response.body, type=Refusal).type
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return OK if word in _JUDGED_BY_FLOW else None
