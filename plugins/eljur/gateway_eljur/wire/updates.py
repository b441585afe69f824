"""The feed of updates, whose lines nobody has described: marks are looked for (notes 4.8)."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Seen
from gateway_eljur.wire.base import Key, Printed, Several, Wire

_LIKE_MARKS = "the feed tells new marks, which elsewhere have it"


class Update(Wire, frozen=True):
    """One line, as far as it is like a mark with the name of its subject."""

    name: Annotated[Printed | None, Assumed(_LIKE_MARKS)] = None
    lesson_id: Annotated[Key | None, Assumed(_LIKE_MARKS)] = None
    value: Annotated[Printed | None, Assumed(_LIKE_MARKS)] = None
    date: Annotated[Printed | None, Assumed(_LIKE_MARKS)] = None
    nm: Annotated[Key | None, Assumed(_LIKE_MARKS)] = None
    comment: Annotated[Printed | None, Assumed(_LIKE_MARKS)] = None


class Updates(Wire, frozen=True):
    """New lines, and those that were seen before."""

    latest: Annotated[Several[Update], Seen(1)] = None
    old: Annotated[Several[Update], Seen(1)] = None


class StudentUpdates(Wire, frozen=True):
    """One student's lines."""

    updates: Annotated[Updates | list[object] | None, Seen(1)]
    name: Annotated[Key | None, Seen(1)] = None


class UpdatesPage(Wire, frozen=True):
    """A page of lines by student."""

    students: Annotated[Several[StudentUpdates], Seen(1)] = None
