"""What people write as their login, in the spelling of the sign-in page; pure."""

import re
from typing import Final

_SNILS: Final = re.compile(r"\d{3}-\d{3}-\d{3}[ -]?\d{2}")
_DIGITS: Final = re.compile(r"[\s()\-+]")
_PHONE, _PHONE_TAIL = 11, 10


def page_login(text: str) -> str:
    """A phone as `+7(900)0000000`, a СНИЛС as `000-000-000 00`, anything else as it stands.

    Eleven digits without signs are a phone where they begin like one.
    """
    text = text.strip()
    if "@" in text:
        return text
    digits = _DIGITS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return text
    is_phone = len(digits) == _PHONE and digits[0] in "78" and not _SNILS.fullmatch(text)
    if is_phone or (len(digits) == _PHONE_TAIL and digits[0] == "9"):
        tail = digits[-_PHONE_TAIL:]
        return f"+7({tail[:3]}){tail[3:]}"
    if len(digits) == _PHONE:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"
    return text
