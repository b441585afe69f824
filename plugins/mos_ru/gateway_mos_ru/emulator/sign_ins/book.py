"""Everything that login.mos.ru and the nodes' sign-in keep while an emulator runs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from gateway.sandbox.esia.sign_ins import SignIns
from gateway.sandbox.esia.stand_in import StandIn
from gateway.sandbox.web.draws import Draws
from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.sign_ins.clients import Asked, ClientBook
from gateway_mos_ru.emulator.sign_ins.codes import CodeBook
from gateway_mos_ru.emulator.sign_ins.proof import ProofBook
from gateway_mos_ru.emulator.sign_ins.purposes import NodeCodes, Purpose
from gateway_mos_ru.emulator.sign_ins.sessions import QrTicket, SignIn
from gateway_mos_ru.nodes import Node

QR_LIFE: Final = timedelta(minutes=2)


class LoginBook:
    """Sign-ins of one running emulator.

    Attributes:
        clients: Devices registered at login.mos.ru.
        codes: Its codes and tokens.
        proofs: Its proofs of work.
        esia: State sign-ins on their way.
        stand_in: The state sign-in system.
        node_codes: Codes of a regional node.
    """

    def __init__(
        self,
        node: Node,
        world: World,
        state: WorldState,
        *,
        now: Callable[[], datetime],
        draws: Draws,
        proof_bits: int,
    ) -> None:
        holders = tuple(item.key for item in world.accounts if doors.has_doors(item))
        self._now = now
        self._draws = draws
        self.clients = ClientBook(draws.letters)
        self.codes = CodeBook(node, now, draws, holders)
        self.proofs = ProofBook(proof_bits, now, draws)
        self.esia: SignIns[Purpose] = SignIns(draws.guid)
        self.stand_in = StandIn(world, state, asks_consent=_asks_consent)
        self.node_codes = NodeCodes(node, draws.guid, holders)
        self._open: dict[str, SignIn] = {}
        self._tickets: dict[str, SignIn] = {}
        self._trusted: set[tuple[str, str]] = set()

    def begin(self, asked: Asked) -> SignIn:
        """A new sign-in for an application."""
        number = self._draws.letters(40)
        back = f"/sps/oauth/ae?request={self._draws.letters(20)}"
        sign_in = self._open[number] = SignIn(id=number, asked=asked, back=back)
        return sign_in

    def find(self, number: str | None) -> SignIn | None:
        """The sign-in of a browser."""
        return self._open.get(number or "")

    def end(self, sign_in: SignIn) -> None:
        """It is over."""
        self._open.pop(sign_in.id, None)

    def show_qr(self, sign_in: SignIn) -> QrTicket:
        """A fresh QR code."""
        ticket = QrTicket(self._draws.letters(24), self._now() + QR_LIFE)
        sign_in.qr = ticket
        self._tickets[ticket.id] = sign_in
        return ticket

    def ticket(self, number: str) -> QrTicket | None:
        """A QR code that is still shown."""
        sign_in = self._tickets.get(number)
        ticket = None if sign_in is None else sign_in.qr
        if ticket is None or ticket.id != number or ticket.expires_at <= self._now():
            return None
        return ticket

    def trust(self, account: m.Account) -> str:
        """Trusts a browser with an account; the value of its cookie."""
        mark = self._draws.letters(32)
        self._trusted.add((mark, account.key))
        return mark

    def trusts(self, mark: str | None, account: m.Account) -> bool:
        """Whether a browser is trusted with an account."""
        return (mark or "", account.key) in self._trusted


def _asks_consent(identity: m.EsiaIdentity) -> bool:
    """A standard identity has not yet let the diary see its data."""
    return identity.level is m.EsiaLevel.STANDARD
