"""Looks at settings, store, plugins and accounts, and says who can mend what is wrong."""

from dataclasses import dataclass

from gateway.core.client.gateway import Account, AsyncGateway
from gateway.core.contract.session import SessionStatus
from gateway.core.errors import GatewayError, Text

_GOOD = Text("в порядке", "in order")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: What it is: a plugin, the store, an account.
        text: What was found, and what to do.
        code: Stable code of the error; None where all is well.
        actor: Who can mend it; None where all is well.
    """

    subject: str
    text: Text
    code: str | None = None
    actor: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return self.code is None


async def examine(gateway: AsyncGateway, account: str | None) -> tuple[Finding, ...]:
    """Everything that can be told about a gateway and its accounts.

    Raises:
        AccountNotFound: There is no account with this key.
    """
    findings = [
        Finding(item.name, item.error.text, item.error.code, item.error.actor.value)
        for item in gateway.registry.skipped
    ]
    for name, declaration in gateway.providers.items():
        try:
            gateway.settings.provider(declaration)
        except GatewayError as error:
            findings.append(_bad(name, error))
        else:
            findings.append(Finding(name, _GOOD))
    accounts = await gateway.accounts() if account is None else (await gateway.account(account),)
    return (*findings, *[await _account(gateway, item) for item in accounts])


async def _account(gateway: AsyncGateway, account: Account) -> Finding:
    if account.status is SessionStatus.NEEDS_LOGIN:
        text = Text("Нужно войти ещё раз: diary login", "Sign in again: diary login")
        return Finding(account.key, text, "session.interaction_required", "person")
    try:
        await gateway.list_students(account.key, max_age=0)
    except GatewayError as error:
        return _bad(account.key, error)
    return Finding(account.key, _GOOD)


def _bad(subject: str, error: GatewayError) -> Finding:
    return Finding(subject, error.text, error.code, error.actor.value)
