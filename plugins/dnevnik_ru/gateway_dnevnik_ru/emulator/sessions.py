"""Cookie sessions of the diary's own pages, and what waits between two pages of a sign-in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebSession:
    """A signed-in browser: the values of its two cookies and whose it is."""

    auth_a: str
    auth_l: str
    account_key: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that waits for the next page: whose it is and where it goes on."""

    account_key: str
    return_url: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code with what it will be exchanged for."""

    account_key: str
    scope: str


class SessionBook:
    """Sessions, hand-over tokens, temporary passwords and codes of one running emulator."""

    def __init__(self, draw: Callable[[int], str]) -> None:
        self._draw = draw
        self._sessions: dict[str, WebSession] = {}
        self._pending: dict[str, Pending] = {}
        self._codes: dict[str, Code] = {}
        self._standing_codes: dict[str, Code] = {}

    def open(self, account_key: str) -> WebSession:
        """A new browser session."""
        return self._keep(WebSession(self._draw(96), self._draw(96), account_key))

    def stand(self, sessions: Iterable[WebSession], codes: Iterable[tuple[str, Code]]) -> None:
        """Make ready cookies and codes valid; these codes may be used again and again."""
        for session in sessions:
            self._keep(session)
        self._standing_codes.update(codes)

    def find(self, auth_a: str | None, auth_l: str | None) -> WebSession | None:
        """The session that both cookies belong to."""
        session = self._sessions.get(auth_a or "")
        return session if session is not None and session.auth_l == auth_l else None

    def close(self, session: WebSession) -> None:
        """Sign out."""
        self._sessions.pop(session.auth_a, None)

    def wait(self, pending: Pending) -> str:
        """Keep a half-finished sign-in; its token."""
        token = self._draw(32)
        self._pending[token] = pending
        return token

    def waiting(self, token: str) -> Pending | None:
        """A half-finished sign-in."""
        return self._pending.get(token)

    def finish(self, token: str) -> None:
        """The half-finished sign-in has gone on."""
        self._pending.pop(token, None)

    def code(self, code: Code) -> str:
        """A code to be exchanged once."""
        text = self._draw(32)
        self._codes[text] = code
        return text

    def redeem(self, text: str) -> Code | None:
        """What a code stands for; it dies by that."""
        return self._codes.pop(text, None) or self._standing_codes.get(text)

    def _keep(self, session: WebSession) -> WebSession:
        self._sessions[session.auth_a] = session
        return session
