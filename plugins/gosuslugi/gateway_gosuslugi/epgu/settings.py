"""What a contracted partner sets to file applications.

Codes and templates come with the partner's own contract: none are shipped.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field

from gateway.core.contract.settings import ProviderSettings


class PartnerSettings(ProviderSettings):
    """Settings of applications; without the first three nothing is ever filed."""

    epgu_service_code: str | None = Field(
        None,
        pattern=r"^\d{5,20}$",
        description="Code of the service's form that the contract admits to.",
    )
    epgu_target_code: str | None = Field(
        None,
        pattern=r"^-?\d{5,20}$",
        description="Code of what is applied for, from the service's specification.",
    )
    epgu_template: Path | None = Field(
        None,
        description="XML of an application with {{placeholders}}, from the service's "
        "specification.",
    )
    epgu_file_name: str = Field(
        "req_{guid}.xml",
        pattern=r"^[A-Za-z0-9_.{}-]{1,80}\.xml$",
        description="Name of that file in the archive; {guid} stands for a fresh one.",
    )
    epgu_transport_template: Path | None = Field(
        None, description="XML of the accompanying file, where the service wants one."
    )
    epgu_transport_name: str = Field(
        "trans_{guid}.xml",
        pattern=r"^[A-Za-z0-9_.{}-]{1,80}\.xml$",
        description="Name of the accompanying file; {guid} is that of the application's file.",
    )
    epgu_number_inside: bool = Field(
        False, description="Whether the number is reserved first, to stand as {{order}} in the XML."
    )
    epgu_specification: Literal["1.12", "1.13"] = Field(
        "1.13", description="Edition of the operator's specification that files are fetched by."
    )
