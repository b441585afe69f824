"""What all answers of the app's interface share: the envelope, versions, paid values."""

import re
from datetime import date, datetime
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import offset_day_text, offset_text, unix, unix_day
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.router import Dress, Handler, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject

SUCCESS: Final = "Success"
ACTIVE, NOT_ACTIVE = "Active", "NotActive"
RESTRICTED: Final[JsonObject] = {"isRestricted": True}
_MODERN: Final = 8
_WEB: Final = "v6.0"  # the web pages number moments as old versions do
_VERSION: Final = re.compile(r"v(\d+)(?:\.\d+)?", re.IGNORECASE)
_WORDS: Final = {
    "invalidToken": "tokenRequired",
    "outOfScope": "systemForbidden",
    "ownerForbidden": "systemForbidden",
    "notOwner": "systemForbidden",
    "resourceUnavailable": "invalidRequest",
    "apiResourceUnavailable": "invalidRequest",
    "methodNotSupported": "invalidRequest",
}


class MobileRoutes:
    """Adds paths under `mobile/{version}/`; every version knows them all."""

    def __init__(self, router: Router) -> None:
        self._router = router

    def get(self, pattern: str, handler: Handler, *, cached: bool = False) -> None:
        """A path to read."""
        self._add(pattern, handler, ("GET",), cached=cached)

    def post(self, pattern: str, handler: Handler) -> None:
        """A path with a body."""
        self._add(pattern, handler, ("POST",))

    def _add(
        self, pattern: str, handler: Handler, methods: tuple[str, ...], *, cached: bool = False
    ) -> None:
        self._router.add(
            f"mobile/{{version}}/{pattern}",
            handler,
            dress=Dress.MOBILE,
            methods=methods,
            cached=cached,
        )


def subscription(account: m.Account) -> str:
    """Whether an account has paid: in the sandbox guardians have, pupils have not."""
    return ACTIVE if account.role is m.Role.GUARDIAN else NOT_ACTIVE


def envelope(call: Call, answer: object) -> JsonObject:
    """An answer with the three keys that stand before every other."""
    body: JsonObject = {
        "type": SUCCESS,
        "description": None,
        "mobileSubscriptionStatus": NOT_ACTIVE,
    }
    if "grant" in call.__dict__:  # only where the handler looked at the token
        body["mobileSubscriptionStatus"] = subscription(call.access.account)
    return body | answer if isinstance(answer, dict) else body


def as_mobile(error: ApiError) -> ApiError:
    """A refusal in the fewer words of this interface."""
    word = _WORDS.get(error.kind)
    return error if word is None else ApiError(word)


def is_modern(call: Call) -> bool:
    """Whether the version writes moments with offsets and averages as numbers (from v8)."""
    found = _VERSION.fullmatch(call.params.get("version", _WEB))
    if found is None:
        raise ApiError("invalidRequest")
    return int(found[1]) >= _MODERN


def is_restricted(call: Call) -> bool:
    """Whether paid values are hidden: for those who have not paid, in newer versions."""
    return is_modern(call) and subscription(call.access.account) == NOT_ACTIVE


def stamp(call: Call, moment: datetime) -> int | str:
    """A moment: unix seconds, in newer versions with an offset."""
    return offset_text(moment) if is_modern(call) else unix(moment)


def day_stamp(call: Call, day: date) -> int | str:
    """A day: unix seconds of its UTC midnight, in newer versions with an offset."""
    return offset_day_text(day) if is_modern(call) else unix_day(day)


def plain_day(call: Call, day: date) -> int | str:
    """A day where newer versions write it bare: `2025-09-08`."""
    return day.isoformat() if is_modern(call) else unix_day(day)
