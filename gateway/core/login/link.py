"""The way that a login flow is given, and on whose behalf logins and renewals are sent."""

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace

from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.memo import Memo
from gateway.core.contract.session import Session
from gateway.core.errors import ForgedState, ReplayedState
from gateway.core.login.record import FlowRecord
from gateway.core.pipeline.account import OpenAccount
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.engine import CallContext, Engine
from gateway.core.pipeline.link import LiveLink
from gateway.core.transport.way import Way
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.response import WireResponse


class FlowLink(LiveLink):
    """A link on behalf of a login flow."""

    def __init__(
        self,
        record: FlowRecord,
        adapter: Adapter,
        engine: Engine,
        call: CallContext,
        clock: Clock,
        memo: Memo,
        *,
        place: Callable[[str], tuple[Adapter, Way]],
    ) -> None:
        super().__init__(adapter, engine, call, clock, memo)
        self._record = record
        self._place = place

    @property
    def flow_id(self) -> str:
        """Identifier of the flow."""
        return self._record.id

    @property
    def state(self) -> dict[str, str]:
        """What the flow remembers between steps."""
        return self._record.state

    @property
    def secrets(self) -> dict[str, SecretStr]:
        """What it remembers and nobody may see."""
        return self._record.secrets

    @property
    def jar(self) -> CookieJar:
        """Cookies of the flow."""
        return self._record.cookies

    @jar.setter
    def jar(self, jar: CookieJar) -> None:
        self._record.cookies = jar

    @property
    def person_present(self) -> bool:
        """Whether a person drives it."""
        return self._record.person_present

    def move_to(self, instance: str) -> None:
        """Goes on at another instance of the provider."""
        adapter, way = self._place(instance)
        self.instance = adapter.instance
        self.settings = adapter.settings
        bearer = FlowBearer(self._record, adapter)
        self._call = replace(self._call, bearer=bearer, way=way)
        self._record.instance = adapter.instance.key

    def new_state(self) -> str:
        """A fresh single-use `state` of 128 bits, bound to this flow."""
        state = secrets.token_urlsafe(16)
        self._record.states[state] = False
        return state

    def check_state(self, received: str | None) -> None:
        """Checks and uses up a returned `state`."""
        if received is None or received not in self._record.states:
            raise ForgedState("the returned state was never sent")
        if self._record.states[received]:
            raise ReplayedState("the returned state was used before")
        self._record.states[received] = True

    def new_verifier(self) -> tuple[str, str]:
        """A fresh PKCE verifier and its S256 challenge."""
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class RenewingLink(LiveLink):
    """A link on behalf of a session that is being renewed."""

    def __init__(
        self,
        account: OpenAccount,
        engine: Engine,
        call: CallContext,
        clock: Clock,
        *,
        bearer: "SessionBearer",
        keep: Callable[[Session], Awaitable[None]],
    ) -> None:
        super().__init__(account.adapter, engine, call, clock, account.memo)
        self._bearer = bearer
        self._keep = keep

    @property
    def jar(self) -> CookieJar:
        """Cookies of the renewal."""
        return self._bearer.jar

    @jar.setter
    def jar(self, jar: CookieJar) -> None:
        self._bearer.jar = jar

    async def keep(self, session: Session) -> None:
        """Makes a session durable before its renewal goes on."""
        await self._keep(session)


class FlowBearer:
    """Sends on behalf of a flow: cookies, no session."""

    def __init__(self, record: FlowRecord, adapter: Adapter) -> None:
        self.who = f"flow:{record.id}"
        self.adapter = adapter
        self._record = record

    @property
    def session(self) -> Session | None:
        """None: nobody is signed in yet."""
        return None

    @property
    def jar(self) -> CookieJar:
        """Cookies of the flow."""
        return self._record.cookies

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Keeps the cookies."""
        cookies = [cookie for hop in response.hops for cookie in hop.cookies]
        self._record.cookies = self._record.cookies.with_changes_of(jar, cookies)

    @property
    def relogin(self) -> None:
        """None: a flow never signs in behind the person's back."""
        return None


class SessionBearer:
    """Sends on behalf of a session that is in nobody's use yet, as for a refresh."""

    def __init__(self, session: Session, adapter: Adapter) -> None:
        self.who = session.account
        self.adapter = adapter
        self._session = session

    @property
    def session(self) -> Session:
        """The session."""
        return self._session

    @property
    def jar(self) -> CookieJar:
        """Its cookies."""
        return self._session.jar

    @jar.setter
    def jar(self, jar: CookieJar) -> None:
        self._session = replace(self._session, jar=jar)

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Keeps the cookies."""
        self._session = replace(self._session, jar=jar)

    @property
    def relogin(self) -> None:
        """None: a renewal does not renew itself."""
        return None
