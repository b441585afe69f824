"""Escaping for files that other programs open."""

import re

_FORMULA_STARTS = tuple(
    "=+-@\t\r\n＝＋－＠"
)  # full-width forms start formulas in East Asian locales
_ICAL_SPECIAL = re.compile(r"[\\;,]")
_ICAL_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOLD_AT = 75  # octets without the line break: RFC 5545 3.1


def spreadsheet_cell(text: str) -> str:
    """`text` that a spreadsheet shows and never calculates: a leading apostrophe where needed."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def ical_text(text: str) -> str:
    """`text` as an RFC 5545 TEXT value (3.3.11); control characters but tab are dropped."""
    text = _ICAL_SPECIAL.sub(r"\\\g<0>", _ICAL_CONTROL.sub("", text))
    return _LINE_END.sub(r"\\n", text)


def fold_line(line: str) -> str:
    """One content line folded by RFC 5545 3.1: at most 75 octets each, no character torn apart.

    `line` has no line break of its own, and the result none at its end.
    """
    if len(line) * 4 <= _FOLD_AT or len(line.encode()) <= _FOLD_AT:
        return line
    folded: list[str] = []
    start = size = 0
    for index, character in enumerate(line):
        width = len(character.encode())
        if size + width > _FOLD_AT:
            folded.append(line[start:index])
            start, size = index, 1  # the space that continues a line is an octet too
        size += width
    folded.append(line[start:])
    return "\r\n ".join(folded)
