"""Which core a process runs on: contestants on one, the server on another."""

import os
from typing import Final

CONTESTANT_CORE: Final = 0
SERVER_CORE: Final = 1


def pin(core: int) -> None:
    """Keeps this process on a core, where the system has it and can do so."""
    if hasattr(os, "sched_setaffinity") and core in os.sched_getaffinity(0):
        os.sched_setaffinity(0, {core})
