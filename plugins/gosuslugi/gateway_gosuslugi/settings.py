"""What an operator sets for Gosuslugi."""

from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.esia.settings import RelyingPartySettings


class GosuslugiSettings(PartnerSettings, RelyingPartySettings):
    """Settings of the diary; those of a relying party and of a partner come with their parts."""
