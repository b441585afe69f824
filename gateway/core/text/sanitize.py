"""HTML → HTML that cannot do anything but look."""

import re
from html import escape

from gateway.core.text.markup import LOWERED, RAISED, Token, attribute, decode_entities, tokens
from gateway.core.text.plain import to_plain

_ALLOWED = frozenset(
    {"p", "br", "b", "i", "u", "ul", "ol", "li", "a"}
    | {"table", "thead", "tbody", "tr", "td", "th"}
)
_RENAMED = {"strong": "b", "em": "i", "ins": "u", "tfoot": "tbody"}
_BREAK_NAMES = (
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr main nav pre section summary"
)
_BREAKS = frozenset(_BREAK_NAMES.split())
_HREF = re.compile(
    r"""https://[^\s\\<>"'`@/?#\x00-\x1f\x7f]+(?:[/?#][^\s\\<>"'`\x00-\x1f\x7f]*)?""", re.IGNORECASE
)
_NESTS = frozenset({"ul", "ol", "table"})
_FORMATS = frozenset({"b", "i", "u"})
_DEEPEST = 32  # html5ever is quadratic in the depth of lists; no homework needs more
_ROUNDS = 4  # the second cleaning nearly always finds nothing to do


def to_safe_html(html: str) -> str:
    """The part of `html` that is only formatting.

    Kept: p, br, b, i, u, ul, ol, li, table, thead, tbody, tr, td, th, and a with an https address
    (absolute, without userinfo). No styles, images, scripts, comments or other attributes.
    Cleaning the result again changes nothing.
    """
    if "<" not in html and "&" not in html:
        return html
    cleaned = _clean(_rewritten(_encodable(html)))
    for _ in range(_ROUNDS):
        again = _clean(_rewritten(cleaned))
        if again == cleaned:
            return cleaned
        cleaned = again
    # Nesting that the parser repairs differently each time. Its text is worth more than its shape.
    return _clean(escape(to_plain(cleaned), quote=False))


def _clean(html: str) -> str:
    import nh3  # noqa: PLC0415 - loaded by the first text that has markup, not by `import gateway`

    return nh3.clean(
        html,
        tags=set(_ALLOWED),
        clean_content_tags=set(),
        attributes={"a": {"href"}},
        url_schemes={"https"},
        link_rel=None,
        strip_comments=True,
    )


def _encodable(html: str) -> str:
    return html.encode("utf-8", "replace").decode("utf-8")  # lone surrogates


def _rewritten(html: str) -> str:
    """The same text with allowed tags only, each without attributes but `href`.

    nh3 judges the result; this step keeps what nh3 alone would lose (line ends of `<div>`, the
    strength of `<strong>`, a bare `<`) and leaves it no depth and no distinct attributes, which
    HTML parsers pay for with quadratic time and output.
    """
    writer = _Writer()
    for token in tokens(html):
        writer.feed(token)
    return "".join(writer.parts)


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self._line_open = False
        self._break_due = False
        self._nested: list[str] = []  # lists and tables that are open
        self._formats = dict.fromkeys(_FORMATS, 0)  # how often each is open
        self._raised = self._lowered = 0
        self._skipped = 0  # openings of lists and tables below the deepest level

    def feed(self, token: Token) -> None:
        if not token.tag:
            self._text(decode_entities(token.text))
            return
        tag = _RENAMED.get(token.tag, token.tag)
        if tag in _ALLOWED:
            self._tag(tag, token)
        elif tag in _BREAKS:
            self._break_due = self._break_due or self._line_open
        elif tag == "sup":
            self._raised = max(0, self._raised + (-1 if token.closing else 1))
        elif tag == "sub":
            self._lowered = max(0, self._lowered + (-1 if token.closing else 1))

    def _text(self, text: str) -> None:
        if self._raised:
            text = text.translate(RAISED)
        elif self._lowered:
            text = text.translate(LOWERED)
        if text.strip():
            if self._break_due:
                self.parts.append("<br>")
                self._break_due = False
            self._line_open = True
        self.parts.append(escape(text, quote=False))

    def _tag(self, tag: str, token: Token) -> None:
        if tag in _NESTS and not self._may_nest(tag, closing=token.closing):
            return
        if tag in _FORMATS and not self._is_outermost(tag, closing=token.closing):
            return
        if tag != "a" and tag not in _FORMATS:
            self._line_open = self._break_due = False
        if token.closing:
            self.parts.append("<br>" if tag == "br" else f"</{tag}>")
        elif tag == "a":
            self.parts.append(_anchor(attribute(token.attributes, "href")))
        else:
            self.parts.append(f"<{tag}>")

    def _is_outermost(self, tag: str, *, closing: bool) -> bool:
        """Bold inside bold says nothing, and open formats cost the parser quadratic time too."""
        before = self._formats[tag]
        after = self._formats[tag] = max(0, before + (-1 if closing else 1))
        return (before == 0) != (after == 0)

    def _may_nest(self, tag: str, *, closing: bool) -> bool:
        if not closing:
            if len(self._nested) >= _DEEPEST:
                self._skipped += 1
                return False
            self._nested.append(tag)
            return True
        if self._skipped:
            self._skipped -= 1
            return False
        # Only the innermost may close: a parser ignores some of the others, and the depths part.
        if not self._nested or self._nested[-1] != tag:
            return False
        self._nested.pop()
        return True


def _anchor(address: str | None) -> str:
    address = (address or "").strip()
    return f'<a href="{escape(address)}">' if _HREF.fullmatch(address) else "<a>"
