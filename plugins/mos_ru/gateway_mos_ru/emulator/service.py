"""One running emulator: its world, its state, and the books that its pages share."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.web.memo import Memo
from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.access import Access
from gateway_mos_ru.emulator.book import Book
from gateway_mos_ru.emulator.ids import Ids
from gateway_mos_ru.emulator.sign_ins.book import LoginBook
from gateway_mos_ru.emulator.tokens import TokenBook
from gateway_mos_ru.nodes import Node


class Service:
    """Everything that handlers work on; nothing of it outlives the application.

    Attributes:
        node: The installation.
        world: What is true.
        state: What clients have changed.
        book: The diary as the platform keeps it.
        origin: Base of addresses for clients that do not name a real host.
        now: Aware moment for lifetimes; school time stands still at `world.today`.
        zone: The installation's time, in which all schools' clocks are told.
        draws: Gives fresh letters, digits and GUIDs.
        once: Keeps a value made at first use; it must rest on the world alone.
        tokens: Who holds which token.
        login: Sign-ins on their way.
    """

    def __init__(
        self,
        *,
        node: Node,
        world: World,
        state: WorldState,
        origin: str,
        now: Callable[[], datetime],
        rng: Random,
        proof_bits: int,
    ) -> None:
        self.node = node
        self.world = world
        self.state = state
        self.origin = origin
        self.now = now
        self.zone = ZoneInfo(node.zone)
        self.book = Book(world)
        self.ids = Ids(world, self.book)
        self.draws = Draws(rng)
        self.once = Memo().once
        self.tokens = TokenBook(node, world, now, self.draws)
        self.login = LoginBook(node, world, state, now=now, draws=self.draws, proof_bits=proof_bits)

    @property
    def provider(self) -> str:
        """Name of the declaration."""
        return self.node.provider

    def account(self, key: str) -> m.Account:
        """An account of the world, or one registered since."""
        return self.state.new_accounts.get(key) or self.world.account(key)

    def access(self, account_key: str) -> Access:
        """What an account reaches."""
        return self.once(
            ("access", account_key), lambda: Access(self.world, self.ids, self.account(account_key))
        )

    def wall(self, moment: datetime) -> datetime:
        """A school's moment with the installation's offset: its clock reads the same.

        The schools of the world lie in many zones, an installation knows one.
        """
        return moment.replace(tzinfo=self.zone)

    @property
    def school_now(self) -> datetime:
        """The moment of school life: the world's day at the time that the clock shows."""
        clock = self.now().astimezone(self.zone)
        return datetime.combine(self.world.today, clock.time(), self.zone)


def days_between(start: date, end: date) -> list[date]:
    """Every day of a range, both ends included."""
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]
