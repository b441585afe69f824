"""Texts as printed: names hold HTML entities, messages markup, rooms blanks (notes 4)."""

from functools import lru_cache

from gateway.core.text import to_plain, to_safe_html
from gateway_eljur.wire.base import Printed


def plain(text: Printed | None) -> str | None:
    """Plain text; None for nothing and for blanks."""
    if text is None:
        return None
    told = str(text)
    if "<" in told or "&" in told:
        told = to_plain(told)
    return _lines(told).strip() or None


@lru_cache(maxsize=2048, typed=True)
def label(text: Printed | None) -> str | None:
    """As `plain()` in one line, for what is short and often repeated: names, rooms, subjects."""
    told = plain(text)
    return " ".join(told.split()) if told else None


def rich(text: str | None) -> tuple[str, str | None]:
    """Plain text, and sanitised HTML where the text has markup."""
    told = plain(text) or ""
    if not text or "<" not in text:
        return told, None
    safe = to_safe_html(text)
    return told, safe if "<" in safe else None


def _lines(text: str) -> str:
    """Text whose lines end as ours do."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
