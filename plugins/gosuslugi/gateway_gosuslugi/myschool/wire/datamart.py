"""The envelope of the one data call (notes 4.3)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_gosuslugi.myschool.wire.base import Printed, Wire

RawRecord = dict[str, object]
"""A record of any object type, not looked into yet: what changes is told by record."""


class Item(Wire, frozen=True):
    """The answer to one query, or to one that nobody asked."""

    obj_type: Annotated[str, Seen(2)]
    student_id: Annotated[Printed, Seen(2)]
    interval_id: Annotated[Printed, Seen(2)]
    hash: Annotated[str | None, Seen(2)] = None
    prev_hash: Annotated[str | None, Seen(2)] = None
    data_status: Annotated[str | None, Seen(2)] = None
    data: Annotated[list[RawRecord] | None, Seen(2)] = None
