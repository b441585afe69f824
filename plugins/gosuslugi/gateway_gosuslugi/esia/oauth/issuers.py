"""Who makes markers."""

from typing import Final

ISSUER: Final = "http://esia.gosuslugi.ru/"
"""ЕСИА: plain http and a slash at the end, as it writes itself."""

TEST_ISSUER: Final = "http://esia-portal1.test.gosuslugi.ru/"
"""Its test stand."""
