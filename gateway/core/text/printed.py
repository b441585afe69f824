"""Texts and numbers as a service prints them, where both may have come as either."""

import re
from functools import lru_cache
from typing import Final

from gateway.core.text.plain import to_plain
from gateway.core.text.sanitize import to_safe_html

Printed = str | int | float
"""Something printed, which comes as text or as a bare number."""

_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,18})?")


def plain(text: str | None) -> str | None:
    """Plain text; None for nothing and for blanks."""
    if not text:
        return None
    if "<" in text or "&" in text:
        text = to_plain(text)
    return _lines(text).strip() or None


def rich(text: str | None) -> tuple[str, str | None]:
    """Plain text, and sanitised HTML where the text has markup."""
    if not text:
        return "", None
    if "<" not in text:
        return _lines(to_plain(text) if "&" in text else text).strip(), None
    safe = to_safe_html(text)
    return to_plain(text).strip(), safe if "<" in safe else None


def printed(value: Printed | None) -> str | None:
    """Something printed as plain text; None for nothing and for blanks."""
    if isinstance(value, str):
        return plain(value)
    return None if value is None else str(value)


@lru_cache(maxsize=2048, typed=True)
def label(value: Printed) -> str | None:
    """As `printed()`, for what is short and often repeated, such as the number of a room."""
    return printed(value)


def number(value: Printed | None) -> str | None:
    """A number with a decimal comma or point as text for a `Decimal`; None for anything else."""
    text = printed(value)
    if text is None:
        return None
    text = text.replace(",", ".")
    return text if _NUMBER.fullmatch(text) else None


def _lines(text: str) -> str:
    """Text whose lines end as ours do."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
