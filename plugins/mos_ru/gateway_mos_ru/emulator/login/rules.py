"""What the routes of signing in ask of a request."""

from dataclasses import replace
from typing import Final

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import no_such_method
from gateway_mos_ru.emulator.rules import OPEN, Rules

AT_MOS_RU: Final = replace(OPEN, moscow=True)
"""Pages of login.mos.ru."""
WITH_TOKEN: Final = Rules(activated=False, family=False, subsystem=False)
"""A living token is all that is needed."""


def only_nodes(call: Call) -> None:
    """Refuse what Moscow's installation does not have.

    Raises:
        ApiError: This is Moscow's.
    """
    if call.service.node.is_moscow:
        raise no_such_method()
