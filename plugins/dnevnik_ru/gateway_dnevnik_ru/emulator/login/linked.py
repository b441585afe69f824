"""Which diary accounts a finished state sign-in opens."""

from dataclasses import dataclass
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.esia_tasks import EsiaTask
from gateway_dnevnik_ru.emulator.service import Service

TOO_WEAK: Final = "Для входа нужна подтвержденная учетная запись Госуслуг."
NOT_LINKED: Final = (
    "Учетная запись Госуслуг не связана с дневником: обратитесь в образовательную организацию."
)
_HIDDEN: Final = (m.AccountState.UNLINKED, m.AccountState.LOCKED)


@dataclass(frozen=True, slots=True)
class Linked:
    """Accounts that hang on an identity, or why there are none."""

    accounts: tuple[m.Account, ...]
    fault: str | None = None


def linked_accounts(service: Service, task: EsiaTask) -> Linked:
    """The accounts of the one who signed in, in the order to be offered."""
    identity = service.world.esia_identity(task.identity_key)
    if identity.level is m.EsiaLevel.SIMPLIFIED:
        return Linked((), TOO_WEAK)
    accounts = [service.account(key) for key in identity.account_keys]
    shown = tuple(a for a in accounts if service.state.state_of(a) not in _HIDDEN)
    return Linked(shown, None if shown else NOT_LINKED)
