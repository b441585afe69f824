"""placeholder"""
from gateway.core.contract.capability import Capability, SupportInfo
CAPABILITIES: dict[Capability, SupportInfo] = {}
