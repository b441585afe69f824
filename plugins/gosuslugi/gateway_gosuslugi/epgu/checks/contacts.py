"""Phone and e-mail of the applicant."""

import re
from typing import Final

from gateway.core.errors import ApplicationEmailInvalid, ApplicationRefused, PhoneInvalid
from gateway_gosuslugi.epgu.checks.problems import problem

_SIGNS: Final = re.compile(r"[\s().\-]")
_PHONE: Final = re.compile(r"\+[1-9][0-9]{9,14}")
_RUSSIAN: Final = re.compile(r"\+7[0-9]{10}")
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-zА-Яа-яЁё0-9](?:[A-Za-zА-Яа-яЁё0-9-]{0,61}[A-Za-zА-Яа-яЁё0-9])?\.)+"
    r"[A-Za-zА-Яа-яЁё]{2,63}"
)
_LONGEST_EMAIL: Final = 254


def plain_phone(text: str) -> str:
    """A phone without its spaces, brackets and hyphens."""
    return _SIGNS.sub("", text)


def printed_phone(text: str) -> str:
    """A Russian phone as ЕСИА writes it, `+7(900)0000000`; others as plain digits."""
    phone = plain_phone(text)
    return f"+7({phone[2:5]}){phone[5:]}" if _RUSSIAN.fullmatch(phone) else phone


def phone_problem(field: str, text: str) -> ApplicationRefused | None:
    """What is wrong with a phone: it begins with + and the country code."""
    phone = plain_phone(text)
    fits = _RUSSIAN if phone.startswith("+7") else _PHONE
    return None if fits.fullmatch(phone) else problem(PhoneInvalid, field)


def email_problem(field: str, text: str) -> ApplicationRefused | None:
    """What is wrong with an e-mail address."""
    if "@" not in text:
        return problem(ApplicationEmailInvalid, field)
    if len(text) <= _LONGEST_EMAIL and _EMAIL.fullmatch(text):
        return None
    return problem(
        ApplicationEmailInvalid,
        field,
        "Проверьте e-mail: в адресе лишние знаки или не хватает части после @.",
        "Check the e-mail: it has stray signs, or a part after @ is missing.",
    )
