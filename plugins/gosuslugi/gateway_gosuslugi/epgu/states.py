"""How far an application has come (notes 4.6): decided by number, shown by name."""

from collections.abc import Mapping
from typing import Final

from gateway.core.errors import (
    ApplicationRefused,
    DocumentsRejected,
    FilingNotPermitted,
    NameMisspelt,
    TooManyApplications,
)
from gateway.core.model.life import ApplicationState

STATES: Final[Mapping[int, ApplicationState]] = {
    0: ApplicationState.DRAFT,
    1: ApplicationState.FILED,
    2: ApplicationState.WAITING,
    3: ApplicationState.CONFIRMED,
    4: ApplicationState.REFUSED,
    5: ApplicationState.REFUSED,
    6: ApplicationState.WAITING,
    7: ApplicationState.WAITING,
    9: ApplicationState.WAITING,
    10: ApplicationState.CANCELLED,
    11: ApplicationState.WAITING,
    14: ApplicationState.WAITING,
    15: ApplicationState.WAITING,
    17: ApplicationState.FILED,
    21: ApplicationState.FILED,
    22: ApplicationState.REFUSED,
    24: ApplicationState.REFUSED,
    50: ApplicationState.WAITING,
    51: ApplicationState.CONFIRMED,
    52: ApplicationState.REFUSED,
    53: ApplicationState.REFUSED,
    84: ApplicationState.CANCELLED,
}
"""By `statusId` of the portal. 50, 51 and 52 are a request, confirmed or refused by somebody."""

ACCEPTED: Final = frozenset(
    {"OK", "NEW", "VALIDATION", "FILES_VERIFICATION", "FILES_VERIFICATION_SUCCESS", "RETRY", "DONE"}
)
"""Codes of a push that is on its way or has been handed on."""

_REJECTED: Final[Mapping[str, type[ApplicationRefused]]] = {
    "FILES_VERIFICATION_FAILED": DocumentsRejected,
    "INVALID_FILES_STRUCTURE": DocumentsRejected,
    "VALIDATION_ERROR": DocumentsRejected,
    "REQ_NOT_FOUND": DocumentsRejected,
    "MPC_NOT_FOUND": DocumentsRejected,
    "REQ_VERIFY_FAILED": NameMisspelt,
    "LIMITATION_EXCEPTION": TooManyApplications,
    "CREATE_ORDER_FORBIDDEN": FilingNotPermitted,
    "INTERNAL_ERROR": ApplicationRefused,
}


def state_of(status_id: int | None) -> ApplicationState:
    """The state of an application by the portal's number."""
    if status_id is None:
        return ApplicationState.UNKNOWN
    return STATES.get(status_id, ApplicationState.UNKNOWN)


def push_state(code: str | None) -> ApplicationState:
    """The state of a push that has not become an application on the portal yet."""
    if code in ACCEPTED:
        return ApplicationState.FILED
    return ApplicationState.REFUSED if code in _REJECTED else ApplicationState.UNKNOWN


def rejection_of(code: str | None) -> ApplicationRefused | None:
    """Why the portal dropped a push before the school saw it; None if it did not."""
    found = _REJECTED.get(code or "")
    return None if found is None else found(f"the portal dropped it: {code}")
