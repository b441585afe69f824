"""Letters, those who may be written to, and the board (notes 4.9, 4.11)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_eljur.wire.base import Key, Printed, Several, Switch, Wire
from gateway_eljur.wire.files import File, Resource


class Correspondent(Wire, frozen=True):
    """Somebody who writes or is written to; `name` is their number."""

    name: Annotated[Key | None, Seen(9)] = None
    lastname: Annotated[Printed | None, Seen(9)] = None
    firstname: Annotated[Printed | None, Seen(9)] = None
    middlename: Annotated[Printed | None, Seen(9)] = None
    info: Annotated[Printed | None, Seen(9)] = None


class ListedLetter(Wire, frozen=True):
    """A letter of a folder: who wrote it in the inbox, to whom among those sent."""

    id: Annotated[Key, Seen(9)]
    subject: Annotated[Printed | None, Seen(9)] = None
    short_text: Annotated[Printed | None, Seen(9)] = None
    date: Annotated[str | None, Seen(9)] = None
    unread: Annotated[Switch | None, Seen(9)] = None
    with_files: Annotated[Switch | None, Seen(9)] = None
    with_resources: Annotated[Switch | None, Seen(9)] = None
    user_from: Annotated[Correspondent | list[object] | None, Seen(9)] = None
    users_to: Annotated[Several[Correspondent], Seen(9)] = None


class Letters(Wire, frozen=True):
    """A page of a folder; `messages` lacks where it is empty, `total` is a text."""

    total: Annotated[Printed | None, Seen(9)]
    count: Annotated[Printed | None, Seen(9)] = None
    messages: Annotated[Several[ListedLetter], Seen(9)] = None


class Letter(Wire, frozen=True):
    """One letter whole; nothing tells the folder that it lies in."""

    id: Annotated[Key, Seen(9)]
    text: Annotated[Printed | None, Seen(9)] = None
    subject: Annotated[Printed | None, Seen(9)] = None
    short_text: Annotated[Printed | None, Seen(9)] = None
    date: Annotated[str | None, Seen(9)] = None
    user_from: Annotated[Correspondent | list[object] | None, Seen(9)] = None
    user_to: Annotated[Several[Correspondent], Seen(9)] = None
    files: Annotated[Several[File], Seen(9)] = None
    resources: Annotated[Several[Resource], Seen(9)] = None


class OneLetter(Wire, frozen=True):
    """One letter."""

    message: Annotated[Letter | list[object] | None, Seen(9)]


class ReceiverSubgroup(Wire, frozen=True):
    """People of one class."""

    key: Annotated[Key | None, Seen(9)] = None
    name: Annotated[Printed | None, Seen(9)] = None
    users: Annotated[Several[Correspondent], Seen(9)] = None


class ReceiverGroup(Wire, frozen=True):
    """People who may be written to: all at once, or by class."""

    key: Annotated[Key | None, Seen(9)] = None
    name: Annotated[Printed | None, Seen(9)] = None
    users: Annotated[Several[Correspondent], Seen(9)] = None
    subgroups: Annotated[Several[ReceiverSubgroup], Seen(9)] = None


class Receivers(Wire, frozen=True):
    """Everybody who may be written to."""

    groups: Annotated[Several[ReceiverGroup], Seen(9)]


class Notice(Wire, frozen=True):
    """An announcement of the board; only a look at it tells `text`, `files` and `resources`."""

    id: Annotated[Key, Seen(2)]
    subject: Annotated[Printed | None, Seen(2)] = None
    short_text: Annotated[Printed | None, Seen(2)] = None
    date: Annotated[str | None, Seen(2)] = None
    date_actual_before: Annotated[str | None, Seen(2)] = None
    unread: Annotated[Switch | None, Seen(2)] = None
    user_from: Annotated[Correspondent | list[object] | Printed | None, Seen(2)] = None
    user_from_string: Annotated[Printed | None, Seen(2)] = None
    users_to: Annotated[Printed | list[object] | None, Seen(2)] = None
    text: Annotated[Printed | None, Seen(2)] = None
    files: Annotated[Several[File], Seen(2)] = None
    resources: Annotated[Several[Resource], Seen(2)] = None


class Notices(Wire, frozen=True):
    """A page of the board."""

    total_unread: Annotated[Printed | None, Seen(2)]
    total: Annotated[Printed | None, Seen(2)] = None
    count: Annotated[Printed | None, Seen(2)] = None
    notices: Annotated[Several[Notice], Seen(2)] = None


class OneNotice(Wire, frozen=True):
    """One announcement."""

    notice: Annotated[Notice | list[object] | None, Seen(2)]


class Confirmed(Wire, frozen=True):
    """The inner envelope of a write; its result says nothing."""

    state: Annotated[Printed, Seen(9)]
    error: Annotated[object, Seen(9)] = None


class Confirmation(Wire, frozen=True):
    """What the service answers to a letter that it took."""

    response: Annotated[Confirmed, Seen(9)]
