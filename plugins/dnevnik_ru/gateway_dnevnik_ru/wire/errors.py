"""Refusals, and the envelope of the app's interface (protocol notes 5)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Wire


class Refusal(Wire, frozen=True):
    """An error body of the partner interface, and the head of every answer of the app's.

    The app's interface answers HTTP 200 in all cases; a `type` other than `Success` is an error.
    """

    type: Annotated[str | None, Seen(6)] = None


class Metadata(Wire, frozen=True):
    """Says that the object's values are sold and not shown."""

    is_restricted: Annotated[bool | None, Seen(1)] = None
