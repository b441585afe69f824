"""Files (protocol notes 4.4)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Wire


class File(Wire, frozen=True):
    """A file that hangs on a work."""

    id: Annotated[int, Seen(5)]
    name: Annotated[str | None, Seen(5)] = None
    type_group: Annotated[str | None, Seen(2)] = None
    type: Annotated[str | None, Seen(2)] = None
    size: Annotated[int | None, Seen(3)] = None
    uploaded_date: Annotated[str | None, Seen(2)] = None
