"""What «Госуслуги Моя школа» can do for a family, and what it never tells (notes 4)."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.capability import Capability, SupportInfo, unsupported

_NO_SUCH_API: Final = unsupported(
    "В интерфейсах этого дневника такого раздела нет.",
    "None of the diary's interfaces has this.",
)

CAPABILITIES: Final[Mapping[Capability, SupportInfo]] = dict.fromkeys(Capability, _NO_SUCH_API)
"""Every capability."""
