"""Captchas: asked after failed tries, or from the start of accounts that the world says so of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway_dnevnik_ru.emulator.png import draw_digits

LENGTH: Final = 5
TRIES_BEFORE: Final = 3
"""Wrong passwords in a row after which a captcha is asked."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A captcha that was shown: its GUID and the right answer."""

    id: str
    answer: str


class CaptchaBook:
    """Captchas of one running emulator; `draw_id` gives a GUID, `draw_digits` the answer."""

    def __init__(self, draw_id: Callable[[], str], draw_answer: Callable[[int], str]) -> None:
        self._draw_id = draw_id
        self._draw_answer = draw_answer
        self._open: dict[str, Challenge] = {}

    def ask(self, answer: str | None = None) -> Challenge:
        """A new captcha, with the world's answer where it has one that can be drawn."""
        usable = answer is not None and answer.isascii() and answer.isdigit()
        challenge = Challenge(
            self._draw_id(), answer if usable and answer else self._draw_answer(LENGTH)
        )
        self._open[challenge.id] = challenge
        return challenge

    def picture(self, captcha_id: str) -> bytes | None:
        """The picture of an open captcha."""
        challenge = self._open.get(captcha_id.lower())
        return None if challenge is None else draw_digits(challenge.answer)

    def solve(self, captcha_id: str, answer: str) -> bool:
        """Whether the answer is right; each captcha may be answered once."""
        challenge = self._open.pop(captcha_id.lower(), None)
        return challenge is not None and challenge.answer == answer.strip()
