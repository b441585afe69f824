"""An account that is open: its session, its adapter, its notes. Small: there may be thousands."""

from asyncio import Lock

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.session import Session
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.wire.jar import CookieJar


class OpenAccount:
    """One account of this process.

    Attributes:
        session: What it is signed in with; replaced whole, never changed.
        version: Version of the stored record.
        adapter: Speaks the provider's protocol; shared by all accounts of an instance.
        memo: Notes that make the next call cheaper.
        saved_at: Monotonic moment of the last save of a sliding renewal.
        relogin_at: Monotonic moment of the last unattended sign-in.
        dirty: Whether the session changed since it was saved.
    """

    __slots__ = (
        "_lock",
        "adapter",
        "dirty",
        "memo",
        "relogin_at",
        "saved_at",
        "session",
        "version",
    )

    def __init__(self, session: Session, version: int, adapter: Adapter) -> None:
        self.session = session
        self.version = version
        self.adapter = adapter
        self.memo = BoundedMemo()
        self.saved_at = float("-inf")
        self.relogin_at = float("-inf")
        self.dirty = False
        self._lock: Lock | None = None

    @property
    def key(self) -> str:
        """Key of the account in the store."""
        return self.session.account

    @property
    def jar(self) -> CookieJar:
        """The account's cookies."""
        return self.session.jar

    @property
    def lock(self) -> Lock:
        """Held while the session is being renewed; waiters share the result."""
        if self._lock is None:
            self._lock = Lock()
        return self._lock

    def replace(self, session: Session) -> None:
        """Takes a changed session into use."""
        if session is not self.session:
            self.session = session
            self.dirty = True
