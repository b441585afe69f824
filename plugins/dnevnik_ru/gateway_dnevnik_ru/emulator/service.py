"""One running emulator: its world, its state, and the books that its pages share."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.web.memo import Memo
from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import doors
from gateway_dnevnik_ru.emulator.book import Book
from gateway_dnevnik_ru.emulator.captcha import CaptchaBook
from gateway_dnevnik_ru.emulator.esia_tasks import EsiaBook, EsiaTask
from gateway_dnevnik_ru.emulator.families import Family
from gateway_dnevnik_ru.emulator.ids import Ids
from gateway_dnevnik_ru.emulator.regions import region_id
from gateway_dnevnik_ru.emulator.sessions import Code, SessionBook, WebSession
from gateway_dnevnik_ru.emulator.tokens import FULL_SCOPE, TokenBook

_WITHOUT_DOORS = frozenset({m.AccountState.LOCKED, m.AccountState.TEMPORARY_PASSWORD})


def has_doors(account: m.Account) -> bool:
    """Whether the person of an account could have signed in before."""
    return account.state not in _WITHOUT_DOORS


class Service:
    """Everything that handlers work on; nothing of it outlives the application.

    Attributes:
        provider: Name of the declaration.
        family: The provider's own family of hosts.
        world: What is true.
        state: What clients have changed.
        origin: Base of addresses for clients that do not name a real host.
        now: Aware moment for lifetimes; school time stands still at `world.today`.
        draw: Gives fresh letters and digits.
        draw_guid: Gives a fresh GUID.
        once: Keeps a value made at first use; it must rest on the world alone.
    """

    def __init__(
        self,
        *,
        provider: str,
        family: Family,
        world: World,
        state: WorldState,
        origin: str,
        now: Callable[[], datetime],
        rng: Random,
    ) -> None:
        self.provider = provider
        self.family = family
        self.world = world
        self.state = state
        self.origin = origin
        self.now = now
        self.ids = Ids(world)
        self.book = Book(world)
        draws = Draws(rng)
        self.tokens = TokenBook(now, lambda: draws.letters(doors.TOKEN_LENGTH))
        self.sessions = SessionBook(draws.letters)
        self.captchas = CaptchaBook(draws.guid, draws.digits)
        self.esia = EsiaBook(draws.guid)
        self.draw = draws.letters
        self.draw_guid = draws.guid
        self.once = Memo().once
        self._stand()

    def account(self, key: str) -> m.Account:
        """An account of the world, or one registered since."""
        return self.state.new_accounts.get(key) or self.world.account(key)

    def school_of(self, account: m.Account) -> m.School:
        """The school whose clock and name an account's pages show."""
        keys = [
            self.world.student(key).school_key
            for key in (*account.student_keys, *account.former_student_keys)
        ]
        return self.world.school((*account.school_keys, *keys, self.world.schools[0].key)[0])

    def _stand(self) -> None:
        """Make everything valid that a person may hold already."""
        accounts = [account for account in self.world.accounts if has_doors(account)]
        self.tokens.stand((doors.token(self.provider, item.key), item.key) for item in accounts)
        self.sessions.stand(
            [WebSession(*doors.cookies(self.provider, item.key), item.key) for item in accounts],
            [(doors.code(self.provider, a.key), Code(a.key, FULL_SCOPE)) for a in accounts],
        )
        self.esia.stand(
            (
                doors.esia_task(self.provider, item.key),
                EsiaTask(item.esia_key, region_id(item.region_code)),
            )
            for item in self.world.accounts
            if item.esia_key is not None
        )
