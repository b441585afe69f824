"""One running emulator: its world, its state, and the books that its pages share."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gateway.sandbox.esia.sign_ins import SignIns
from gateway.sandbox.esia.stand_in import StandIn
from gateway.sandbox.web.draws import Draws
from gateway.sandbox.web.memo import Memo
from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.ids import Ids
from gateway_eljur.emulator.invites import Registrations
from gateway_eljur.emulator.members import Members, User
from gateway_eljur.emulator.quirks import Quirks
from gateway_eljur.emulator.site_sessions import SiteSessions
from gateway_eljur.emulator.state_tasks import StateTasks
from gateway_eljur.emulator.tokens import TokenBook
from gateway_eljur.emulator.vendors import Vendor, vendors_of


class Service:
    """Everything that handlers work on; nothing of it outlives the application.

    Attributes:
        world: What is true.
        state: What clients have changed.
        origin: Base of addresses for clients that do not name a real host.
        now: Aware moment for lifetimes; school time stands still at `world.today`.
        quirks: Habits that are switched on.
        vendors: The schools by key.
        members: Who belongs to them.
        draws: Gives fresh letters, digits and GUIDs.
        once: Keeps a value made at first use; it must rest on the world alone.
        tokens: Who holds which token.
        site: Who is signed in to the site.
        registrations: Registrations on their way.
        esia: Sign-ins through ЕСИА on their way; each keeps the host that sent the person.
        stand_in: The state sign-in system.
        tasks: Sign-ins that ЕСИА has sent back.
    """

    def __init__(
        self,
        *,
        world: World,
        state: WorldState,
        origin: str,
        now: Callable[[], datetime],
        rng: Random,
        quirks: Quirks,
    ) -> None:
        self.world = world
        self.state = state
        self.origin = origin
        self.now = now
        self.quirks = quirks
        self.vendors: Mapping[str, Vendor] = vendors_of(world)
        self.members = {key: Members(world, state, item) for key, item in self.vendors.items()}
        self.ids = Ids(world)
        self.draws = Draws(rng)
        self.once = Memo().once
        self.tokens = TokenBook(
            ((key, a.key) for key, item in self.members.items() for a in item.accounts()),
            now,
            self.draws,
        )
        self.site = SiteSessions(self.draws)
        self.registrations = Registrations(self.draws)
        self.esia: SignIns[str] = SignIns(lambda: self.draws.letters(24))
        self.stand_in = StandIn(world, state)
        self.tasks = StateTasks(self.draws)

    def account(self, key: str) -> m.Account:
        """An account of the world, or one registered since."""
        return self.state.new_accounts.get(key) or self.world.account(key)

    def user(self, vendor: str, account_key: str) -> User | None:
        """A person as a school knows them."""
        return self.members[vendor].user(self.account(account_key))

    def zone(self, vendor: Vendor) -> ZoneInfo:
        """The clock by which a school tells the end of a token."""
        return self.world.zone_of(vendor.school_keys[0])

    def local(self, moment: datetime, vendor: Vendor) -> str:
        """A moment on the clock of a school, as the service writes it."""
        return f"{moment.astimezone(self.zone(vendor)):%Y-%m-%d %H:%M:%S}"

    def school_now(self, school_key: str) -> datetime:
        """The moment of school life: the world's day with the time of the clock."""
        zone = self.world.zone_of(school_key)
        return datetime.combine(self.world.today, self.now().astimezone(zone).time(), zone)


def days_between(start: date, end: date) -> list[date]:
    """Every day of a range, both ends included."""
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]
