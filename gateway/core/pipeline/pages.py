"""Web pages that come in place of an answer: maintenance and protection."""

from typing import Final

from gateway.core.wire.outcome import OutcomeKind
from gateway.core.wire.response import WireResponse

_LOOKED_AT: Final = 64 * 1024

_ANTI_BOT: Final = (
    "qrator",
    "ddos-guard",
    "cf-chl",
    "cf-browser-verification",
    "just a moment...",
    "проверка браузера",
    "servicepipe",
    "checking your browser",
    "вы не робот",
)
_MAINTENANCE: Final = (
    "технические работы",
    "техническими работами",
    "техническое обслуживание",
    "технических работ",
    "профилактическ",
    "регламентные работы",
    "ведутся работы",
    "server work",
    "under maintenance",
    "maintenance mode",
    "временно недоступен",
)


def recognise(response: WireResponse) -> OutcomeKind | None:
    """What a web page is, whatever its status; None for anything that is no such page."""
    if not response.looks_like_html():
        return None
    start = response.body[:_LOOKED_AT].decode("utf-8", "replace").lower()
    if any(word in start for word in _ANTI_BOT):
        return OutcomeKind.ANTI_BOT
    if any(word in start for word in _MAINTENANCE):
        return OutcomeKind.MAINTENANCE
    return None
