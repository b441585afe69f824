"""The region directory: which e-diary serves each region of Russia, and where.

The facts are data (`regions.json`), not code; an operator overlays them with a file of his own.
Importing this package reads nothing; `load_directory()` does.
"""

from gateway.core.regions.directory import RegionDirectory
from gateway.core.regions.explain import explain_platform
from gateway.core.regions.loading import load_directory
from gateway.core.regions.model import (
    Evidence,
    Gosuslugi,
    Host,
    PlatformUse,
    Region,
    SignIn,
)

__all__ = [
    "Evidence",
    "Gosuslugi",
    "Host",
    "PlatformUse",
    "Region",
    "RegionDirectory",
    "SignIn",
    "explain_platform",
    "load_directory",
]
