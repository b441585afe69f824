"""Texts and numbers as printed."""

import re
from typing import Final

from gateway.core.text import to_plain, to_safe_html
from gateway_gosuslugi.myschool.wire.base import Printed

_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,18})?")
_LONGEST: Final = 6
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
"""Texts are plain, and teachers write `a < b`: only what is a tag or an entity is markup."""


def plain(value: Printed | None) -> str | None:
    """Plain text; None for nothing and for blanks."""
    if value is None or value == "":
        return None
    text = str(value)
    if _TAG.search(text) or _ENTITY.search(text):
        text = to_plain(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


def rich(text: str | None) -> tuple[str, str | None]:
    """Plain text, and sanitised HTML where the text has markup."""
    if not text or _TAG.search(text) is None:
        return plain(text) or "", None
    safe = to_safe_html(text)
    return to_plain(text).strip(), safe if "<" in safe else None


def number(value: Printed | None) -> str | None:
    """A number with a decimal comma or point as text for a `Decimal`; None for anything else."""
    text = (plain(value) or "").replace(",", ".")
    return text if _NUMBER.fullmatch(text) else None


def whole(value: Printed | None) -> int | None:
    """A whole number; None for anything else."""
    text = plain(value) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
