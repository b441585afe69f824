"""ЭлЖур passes the conformance kit."""

from gateway.testing import SuiteConfig, get_provider_test_class
from tests.plugins.eljur.support import REGISTRY

TestEljur = get_provider_test_class("eljur", suite=SuiteConfig(registry=REGISTRY))
