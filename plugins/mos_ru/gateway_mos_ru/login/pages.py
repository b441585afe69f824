"""What the sign-in pages say; pure and bounded parsing of HTML (protocol notes 2.2, 2.3)."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

import msgspec

from gateway_mos_ru.login.wire import CodeState

_READ: Final = 512 * 1024
_HEAD: Final = 64 * 1024
_REFRESH: Final = re.compile(r"\s*[0-9.]*\s*[;,]?\s*url\s*=\s*['\"]?(.*?)['\"]?\s*", re.IGNORECASE)
_STATE: Final = re.compile(r"\bvrfCodeConf\s*=\s*\{")
_LONGEST_STATE: Final = 8192
_METHOD: Final = re.compile(r"/sps/login/methods2/([A-Za-z]{1,32})")
_PAIR: Final = r"[\"']?\b{name}\b[\"']?\s*:\s*"
_EXPIRED: Final = re.compile(r"ист[её]к|просроч|expired", re.IGNORECASE)
_TRUST: Final = "доверять этому браузеру"


def refresh_url(html: str) -> str | None:
    """Where a page's meta refresh leads; None where it has none."""
    return _head(html).refresh


def asks_to_trust(html: str) -> bool:
    """Whether a page asks to trust this browser."""
    return _TRUST in " ".join(_head(html).title.casefold().split())


def factors_of(html: str) -> tuple[str, ...]:
    """Ways to confirm that a page leads to, in order."""
    return tuple(dict.fromkeys(_METHOD.findall(html[:_READ])))


def code_state(html: str) -> CodeState | None:
    """What a page's script knows of the last one-time code; None where it has no such script.

    It is written like JSON but need not be it: where it cannot be decoded, the three known parts
    are looked for one by one.
    """
    html = html[:_READ]
    found = _STATE.search(html)
    if found is None:
        return None
    text = html[found.end() - 1 : found.end() - 1 + _LONGEST_STATE]
    end = text.find("};")
    text = text if end < 0 else text[: end + 1]
    try:
        return msgspec.json.decode(text, type=CodeState, strict=False)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return CodeState(
            error=_text_in(text, "error"),
            ttl=_number_in(text, "ttl"),
            attempts_left=_number_in(text, "attemptsLeft"),
        )


def is_expired(state: CodeState) -> bool:
    """Whether the code was too old."""
    return state.ttl == 0 or _EXPIRED.search(state.error or "") is not None


def _head(html: str) -> "_Reader":
    """The beginning of a page, read.

    The reader is not closed: what it holds back is an unfinished tag, on which it would begin
    anew from every `<` in it.
    """
    reader = _Reader()
    reader.feed(html[:_HEAD])
    return reader


def _text_in(text: str, name: str) -> str | None:
    found = re.search(_PAIR.format(name=name) + r"(?:\"([^\"]*)\"|'([^']*)')", text)
    return None if found is None else unescape(found[1] or found[2] or "") or None


def _number_in(text: str, name: str) -> int | None:
    found = re.search(_PAIR.format(name=name) + r"[\"']?([0-9]{1,9})\b", text)
    return None if found is None else int(found[1])


class _Reader(HTMLParser):
    """Reads the title and the first meta refresh."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refresh: str | None = None
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if tag != "meta" or self.refresh is not None:
            return
        given = {name: value or "" for name, value in attrs}
        if given.get("http-equiv", "").strip().lower() != "refresh":
            return
        found = _REFRESH.fullmatch(given.get("content", ""))
        if found is not None and found[1]:
            self.refresh = found[1]

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
