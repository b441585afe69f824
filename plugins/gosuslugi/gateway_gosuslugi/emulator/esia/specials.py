"""Who is asked for more than a password when signing in without the pages (notes 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PICTURE, QUESTION, RISK = "О.ЗД1", "О.ЗИ1", "О.ЗС1"
FILL_MFA, MAX_QUIZ, CHANGE_PASSWORD = "FILL_MFA", "MAX_QUIZ", "CHANGE_PASSWORD"
MAX, PUSH = "MAX", "PUSH"

CODE: Final = "123456"
"""The right code of the messenger and of the risk check."""
PICTURE_ANSWER: Final = "24680"
QUESTION_TEXT: Final = "Кличка вымышленного питомца?"
QUESTION_ANSWER: Final = "Макет"


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """What awaits one identity.

    Attributes:
        anomaly: A reaction that is asked before the password is looked at.
        factor: A second factor beyond those that the world knows: `MAX` or `PUSH`.
        consent: Whether the system must first be let to see the data.
        offers: What is offered on the way; declined by whoever only wants to get on.
        stubborn: Whether the offer of MAX cannot be declined.
    """

    anomaly: str | None = None
    factor: str | None = None
    consent: bool = False
    offers: tuple[str, ...] = ()
    stubborn: bool = False


SPECIALS: Final[Mapping[str, Special]] = {
    "esia-no-children": Special(factor=MAX),
    "esia-unlinked": Special(factor=PUSH),
    "esia-father-a": Special(anomaly=PICTURE, offers=(FILL_MFA, MAX_QUIZ, CHANGE_PASSWORD)),
    "esia-student-1": Special(consent=True),
    "esia-student-3": Special(anomaly=QUESTION),
    "esia-student-4": Special(anomaly=RISK),
    "esia-unregistered": Special(offers=(MAX_QUIZ,), stubborn=True),
}
"""By key of the identity; the pages ask nobody for any of this."""

ORDINARY: Final = Special()
