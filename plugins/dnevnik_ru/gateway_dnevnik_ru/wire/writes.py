"""Answers to writes (protocol notes 4.4)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Printed, Wire


class Upload(Wire, frozen=True):
    """A file that was taken; it is worked on under this number."""

    task_id: Annotated[Printed | None, Seen(1)] = None
