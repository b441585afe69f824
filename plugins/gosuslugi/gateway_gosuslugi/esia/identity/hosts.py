"""Where ЕСИА is."""

from typing import Final

ESIA: Final = "esia"
"""Host role of the sign-in system."""

ESIA_URL: Final = "https://esia.gosuslugi.ru"
"""Its address."""
