"""What an answer says of a school that is not there (notes 1, 2.2, 5)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from gateway.core.errors import (
    LoginError,
    NotFound,
    SchoolUnknown,
    ServerFailure,
    UnexpectedHtml,
)
from gateway.core.wire.response import WireResponse
from gateway_eljur.login import words
from gateway_eljur.login.schools import school_of

_SERVER_FAULT: Final = 500
_REDIRECTS: Final = range(300, 400)


@contextmanager
def asking_school(*, is_named: bool) -> Iterator[None]:
    """Around the first request to a school.

    The service says 500 both for an unknown school and for a fault of its own, and may do so by a
    page. What a person has just typed is the likelier reason.

    Args:
        is_named: Whether they have just named the school.

    Raises:
        SchoolUnknown: The answer is such a one.
    """
    try:
        yield
    except (NotFound, ServerFailure, UnexpectedHtml) as error:
        is_fault = isinstance(error, ServerFailure) and error.http_status != _SERVER_FAULT
        if not is_named or is_fault:
            raise
        raise SchoolUnknown(
            "the diary does not know the school", text=words.NO_SUCH_SCHOOL
        ) from error


def check_stayed(response: WireResponse) -> None:
    """Checks that an answer leads nowhere else.

    Raises:
        DiaryMoved: It leads to the archive.
        LoginError: It leads anywhere else.
    """
    if response.status not in _REDIRECTS:
        return
    with suppress(SchoolUnknown):
        school_of(response.location or "")
    raise LoginError("the diary leads the sign-in away", text=words.REFUSED)
