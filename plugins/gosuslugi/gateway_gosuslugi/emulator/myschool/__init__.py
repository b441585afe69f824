"""The diary over the fictional world: the way in, children and years, the one data call."""

from gateway_gosuslugi.emulator.myschool import entry, people
from gateway_gosuslugi.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    for part in (entry, people):
        part.register(router)
