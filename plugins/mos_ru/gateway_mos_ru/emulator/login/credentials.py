"""Is it the right password? Shared by login.mos.ru and the nodes."""

from enum import StrEnum
from typing import Final

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.service import Service

TRIES: Final = 5
"""Wrong passwords in a row after which the way in by password is closed."""


class Refusal(StrEnum):
    """Why a login and a password do not do; the words of login.mos.ru."""

    WRONG = "invalid_credentials"
    NOBODY = "no_subject_found"
    LOCKED = "pswd_method_temp_locked"


def check(service: Service, login: str, password: str) -> m.Account | Refusal:
    """The account that login and password open; wrong tries are counted until a right one."""
    state = service.state
    account = state.account_by_login(login)
    right = None if account is None else state.password_of(account)
    if account is None or right is None:
        return Refusal.NOBODY
    locked = state.state_of(account) is m.AccountState.LOCKED
    if locked or state.failed_logins[account.key] >= TRIES:
        return Refusal.LOCKED
    if right != password:
        state.failed_logins[account.key] += 1
        return Refusal.WRONG
    del state.failed_logins[account.key]
    return account
