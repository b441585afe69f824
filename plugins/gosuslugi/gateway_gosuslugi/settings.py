"""What an operator sets for Gosuslugi."""

from gateway_gosuslugi.epgu.settings import PartnerSettings


class GosuslugiSettings(PartnerSettings):
    """Settings of the diary; those of a relying party and of a partner come with their parts."""
