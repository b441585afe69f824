"""Дневник.ру and its sisters pass the conformance kit."""

from gateway.testing import get_provider_test_class

TestDnevnikRu = get_provider_test_class("dnevnik_ru")
TestKundelikKz = get_provider_test_class("kundelik_kz")
TestEmaktabUz = get_provider_test_class("emaktab_uz")
