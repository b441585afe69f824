"""How far a sign-in without pages has come, beside what the stand-in knows."""

from dataclasses import dataclass, field
from typing import TypeVar

from gateway.sandbox.esia.sign_ins import SignIns
from gateway_gosuslugi.emulator.esia.specials import ORDINARY, SPECIALS, Special

T = TypeVar("T")


@dataclass(slots=True)
class Progress:
    """One sign-in.

    Attributes:
        cleared: Logins whose anomaly was answered.
        guid: Number of the anomaly that waits.
        anomaly_of: Whose it is.
        codes_wrong: Wrong codes of the messenger.
        factor_given: Whether a special second factor was given.
        declined: Offers that were declined.
        consented: Whether the system was let to see the data.
        challenge: Of a push that waits.
        approved: Whether the phone has approved it.
    """

    cleared: set[str] = field(default_factory=set)
    guid: str | None = None
    anomaly_of: str | None = None
    codes_wrong: int = 0
    factor_given: bool = False
    declined: set[str] = field(default_factory=set)
    consented: bool = False
    challenge: str | None = None
    approved: bool = False


@dataclass(slots=True)
class Qr:
    """A code to scan; `sign_in` is the sign-in that it opens."""

    id: str
    token: str
    sign_in: str
    identity_key: str | None = None
    outdated: bool = False


class Progresses:
    """Of all sign-ins of one running emulator, with their codes and pictures."""

    def __init__(self) -> None:
        self._of: dict[str, Progress] = {}
        self.codes: dict[str, Qr] = {}
        self.pictures: set[str] = set()
        self.solved: set[str] = set()

    def approve(self, identity_key: str, sign_ins: SignIns[T]) -> bool:
        """The person approves what waits for their phone; whether anything did."""
        found = False
        for number, progress in self._of.items():
            sign_in = sign_ins.find(number)
            waits = progress.challenge is not None and sign_in is not None
            if waits and sign_in is not None and sign_in.identity_key == identity_key:
                progress.approved = found = True
        return found

    def of(self, sign_in: str) -> Progress:
        """How far one sign-in has come."""
        return self._of.setdefault(sign_in, Progress())


def special_of(identity_key: str | None) -> Special:
    """What awaits an identity."""
    return SPECIALS.get(identity_key or "", ORDINARY)
