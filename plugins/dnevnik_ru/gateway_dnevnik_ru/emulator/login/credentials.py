"""Is it the right password? Shared by the site, the grants and the app."""

import re
from enum import StrEnum
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.captcha import TRIES_BEFORE
from gateway_dnevnik_ru.emulator.service import Service

LOCKED_TEXT: Final = (
    "Учетная запись заблокирована. Обратитесь к администратору вашей образовательной организации."
)
_GUID: Final = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE
)


class Refusal(StrEnum):
    """Why a login and a password do not do."""

    WRONG = "wrong"
    LOCKED = "locked"


def guid(text: str) -> str | None:
    """A GUID in its usual spelling (lower case, dashes), or None for anything else."""
    if not _GUID.fullmatch(text.strip()):
        return None
    bare = text.strip().replace("-", "").lower()
    return f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}"


def check(service: Service, login: str, password: str) -> m.Account | Refusal:
    """The account that login and password open; wrong tries are counted, right ones end that."""
    state = service.state
    account = state.account_by_login(login)
    right = state.password_of(account) if account is not None else None
    if account is None or right is None or right != password:
        state.failed_logins[_counter(service, login)] += 1
        return Refusal.WRONG
    if state.state_of(account) is m.AccountState.LOCKED:
        return Refusal.LOCKED
    del state.failed_logins[_counter(service, login)]
    return account


def needs_captcha(service: Service, login: str) -> bool:
    """Whether the site wants a captcha with the next try."""
    account = service.state.account_by_login(login)
    asked = account is not None and service.state.state_of(account) is m.AccountState.CAPTCHA
    return asked or service.state.failed_logins[_counter(service, login)] >= TRIES_BEFORE


def captcha_answer(service: Service, login: str) -> str | None:
    """The answer that the world wants for an account's captcha."""
    account = service.state.account_by_login(login)
    return account.captcha_answer if account else None


def _counter(service: Service, login: str) -> str:
    account = service.state.account_by_login(login)
    return account.key if account else f"login:{login.strip().casefold()}"
