"""HTML or plain text → plain text."""

import re

from gateway.core.text.markup import LOWERED, RAISED, Token, attribute, decode_entities, tokens

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol option p pre search section summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_MAKES_LINES = _BLOCKS | {"br"}
_HTML_SPACE = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SPACE_RUN = re.compile(r"[^\S\n]+")
_LINE_EDGE = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"(?i:https?://|mailto:|tel:)\S")
_SCHEME = re.compile(r"(?i:https?://(?:www\.)?|mailto:|tel:)")


def to_plain(html_or_text: str) -> str:
    """Plain text of what a provider sent: a line per block or list item, links as «text (address)».

    Text without markup comes back unchanged, also when it holds a bare `<` or `&`. Where tags
    make the lines, line breaks of the source are only space; where none does, they are kept.
    The result is text, not HTML: escape it before putting it into a page.
    """
    if "<" not in html_or_text and "&" not in html_or_text:
        return html_or_text
    found = list(tokens(html_or_text))
    if all(not token.tag for token in found):
        decoded = decode_entities(html_or_text)
        return decoded if decoded == html_or_text else _tidy(decoded)
    renderer = _Renderer(keep_newlines=all(token.tag not in _MAKES_LINES for token in found))
    for token in found:
        renderer.feed(token)
    return _tidy(renderer.result())


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    text = _LINE_EDGE.sub("\n", _SPACE_RUN.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


class _Renderer:
    """Writes tokens as lines; breaks and bullets wait until there is text to put them before."""

    def __init__(self, *, keep_newlines: bool) -> None:
        self._keep_newlines = keep_newlines
        self._parts: list[str] = []
        self._line_open = False
        self._break_due = False
        self._prefix = ""
        self._lists: list[int | None] = []  # last number of an <ol>, None for a <ul>
        self._cells = 0  # of the current row
        self._preformatted = 0
        self._raised = self._lowered = 0
        self._link: tuple[int, str] | None = None  # where its text starts, its address

    def feed(self, token: Token) -> None:
        if not token.tag:
            self._text(decode_entities(token.text))
            return
        match token.tag:
            case "br":
                self._newline()
            case "a":
                self._end_link()
                if not token.closing:
                    self._link = (len(self._parts), _link_address(token.attributes))
            case "img" if not token.closing:
                self._text(attribute(token.attributes, "alt") or "")
            case "sup":
                self._raised = max(0, self._raised + (-1 if token.closing else 1))
            case "sub":
                self._lowered = max(0, self._lowered + (-1 if token.closing else 1))
            case "td" | "th":
                self._cell(closing=token.closing)
            case tag if tag in _BLOCKS:
                self._block(token)

    def result(self) -> str:
        self._end_link()
        return "".join(self._parts)

    def _text(self, text: str) -> None:
        if not (self._keep_newlines or self._preformatted):
            text = _HTML_SPACE.sub(" ", text)
        if self._raised:
            text = text.translate(RAISED)
        elif self._lowered:
            text = text.translate(LOWERED)
        if not text.strip(" \t\r\n\f"):  # a lone no-break space is content: it makes a blank line
            if text and self._line_open and not self._break_due:
                self._parts.append(text)
            return
        if self._break_due:
            self._parts.append("\n")
            self._break_due = False
        self._parts += (self._prefix, text)
        self._prefix = ""
        self._line_open = True

    def _newline(self) -> None:
        self._parts.append("\n\n" if self._break_due else "\n")
        self._break_due = self._line_open = False

    def _block(self, token: Token) -> None:
        if self._line_open:
            self._break_due = True
            self._line_open = False
        step = -1 if token.closing else 1
        match token.tag:
            case "pre" | "listing":
                self._preformatted = max(0, self._preformatted + step)
            case "ul" | "ol" | "menu" | "dir":
                self._list(token)
            case "li":
                self._prefix = "" if token.closing else self._bullet()
            case "tr" | "table":
                self._cells = 0

    def _list(self, token: Token) -> None:
        if token.closing:
            if self._lists:
                self._lists.pop()
        elif token.tag == "ol":
            start = attribute(token.attributes, "start") or ""
            self._lists.append(int(start) - 1 if re.fullmatch(r"[0-9]{1,6}", start) else 0)
        else:
            self._lists.append(None)

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "• "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _cell(self, *, closing: bool) -> None:
        if closing:
            return
        if self._cells:
            self._parts.append(" | ")
            self._break_due = self._line_open = False
        self._cells += 1

    def _end_link(self) -> None:
        if self._link is None:
            return
        start, address = self._link
        self._link = None
        label = "".join(self._parts[start:]).strip()
        if not address or _bare(label) == _bare(address):
            return
        shown = _SCHEME.sub("", address) if address[:4].lower() != "http" else address
        self._text(f" ({shown})" if label else shown)


def _link_address(attributes: str) -> str:
    """The address worth showing: absolute, no script, no place inside the provider's own page."""
    address = "".join((attribute(attributes, "href") or "").split())
    return address if _ADDRESS.match(address) else ""


def _bare(address: str) -> str:
    return _SCHEME.sub("", address, count=1).rstrip("/").casefold()
