"""СНИЛС: eleven digits, of which the last two control the others."""

import re
from typing import Final

from gateway.core.errors import ApplicationRefused, SnilsInvalid
from gateway_gosuslugi.epgu.checks.problems import problem

_SIGNS: Final = re.compile(r"[\s\-‐-―]")
_DIGITS: Final = re.compile(r"[0-9]{11}")
_BODY: Final = 9
_UNCONTROLLED: Final = 1_001_998
"""Numbers up to 001-001-998 were issued before there was a control number."""
_MODULUS: Final = 101
_TWO_DIGITS: Final = 100


def control_number(body: str) -> str:
    """The two control digits of the first nine.

    Raises:
        ValueError: `body` is not nine digits.
    """
    if len(body) != _BODY or not (body.isascii() and body.isdigit()):
        raise ValueError("nine digits are due")
    total = sum(int(digit) * (_BODY - place) for place, digit in enumerate(body))
    return f"{total % _MODULUS % _TWO_DIGITS:02d}"


def plain(text: str) -> str:
    """The digits of a СНИЛС as people write it; anything else stays as it is."""
    return _SIGNS.sub("", text)


def printed(text: str) -> str:
    """A valid СНИЛС as `000-000-000 00`."""
    digits = plain(text)
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def is_valid(text: str) -> bool:
    """Whether a СНИЛС has eleven digits whose control number agrees."""
    digits = plain(text)
    if _DIGITS.fullmatch(digits) is None or int(digits[:_BODY]) == 0:
        return False
    body, control = digits[:_BODY], digits[_BODY:]
    return int(body) <= _UNCONTROLLED or control_number(body) == control


def snils_problem(field: str, text: str) -> ApplicationRefused | None:
    """What is wrong with a СНИЛС."""
    if is_valid(text):
        return None
    if _DIGITS.fullmatch(plain(text)) is None:
        return problem(
            SnilsInvalid,
            field,
            "В СНИЛС 11 цифр, например 112-233-445 95.",
            "A СНИЛС has 11 digits, such as 112-233-445 95.",
        )
    return problem(SnilsInvalid, field)
