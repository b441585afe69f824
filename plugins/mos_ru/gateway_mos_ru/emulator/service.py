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
from gateway_mos_ru.emulator.ids import Ids
from gateway_mos_ru.emulator.tokens import TokenBook
from gateway_mos_ru.nodes import Node

_WITHOUT_DOORS = frozenset({m.AccountState.LOCKED, m.AccountState.TEMPORARY_PASSWORD})


def has_doors(account: m.Account) -> bool:
    """Whether the person of an account could have signed in before."""
    return account.state not in _WITHOUT_DOORS


class Service:
    """Everything that handlers work on; nothing of it outlives the application.

    Attributes:
        node: The installation.
        world: What is true.
        state: What clients have changed.
        origin: Base of addresses for clients that do not name a real host.
        now: Aware moment for lifetimes; school time stands still at `world.today`.
        zone: The installation's time, in which all schools' clocks are told.
        draws: Gives fresh letters, digits and GUIDs.
        once: Keeps a value made at first use; it must rest on the world alone.
        tokens: Who holds which token.
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
    ) -> None:
        self.node = node
        self.world = world
        self.state = state
        self.origin = origin
        self.now = now
        self.zone = ZoneInfo(node.zone)
        self.ids = Ids(world)
        self.draws = Draws(rng)
        self.once = Memo().once
        self.tokens = TokenBook(
            node,
            now=now,
            draw=self.draws.guid,
            account=self.account,
            holders=[account.key for account in world.accounts if has_doors(account)],
        )

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
        """The moment of school life: noon of the world's day, plus what the clock has passed."""
        clock = self.now().astimezone(self.zone)
        return datetime.combine(self.world.today, clock.time(), self.zone)


def days_between(start: date, end: date) -> list[date]:
    """Every day of a range, both ends included."""
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]
