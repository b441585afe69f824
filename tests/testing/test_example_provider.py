"""The example provider passes every scenario, with no exemption."""

import gateway_lighthouse.plugin
from gateway.core.registry.plugins import Registry
from gateway.testing import SuiteConfig, get_provider_test_class

TestLighthouse = get_provider_test_class(
    "lighthouse",
    suite=SuiteConfig(registry=Registry((), plugins={"lighthouse": gateway_lighthouse.plugin})),
)
