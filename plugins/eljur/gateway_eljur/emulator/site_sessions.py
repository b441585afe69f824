"""Who is signed in to the schools' sites by cookie (notes 2.4)."""

from gateway.sandbox.web.draws import Draws
from gateway_eljur.emulator.members import User

COOKIE = "ej_session"
"""The emulator's own name: no client looks at the name of the session cookie."""
_LENGTH = 40


class SiteSessions:
    """Sessions of the sites, and the csrf words of forms."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._open: dict[str, tuple[str, str]] = {}
        self._csrf: dict[str, str] = {}

    def begin(self, user: User) -> str:
        """A fresh session."""
        word = self._draws.letters(_LENGTH)
        self._open[word] = (user.vendor.key, user.account.key)
        return word

    def find(self, word: str) -> tuple[str, str] | None:
        """School and account of a session."""
        return self._open.get(word)

    def csrf(self, word: str) -> str:
        """The word that forms of a session must send along."""
        return self._csrf.setdefault(word, self._draws.letters(_LENGTH))
