"""A forgiving tokenizer that tells HTML from text with a stray `<` or `&` in it.

Diaries mix both freely: one teacher's homework is `<p>№ 5</p>`, the next one's `x < 3 & y > 2`.
Only known element names and entities that end in `;` count as markup; the rest is text.
Every function here is linear in its input, whatever the input is.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

_ELEMENT_NAMES = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big "
    "blink blockquote body br button canvas caption center cite code col colgroup data datalist dd "
    "del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins "
    "isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta "
    "meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p "
    "param picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section "
    "select slot small source spacer span strike strong style sub summary sup svg table tbody td "
    "template textarea tfoot th thead time title tr track tt u ul var video wbr xmp"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_OFFICE_PREFIXES = frozenset({"o", "v", "w", "m", "st1"})  # <o:p>, <st1:place> of pasted Word text

# Their content is code or is not shown, so it is no text either.
_UNSHOWN = frozenset(
    {"iframe", "noembed", "noframes", "plaintext", "script", "style", "template", "title", "xmp"}
)
_UNSHOWN_END = {
    name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE) for name in _UNSHOWN
}

# Possessive quantifiers, and an attribute list that cannot cross a "<" outside quotes, keep the
# search linear: a character is looked at by at most three unfinished tags.
_TAG = re.compile(
    r"""<(?:
        !--(?:-?>|.*?(?:--!?>|\Z))                          # a comment; unclosed, it eats the rest
      | (?:!\[|!doctype\b|\?[a-z])[^<>]*+>                  # <!DOCTYPE>, <![if]>, <?xml?>
      | (?P<closing>/?)(?P<name>[a-z][a-z0-9]*+(?::[a-z0-9]++)?)(?=[\s/>])
        (?P<attributes>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=/"'>]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"']++)))?+""",
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));")


# "5<sup>2</sup>" must not become fifty-two where the element is lost.
RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


class Token(NamedTuple):
    """A stretch of text (`tag` is empty) or one known tag.

    `text` is raw: entities are still encoded. A comment or declaration is a tag named `"!"`.
    """

    text: str
    tag: str
    closing: bool
    attributes: str


def tokens(source: str) -> Iterator[Token]:
    """Split `source` into text and tags, without the content of scripts, styles and the like."""
    text_from = position = 0
    while (match := _TAG.search(source, position)) is not None:
        name = _known_name(match)
        if not name:
            position = match.start() + 1
            continue
        if match.start() > text_from:
            yield Token(source[text_from : match.start()], "", False, "")
        closing = match["closing"] == "/"
        yield Token("", name, closing, match["attributes"] or "")
        text_from = position = match.end()
        if name in _UNSHOWN and not closing:
            end = _UNSHOWN_END[name].search(source, position)
            text_from = position = end.end() if end else len(source)
    if text_from < len(source):
        yield Token(source[text_from:], "", False, "")


def decode_entities(source: str) -> str:
    """Replace entities that end in `;`. `&copy=1` in an address stays what it is."""
    return _ENTITY.sub(_decoded, source) if "&" in source else source


def attribute(attributes: str, name: str) -> str | None:
    """Value of the first attribute called `name` (lower case), decoded; `None` without it."""
    for match in _ATTRIBUTE.finditer(attributes):
        if match["name"].lower() == name:
            return decode_entities(match["double"] or match["single"] or match["bare"] or "")
    return None


def _known_name(match: re.Match[str]) -> str:
    name = match["name"]
    if name is None:
        return "!"
    name = name.lower()
    if name not in _ELEMENTS:
        return name if name.partition(":")[0] in _OFFICE_PREFIXES and ":" in name else ""
    attributes = match["attributes"].strip("/ \t\r\n")
    # "a<b and c>d" is arithmetic: the one-letter elements need attributes with values.
    return "" if len(name) == 1 and attributes and "=" not in attributes else name


def _decoded(match: re.Match[str]) -> str:
    name = match["name"]
    if name is None:
        return unescape(match[0])
    return html5.get(f"{name};", match[0])
