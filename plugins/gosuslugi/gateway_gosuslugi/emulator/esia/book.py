"""What ЕСИА keeps while an emulator runs: sign-ins, systems, markers."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from gateway.sandbox.esia.sign_ins import SignIns
from gateway.sandbox.esia.stand_in import StandIn
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.esia.grants import Grants
from gateway_gosuslugi.emulator.esia.progress import Progresses
from gateway_gosuslugi.emulator.esia.systems import Systems
from gateway_gosuslugi.emulator.numbers import oid
from gateway_gosuslugi.emulator.service import Service

_BOOK: Final[Hashable] = "esia"
_CHILD_YEARS: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a browser was sent for, and where it is to come back to.

    Attributes:
        mnemonic: The system.
        redirect_uri: Where to go back.
        state: What to take back.
        scope: What is asked for.
        offline: Whether a refresh token is wanted.
        challenge: Of PKCE, if any.
        only_confirmed: Whether weaker accounts are turned away.
        consents: Mnemonics of consents that are asked for, with their scopes.
    """

    mnemonic: str
    redirect_uri: str
    state: str
    scope: str = ""
    offline: bool = False
    challenge: str | None = None
    only_confirmed: bool = False
    consents: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Book:
    """The books of one running emulator.

    Attributes:
        sign_ins: Sign-ins on their way.
        stand_in: Decides on passwords, codes and consents.
        systems: Who may send people here.
        grants: What was given out.
        progress: How far sign-ins without pages have come.
        asked_registers: Whose births were asked for before.
    """

    def __init__(self, service: Service) -> None:
        self.sign_ins: SignIns[Purpose] = SignIns(service.draws.guid)
        self.stand_in = StandIn(service.world, service.state)
        self.systems = Systems()
        self.progress = Progresses()
        self.asked_registers: set[int] = set()
        self.grants = Grants(service.now, service.draws)
        self._by_oid = {oid(item.person_key): item for item in service.world.esia_identities}

    def identity(self, number: int) -> m.EsiaIdentity | None:
        """Whose number it is."""
        return self._by_oid.get(number)


def book_of(call: Call) -> Book:
    """The books of the emulator that a request came to."""
    service = call.service
    return service.once(_BOOK, lambda: Book(service))


def years_of(call: Call, person_key: str) -> int:
    """A person's age in the world."""
    born, today = call.service.world.person(person_key).birth_date, call.service.world.today
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_childs(call: Call, identity: m.EsiaIdentity) -> bool:
    """Whether an account is one that a parent has made for a child under fourteen."""
    return years_of(call, identity.person_key) < _CHILD_YEARS
