"""Words that must never show: passwords, tokens, codes, names, СНИЛС of the fictional world."""

import base64
import json
import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote, quote_plus

from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.session import Session
from gateway.core.errors import GatewayError
from gateway.sandbox.world import World

_SHORTEST: Final = 4
"""Shorter words turn up by chance."""


def spellings(word: str) -> tuple[str, ...]:
    """A word as it may stand in a URL, a form, JSON or a header."""
    escaped = json.dumps(word)[1:-1]
    encoded = base64.b64encode(word.encode()).decode().rstrip("=")
    return tuple(dict.fromkeys((word, quote(word, safe=""), quote_plus(word), escaped, encoded)))


class Canaries:
    """A set of words and where they may be looked for."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, kind: str, *words: str | None) -> None:
        """Words that must not show, with what they are."""
        for word in words:
            if word and len(word) >= _SHORTEST:
                for spelling in spellings(word):
                    self._kinds.setdefault(spelling, kind)
        self._pattern = None

    def add_account(self, account: SandboxAccount) -> None:
        """The secrets of a sandbox account."""
        self.add("password", account.password)
        self.add("token", account.token)
        self.add("code", account.code, account.expired_code)

    def add_person(self, world: World, key: str) -> None:
        """A person's name, СНИЛС and contacts."""
        person = world.person(key)
        self.add("name", person.full_name, person.short_name, person.surname)
        self.add("СНИЛС", person.snils, re.sub(r"\D", "", person.snils))
        self.add("contact", person.email, person.phone)

    def add_session(self, session: Session) -> None:
        """The credentials and cookies of a session."""
        self.add("token", *(session.secret(name) for name in session.credentials))
        self.add("cookie", *(cookie.value for cookie in session.jar))

    def found_in(self, text: str) -> tuple[str, ...]:
        """What a text gives away, by kind, never the word itself."""
        if self._pattern is None:
            words = sorted(self._kinds, key=len, reverse=True)
            body = "|".join(re.escape(word) for word in words) or r"(?!)"
            self._pattern = re.compile(
                rf"(?<![0-9A-Za-zА-Яа-яЁё])(?:{body})(?![0-9A-Za-zА-Яа-яЁё])"
            )
        found = (self._kinds[match.group()] for match in self._pattern.finditer(text))
        return tuple(dict.fromkeys(found))

    def found_in_error(self, error: BaseException) -> tuple[str, ...]:
        """What an error gives away: in its text, its context, and the errors it came from."""
        texts: list[str] = []
        here: BaseException | None = error
        while here is not None:
            texts += [repr(here), *traceback.format_exception_only(here)]
            if isinstance(here, GatewayError):
                texts += [str(here.to_problem("ru")), str(here.to_problem("en"))]
            here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
        return self.found_in("\n".join(texts))


class LogTrap(logging.Handler):
    """Keeps every log record of the process as text."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._formatter = logging.Formatter("%(name)s %(levelname)s %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record with its arguments, its error and whatever was attached to it."""
        attached = {
            name: value for name, value in vars(record).items() if name not in _USUAL_ATTRIBUTES
        }
        self.lines.append(f"{self._formatter.format(record)} {attached or ''}")


@contextmanager
def all_logs() -> Iterator[LogTrap]:
    """Traps what anybody logs inside the block, at DEBUG."""
    trap = LogTrap()
    root = logging.getLogger()
    before = root.level
    root.addHandler(trap)
    root.setLevel(logging.DEBUG)
    try:
        yield trap
    finally:
        root.removeHandler(trap)
        root.setLevel(before)


def people_of(world: World, students: Iterable[str]) -> tuple[str, ...]:
    """Persons around some students: themselves and their guardians."""
    found: dict[str, None] = {}
    for key in students:
        found[world.student(key).person_key] = None
        found.update((item.person_key, None) for item in world.guardians_of(key))
    return tuple(found)


_USUAL_ATTRIBUTES: Final = frozenset(
    vars(logging.LogRecord("", 0, "", 0, "", (), None)) | {"message": "", "asctime": ""}
)
