from gateway_mos_ru import wire
from tests.plugins.wire_checks import WireChecks


class TestWire(WireChecks):
    package = wire
