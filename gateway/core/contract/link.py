"""What an adapter is given to speak to its provider; it has no other way out."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.memo import Memo
from gateway.core.contract.session import Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.model.answer import Issue
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import WireResponse

W = TypeVar("W")
T = TypeVar("T")

Params = Mapping[str, str | int | Sequence[str | int] | None]
"""Query parameters: None is left out, a sequence repeats its key."""


class ByteStream(Protocol):
    """A body that arrives piece by piece, within the declared limits."""

    status: int
    media_type: str
    size: int | None

    def __aiter__(self) -> "ByteStream": ...

    async def __anext__(self) -> bytes: ...


class Link(Protocol):
    """One call's way to the provider.

    Limits, retries, credentials and deadlines are applied around every request; the adapter
    adds none of its own.
    """

    declaration: Declaration
    instance: Instance
    settings: ProviderSettings
    memo: Memo

    async def request(
        self,
        role: str,
        method: str,
        path: str,
        *,
        kind: RequestKind = RequestKind.READ,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        body: Body | None = None,
        redirects: Literal["follow", "return"] = "return",
        template: str | None = None,
    ) -> WireResponse:
        """One request by host role; `template` is the path with placeholders, for logs.

        Raises:
            GatewayError: Whatever `classify()` or the status table made of the answer.
        """
        ...

    async def read(
        self,
        shape: type[W],
        role: str,
        path: str,
        *,
        params: Params | None = None,
        template: str | None = None,
        method: str = "GET",
        body: Body | None = None,
    ) -> W:
        """A READ whose JSON body is decoded into `shape`, a wire struct or a list of them.

        Records of a list that do not decode are dropped and noted as issues.

        Raises:
            BadResponse: The envelope, or more than half of the records, do not decode.
        """
        ...

    async def enrich(
        self,
        shape: type[W],
        role: str,
        path: str,
        *,
        tells: Sequence[str],
        params: Params | None = None,
        template: str | None = None,
        method: str = "GET",
        body: Body | None = None,
    ) -> W | None:
        """As `read()`, for what only adds the fields `tells`; None where it cannot be had.

        The fields then stay `NOT_LOADED` and an issue says why.
        """
        ...

    def offers(self, template: str, shape: object = None) -> bool:
        """Whether a route can be asked: always online, only if its payload is there offline.

        Args:
            template: The route.
            shape: Wire type of its answer, by which a payload without its URL is recognised.
        """
        ...

    def stream(
        self, role: str, path: str, *, params: Params | None = None, template: str | None = None
    ) -> AbstractAsyncContextManager[ByteStream]:
        """A body piece by piece, for files."""
        ...

    async def poll(
        self, ask: Callable[[], Awaitable[T | None]], *, every: float, limit: float
    ) -> T:
        """Repeats `ask` every so many seconds until it tells.

        Raises:
            DeadlineExceeded: It told nothing within `limit` seconds.
        """
        ...

    async def gather(self, *calls: Awaitable[T]) -> tuple[T, ...]:
        """Runs calls side by side; never cancels one for another's failure."""
        ...

    def note(self, path: str, reason: str) -> None:
        """Remembers a record or field that could not be read."""
        ...

    @property
    def issues(self) -> Sequence[Issue]:
        """What was noted so far."""
        ...

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        ...

    def today(self, zone: str) -> date:
        """Today at the school."""
        ...


class DiaryLink(Link, Protocol):
    """A link on behalf of a signed-in account."""

    @property
    def session(self) -> Session:
        """The account's session as it is now."""
        ...

    def zone_of(self, student: StudentRef) -> ZoneInfo:
        """The school's time zone."""
        ...


class LoginLink(Link, Protocol):
    """A link on behalf of a login flow.

    Attributes:
        jar: Cookies of the flow; kept up by every answer, may be replaced.
    """

    jar: CookieJar

    @property
    def flow_id(self) -> str:
        """Identifier of the flow."""
        ...

    @property
    def state(self) -> dict[str, str]:
        """What the flow remembers between steps, JSON-able text."""
        ...

    @property
    def secrets(self) -> dict[str, SecretStr]:
        """What it remembers and nobody may see; dropped when the flow ends."""
        ...

    @property
    def person_present(self) -> bool:
        """Whether a person drives it; unattended logins never ask."""
        ...

    def move_to(self, instance: str) -> None:
        """Goes on at another instance of the provider, such as the school that was named.

        Raises:
            ConfigurationError: There is no such instance.
        """
        ...

    def new_state(self) -> str:
        """A fresh single-use `state` of 128 bits, bound to this flow."""
        ...

    def check_state(self, received: str | None) -> None:
        """Checks and uses up a returned `state`.

        Raises:
            ForgedState: It is not the one that was sent.
            ReplayedState: It was used before.
        """
        ...

    def new_verifier(self) -> tuple[str, str]:
        """A fresh PKCE verifier and its S256 challenge."""
        ...


class RenewalLink(Link, Protocol):
    """A link on behalf of a session that is being renewed.

    Attributes:
        jar: Cookies of the renewal, at first the session's; kept up by every answer, may be
            replaced. What is to stay goes into the renewed session.
    """

    jar: CookieJar

    async def keep(self, session: Session) -> None:
        """Makes a session durable before its renewal goes on.

        A renewal that takes several requests calls it once a single-use token was exchanged, with
        the new token in the session: if a later request fails, the next renewal begins with that
        token, and the outcome of this one no longer counts as unknown.

        Raises:
            StoreConflict: The account was erased or signed in anew meanwhile.
        """
        ...
