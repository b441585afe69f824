from gateway_dnevnik_ru import wire
from tests.plugins.wire_checks import WireChecks


class TestWire(WireChecks):
    package = wire
    helpers = frozenset({"base", "dates"})
