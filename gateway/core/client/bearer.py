"""Sends on behalf of an open account."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from gateway.core.contract.declaration import Renewal
from gateway.core.pipeline.account import OpenAccount
from gateway.core.sessions.keeper import SessionKeeper
from gateway.core.sessions.session import Session
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.response import WireResponse


class AccountBearer:
    """An open account as the engine sees it."""

    __slots__ = ("_account", "_keeper", "_used", "adapter", "who")

    def __init__(self, account: OpenAccount, keeper: SessionKeeper) -> None:
        self.who = account.key
        self.adapter = account.adapter
        self._account = account
        self._keeper = keeper
        self._used = account.session

    @property
    def session(self) -> Session:
        """The session as it is now; remembered as the one that was used."""
        self._used = self._account.session
        return self._used

    @property
    def jar(self) -> CookieJar:
        """The account's cookies."""
        return self._account.session.jar

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Keeps cookies and credentials that a good answer carried."""
        account = self._account
        if jar is not account.session.jar:
            account.replace(replace(account.session, jar=jar))
        if account.adapter.declaration.renewal is Renewal.SLIDING:
            renewed = account.adapter.renew(response, account.session)
            if renewed is not None:
                account.replace(renewed)

    @property
    def relogin(self) -> Callable[[], Awaitable[None]]:
        """Makes the session good again without a person, where that can be done."""
        return self._renew

    async def _renew(self) -> None:
        await self._keeper.renew(self._account, self._used)
