"""What the sign-in pages say; pure parsing of HTML (protocol notes 2.2, 5).

Two markups are in use: messages stand in `div.message` of the older and in
`div.login__body__hint` of the newer one, and a page may carry both.
"""

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser
from typing import Final

_MESSAGE_CLASSES: Final = frozenset({"message", "login__body__hint"})
_ERROR_CLASS: Final = "error__description"
_RULE: Final = re.compile(r"(?:^|[_-])(?:hints?|rules?)(?:$|[_-])")
_CAPTCHA_ALT: Final = "captcha image"
_GUID: Final = re.compile(r"[0-9A-Za-z-]{8,64}")
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_SILENT: Final = frozenset({"script", "style", "template", "noscript"})
_LONGEST_RULES: Final = 500

_BAD: Final = (
    r"неправильн|неверн|ошибочн|noto.{0,2}g.{0,2}ri|қате|дұрыс емес|incorrect|invalid|wrong"
)
_CREDENTIALS: Final = r"парол|логин|parol|login|құпия ?сөз|password"
_WRONG: Final = re.compile(
    rf"(?:{_BAD}).{{0,80}}(?:{_CREDENTIALS})|(?:{_CREDENTIALS}).{{0,80}}(?:{_BAD})"
)
_LOCKED: Final = re.compile(r"заблокир|временно закрыт|слишком много попыт|bloklan|бұғатта|locked")
_CAPTCHA: Final = re.compile(r"символ|с картинки|на картинке|captcha|rasmda|суреттегі")
_LONGEST_PAGE: Final = 512 * 1024
_ESIA: Final = re.compile(r"госуслуг|есиа|esia|gosuslugi")


class Complaint(StrEnum):
    """What a message of the service is about."""

    WRONG_CREDENTIALS = "wrong_credentials"
    LOCKED = "locked"
    CAPTCHA = "captcha"
    ESIA_ONLY = "esia_only"
    OTHER = "other"


def complaint_of(message: str) -> Complaint:
    """What a message is about.

    Only words about login or password themselves make a wrong password: such a secret is never
    sent again, so nothing unclear may count as one.
    """
    text = " ".join(message.casefold().split())
    if _LOCKED.search(text):
        return Complaint.LOCKED
    if _WRONG.search(text):
        return Complaint.WRONG_CREDENTIALS
    if _CAPTCHA.search(text):
        return Complaint.CAPTCHA
    if _ESIA.search(text):
        return Complaint.ESIA_ONLY
    return Complaint.OTHER


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site as far as a sign-in reads it.

    Attributes:
        fields: Names of all form fields.
        messages: What the page says to the person, in order.
        rules: Hints beside the fields, such as rules for a password.
        captcha_id: Number of the captcha that must be solved.
        error: Text of an error page.
    """

    fields: frozenset[str] = frozenset()
    messages: tuple[str, ...] = ()
    rules: str | None = None
    captcha_id: str | None = None
    error: str | None = None

    @property
    def is_login_form(self) -> bool:
        """Whether it asks for login and password."""
        return {"login", "password"} <= self.fields

    @property
    def is_consent(self) -> bool:
        """Whether it asks to let the application see data."""
        return "is_granted" in self.fields

    @property
    def is_new_password(self) -> bool:
        """Whether it asks for a new password."""
        return {"Password", "RepeatedPassword"} <= self.fields

    @property
    def complaint(self) -> Complaint | None:
        """What its first telling message is about; None without any message."""
        found = [complaint_of(text) for text in self.messages]
        telling = [item for item in found if item is not Complaint.OTHER]
        return (telling or found or [None])[0]


def parse_page(html: str) -> Page:
    """A page taken apart; anything that is no such page gives an empty one.

    What an unfinished tag leaves at the end is not read: the parser would look at it again from
    every bracket on.
    """
    reader = _Reader()
    reader.feed(html[:_LONGEST_PAGE])
    return reader.page()


def embedded_state(html: str, name: str) -> object | None:
    """The JSON that a page's script assigns to `window.<name>`; None where there is none."""
    found = re.search(rf"window\.{re.escape(name)}\s*=\s*(?=\{{)", html)
    if found is None:
        return None
    try:
        state: object = json.JSONDecoder().raw_decode(html, found.end())[0]
    except (ValueError, RecursionError):
        return None
    return state


@dataclass(slots=True)
class _Capture:
    """Text of one element on its way; `depth` counts open elements of its own name."""

    tag: str
    into: list[str]
    depth: int = 1
    parts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._fields: set[str] = set()
        self._messages: list[str] = []
        self._rules: list[str] = []
        self._errors: list[str] = []
        self._captcha_id: str | None = None
        self._asks_captcha = False
        self._capture: _Capture | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
            return
        given = {name: value or "" for name, value in attrs}
        if tag in {"input", "button", "select", "textarea"}:
            self._field(given)
        if tag == "img" and given.get("alt") == _CAPTCHA_ALT:
            self._picture(given.get("src", ""))
        if tag in _VOID:
            return
        if self._capture is not None:
            self._capture.depth += tag == self._capture.tag
            return
        into = self._target(given.get("class", ""))
        if into is not None:
            self._capture = _Capture(tag, into)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if self._capture is None or tag != self._capture.tag:
            return
        self._capture.depth -= 1
        if self._capture.depth == 0:
            self._finish()

    def handle_data(self, data: str) -> None:
        if self._capture is not None and not self._silent:
            self._capture.parts.append(data)

    def page(self) -> Page:
        """What was read."""
        self._finish()
        return Page(
            fields=frozenset(self._fields),
            messages=tuple(dict.fromkeys(self._messages)),
            rules=" ".join(dict.fromkeys(self._rules))[:_LONGEST_RULES] or None,
            captcha_id=self._captcha_id if self._asks_captcha else None,
            error=" ".join(self._errors) or None,
        )

    def _field(self, given: dict[str, str]) -> None:
        name = given.get("name")
        if not name:
            return
        self._fields.add(name)
        if name == "Captcha.Input":
            self._asks_captcha = True
        elif name == "Captcha.Id" and _GUID.fullmatch(given.get("value", "")):
            self._captcha_id = given["value"]

    def _picture(self, source: str) -> None:
        """The number at the end of the picture's address, where the form has no field for it."""
        self._asks_captcha = True
        number = source.partition("?")[0].rstrip("/").rpartition("/")[2]
        if self._captcha_id is None and _GUID.fullmatch(number):
            self._captcha_id = number

    def _target(self, classes: str) -> list[str] | None:
        tokens = frozenset(classes.split())
        if _ERROR_CLASS in tokens:
            return self._errors
        if tokens & _MESSAGE_CLASSES:
            return self._messages
        if any(_RULE.search(token) for token in tokens):
            return self._rules
        return None

    def _finish(self) -> None:
        if self._capture is None:
            return
        text = " ".join("".join(self._capture.parts).split())
        if text:
            self._capture.into.append(text)
        self._capture = None
