"""Sign-ins at login.mos.ru on their way, each known by the cookie of its browser."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.sign_ins.clients import Asked

CODE_TTL: Final = 300
CODE_TRIES: Final = 3


class Method(StrEnum):
    """Ways in which a second factor comes, as they stand in addresses."""

    SMS = "sms"
    EMAIL = "email"
    FLASH_CALL = "flashCall"
    TOTP = "totp"


class Verdict(StrEnum):
    """What becomes of a code that was entered; the words of headless answers."""

    RIGHT = "right"
    WRONG = "invalid_otp"
    EXPIRED = "expired"
    NO_ATTEMPTS = "no_attempts"


class Next(StrEnum):
    """What a sign-in waits for."""

    PASSWORD = "password"  # noqa: S105 - a step, not a secret
    FACTOR = "factor"
    TRUST = "trust"
    CONSENT = "consent"
    NOTHING = "nothing"


@dataclass(slots=True)
class SentCode:
    """A one-time code on its way to the person."""

    method: Method
    sent_at: datetime
    tries_left: int = CODE_TRIES

    def ttl(self, now: datetime) -> int:
        """Seconds that are left."""
        ends = self.sent_at + timedelta(seconds=CODE_TTL)
        return max(0, int((ends - now).total_seconds()))

    def check(self, text: str, factor: doors.SecondFactor, now: datetime) -> Verdict:
        """Whether the right code was entered; wrong ones are counted."""
        if self.tries_left == 0:
            return Verdict.NO_ATTEMPTS
        if self.ttl(now) == 0 or text == doors.EXPIRED_CODE:
            return Verdict.EXPIRED
        right = factor.code[-4:] if self.method is Method.FLASH_CALL else factor.code
        if text.strip() == right:
            return Verdict.RIGHT
        self.tries_left -= 1
        return Verdict.WRONG if self.tries_left else Verdict.NO_ATTEMPTS


@dataclass(slots=True)
class QrTicket:
    """A QR code that was shown, and what the phone has made of it.

    Attributes:
        id: Stands in the link of the code.
        expires_at: When it must be drawn anew.
        pulls: How often the page has asked.
        is_open: Whether somebody looks at the link and will say who approves.
        phone: Key of the account whose phone approves.
        is_declined: Whether the phone has declined.
        is_confirmed: Whether the page was told that the phone was asked.
        is_ready: Whether the page was told to go on.
    """

    id: str
    expires_at: datetime
    pulls: int = 0
    is_open: bool = False
    phone: str | None = None
    is_declined: bool = False
    is_confirmed: bool = False
    is_ready: bool = False


@dataclass(slots=True, kw_only=True)
class SignIn:
    """A sign-in on its way.

    Attributes:
        id: Value of the session's cookie.
        asked: What the application wants.
        back: The address that pages carry along as `bo`.
        proof: Header of the proof of work that is asked with the password.
        account: Who has given the password, or approved the QR code.
        code: The one-time code that was sent last.
        has_factor: Whether the second factor was given.
        has_answered_trust: Whether the question of trust was answered.
        qr: The QR code that was shown.
    """

    id: str
    asked: Asked
    back: str
    proof: str | None = None
    account: m.Account | None = None
    code: SentCode | None = None
    has_factor: bool = False
    has_answered_trust: bool = False
    qr: QrTicket | None = field(default=None)

    def next(self, account: m.Account) -> Next:
        """What is asked now of the one who has given the password, before any consent."""
        factor = doors.second_factor(account)
        if factor is not None and not self.has_factor:
            return Next.FACTOR
        if factor is not None and factor.asks_trust and not self.has_answered_trust:
            return Next.TRUST
        return Next.NOTHING

    def answer(self, account: m.Account, text: str, now: datetime) -> Verdict:
        """Take a one-time code; a right one is the second factor."""
        factor = doors.second_factor(account)
        if self.code is None or factor is None:
            return Verdict.EXPIRED  # none was sent
        verdict = self.code.check(text, factor, now)
        self.has_factor = verdict is Verdict.RIGHT
        return verdict
