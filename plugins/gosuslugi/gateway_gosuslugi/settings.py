"""What an operator sets for Gosuslugi."""

from gateway.core.contract.settings import ProviderSettings


class GosuslugiSettings(ProviderSettings):
    """Settings of the diary; those of a relying party and of a partner come with their parts."""
