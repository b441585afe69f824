"""Runs a program that signs: data by stdin, nothing secret among its arguments."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from gateway.core.errors import ConfigurationError

MOST_OUTPUT: Final = 64 * 1024
"""Largest signature or message that is taken from a program."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a program left behind; its complaint is looked at and never shown."""

    status: int
    data: bytes = field(repr=False)
    complaint: str = field(repr=False)


async def run(argv: Sequence[str], data: bytes, *, seconds: float) -> Output:
    """Runs a program to its end.

    Args:
        argv: Program and arguments; no shell reads them.
        data: Its standard input.
        seconds: After which it is killed.

    Raises:
        ConfigurationError: It cannot be started, takes too long or says too much.
    """
    name = argv[0].rpartition("/")[2]
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except (OSError, ValueError):
        raise ConfigurationError(f"the program {name!r} cannot be started") from None
    try:
        told, complaint = await asyncio.wait_for(process.communicate(data), seconds)
    except TimeoutError:
        raise ConfigurationError(f"the program {name!r} took more than {seconds:g} s") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if len(told) > MOST_OUTPUT:
        raise ConfigurationError(f"the program {name!r} wrote too much")
    return Output(process.returncode or 0, told, complaint.decode("utf-8", "replace"))
