"""МЭШ of Moscow, Moscow Oblast and a node in another time zone pass the conformance kit.

The other nodes differ from that one in what `test_nodes.py` names, and in nothing else.
"""

from gateway.testing import get_provider_test_class

TestMosRu = get_provider_test_class("mos_ru")
TestMosregRu = get_provider_test_class("mosreg_ru")
TestTyumen = get_provider_test_class("myschool_tyumen")
