"""«Маяк» passes the standard scenarios; a scenario that it cannot pass would stand here."""

from gateway.testing import get_provider_test_class

TestLighthouse = get_provider_test_class("lighthouse")
