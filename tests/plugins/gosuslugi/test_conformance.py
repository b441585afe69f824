"""«Госуслуги Моя школа» passes the conformance kit."""

import gateway_gosuslugi.plugin
from gateway.core.registry.plugins import Registry
from gateway.testing import SuiteConfig, get_provider_test_class

TestGosuslugi = get_provider_test_class(
    "gosuslugi",
    suite=SuiteConfig(registry=Registry((), plugins={"gosuslugi": gateway_gosuslugi.plugin})),
)
