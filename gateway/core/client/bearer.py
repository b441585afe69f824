"""Sends on behalf of an open account."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

from gateway.core.contract.declaration import Renewal
from gateway.core.contract.session import Session
from gateway.core.pipeline.account import OpenAccount
from gateway.core.sessions.keeper import SessionKeeper
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.response import WireResponse

Run = Callable[[Callable[[], Coroutine[Any, Any, None]]], Awaitable[None]]


class AccountBearer:
    """An open account as the engine sees it."""

    __slots__ = ("_account", "_keeper", "_run", "adapter", "who")

    def __init__(
        self, account: OpenAccount, keeper: SessionKeeper, *, run: Run | None = None
    ) -> None:
        """Prepares to send.

        Args:
            account: The account.
            keeper: Renews its session.
            run: Runs a renewal where no caller can cut it short; needed where the call itself
                is not run so.
        """
        self.who = account.key
        self.adapter = account.adapter
        self._account = account
        self._keeper = keeper
        self._run = run

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._account.session

    @property
    def jar(self) -> CookieJar:
        """The account's cookies."""
        return self._account.session.jar

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Keeps cookies and credentials that a good answer carried."""
        account = self._account
        cookies = [cookie for hop in response.hops for cookie in hop.cookies]
        if cookies:
            merged = account.session.jar.with_changes_of(jar, cookies)
            account.replace(replace(account.session, jar=merged))
        if account.adapter.declaration.renewal is Renewal.SLIDING:
            renewed = account.adapter.renew(response, account.session)
            if renewed is not None:
                account.replace(renewed)

    @property
    def relogin(self) -> Callable[[Session | None], Awaitable[None]]:
        """Makes a session good again without a person, where that can be done."""
        return self._renew

    async def _renew(self, rejected: Session | None) -> None:
        lost = rejected if rejected is not None else self._account.session
        if self._run is None:
            await self._keeper.renew(self._account, lost)
        else:
            await self._run(lambda: self._keeper.renew(self._account, lost))
