"""The sandbox partner's contract: invented codes, which no real service has."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

SERVICE_CODE: Final = "00000000000"
TARGET_CODE: Final = "-00000000000"
TITLE: Final = "Электронный дневник (песочница)"
TEMPLATE: Final = Path(__file__).with_name("template.xml")


def partner_settings() -> Mapping[str, object]:
    """What an operator sets to file applications in the sandbox, and nowhere else."""
    return {
        "epgu_service_code": SERVICE_CODE,
        "epgu_target_code": TARGET_CODE,
        "epgu_template": str(TEMPLATE),
    }
