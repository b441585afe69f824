"""What an operator may set for «Маяк»: `DIARY_LIGHTHOUSE__PAGE_SIZE` and the common ones."""

from pydantic import Field

from gateway.core.contract.settings import ProviderSettings


class LighthouseSettings(ProviderSettings):
    """The service needs no application key."""

    page_size: int = Field(20, ge=1, le=100, description="Letters asked for at once.")
