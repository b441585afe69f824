"""The version of the library; the distribution's metadata is read from here."""

from typing import Final

VERSION: Final = "0.1.0"
"""Version of `diary-gateway`, by PEP 440."""
