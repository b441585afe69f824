"""The diary over the fictional world: the way in, children and years, the one data call."""

from gateway_gosuslugi.emulator.myschool import datamart, entry, people, unseen
from gateway_gosuslugi.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    for part in (entry, people, datamart, unseen):
        part.register(router)
