"""Who belongs to one school, and what their accounts show there."""

from dataclasses import dataclass
from typing import Final

from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.ids import PersonNumbers, vendor_accounts
from gateway_eljur.emulator.vendors import Vendor

_ROLES: Final = {
    m.Role.STUDENT: "student",
    m.Role.GUARDIAN: "parent",
    m.Role.TRUSTED_PERSON: "parent",
    m.Role.TEACHER: "teacher",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person signed in to one school.

    Attributes:
        account: The account.
        vendor: The school.
        number: `name` and `id`.
        person: Personal data.
        students: Own children who go to this school now, or oneself.
    """

    account: m.Account
    vendor: Vendor
    number: str
    person: m.Person
    students: tuple[m.Student, ...]

    @property
    def role(self) -> str:
        """The service's word for the role."""
        return _ROLES[self.account.role]

    @property
    def login(self) -> str:
        """The service's login."""
        return self.account.login


class Members:
    """The people of one school."""

    def __init__(self, world: World, state: WorldState, vendor: Vendor) -> None:
        self.vendor = vendor
        self._world = world
        self._state = state
        self.numbers = PersonNumbers(world, vendor)

    def user(self, account: m.Account) -> User | None:
        """An account as this school knows it now; None for a stranger's."""
        account = self._state.new_accounts.get(account.key, account)
        here = set(account.school_keys) & set(self.vendor.school_keys)
        if not here or not self.numbers.knows(account.person_key):
            return None
        return User(
            account=account,
            vendor=self.vendor,
            number=str(self.numbers.account_number(account)),
            person=self._world.person(account.person_key),
            students=tuple(
                student
                for student in map(self._world.student, account.student_keys)
                if self.places(student)
            ),
        )

    def by_login(self, login: str) -> m.Account | None:
        """The account of this school with this login."""
        account = self._state.account_by_login(login)
        return account if account is not None and self.user(account) is not None else None

    def accounts(self) -> tuple[m.Account, ...]:
        """Accounts of the school, those registered since included."""
        known = {item.key: item for item in vendor_accounts(self._world, self.vendor)}
        accounts = (known | self._state.new_accounts).values()
        return tuple(account for account in accounts if self.user(account) is not None)

    def places(self, student: m.Student) -> tuple[m.Enrollment, ...]:
        """A pupil's places in this school this year, the main one first."""
        found = self._world.places_of(student.key)
        return tuple(place for place in found if place.school_key in self.vendor.school_keys)

    def main_place(self, student: m.Student) -> m.Enrollment:
        """The place whose class stands beside a pupil's name."""
        return self.places(student)[0]

    def student_number(self, student: m.Student) -> str:
        """The number of a pupil, which is also that of the pupil's own user."""
        return str(self.numbers.of(student.person_key))

    def person_number(self, person_key: str) -> str:
        """The number of a person; empty for somebody of another school."""
        return str(self.numbers.of(person_key)) if self.numbers.knows(person_key) else ""
