"""The entry point: imports the declaration and nothing else."""

from collections.abc import Sequence

from gateway.core.contract.declaration import Declaration
from gateway.core.hooks import hookimpl
from gateway_lighthouse.declaration import LIGHTHOUSE


@hookimpl
def gateway_providers() -> Sequence[Declaration]:
    """«Маяк» alone."""
    return (LIGHTHOUSE,)
