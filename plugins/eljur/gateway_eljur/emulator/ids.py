"""The service's own numbers. Those of people count within one school: two schools share them."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Final

from gateway.sandbox.web.numbers import Keys, Numbers
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.vendors import Vendor

MESSAGE, NOTICE = "message", "notice"
FIRST_PERSON: Final = 1000
_FIRST_SUBJECT: Final = 11


class PersonNumbers:
    """Numbers of everybody whom one school knows, from 1000 on, in the order of their keys.

    A person who holds a second account in the school has a second number, under the account's key.
    """

    def __init__(self, world: World, vendor: Vendor) -> None:
        keys = sorted({*_persons(world, vendor), *_second_accounts(world, vendor)})
        self._numbers = {key: number for number, key in enumerate(keys, start=FIRST_PERSON)}
        self._keys = {number: key for key, number in self._numbers.items()}
        self._world = world

    def of(self, key: str) -> int:
        """The number of a person or of a second account; KeyError for a stranger."""
        return self._numbers[key]

    def knows(self, key: str) -> bool:
        """Whether somebody belongs to the school."""
        return key in self._numbers

    def person(self, number: str) -> str | None:
        """Key of the person with this number."""
        key = self._keys.get(int(number)) if number.isascii() and number.isdigit() else None
        if key is None or not key.startswith("account-"):
            return key
        return self._world.account(key).person_key

    def account_number(self, account: m.Account) -> int:
        """The number of the user of an account."""
        return self._numbers.get(account.key) or self._numbers[account.person_key]


def vendor_accounts(world: World, vendor: Vendor) -> Iterator[m.Account]:
    """Accounts that a school has, in the order of the world."""
    schools = set(vendor.school_keys)
    return (item for item in world.accounts if schools & set(item.school_keys))


def _persons(world: World, vendor: Vendor) -> Iterator[str]:
    schools = set(vendor.school_keys)
    for student in world.students:
        if schools & {place.school_key for place in student.enrollments}:
            yield student.person_key
            yield from (item.person_key for item in world.guardians_of(student.key))
            yield from (item.person_key for item in world.trusted_persons_of(student.key))
    yield from (item.person_key for item in world.teachers if item.school_key in schools)
    yield from (world.school(key).principal_person_key for key in vendor.school_keys)
    yield from (item.person_key for item in vendor_accounts(world, vendor))


def _second_accounts(world: World, vendor: Vendor) -> Iterator[str]:
    seen: set[str] = set()
    for account in vendor_accounts(world, vendor):
        if account.person_key in seen:
            yield account.key
        seen.add(account.person_key)


class Ids(Numbers):
    """Numbers of messages and notices, which are the same for everybody, and of subjects."""

    def __init__(self, world: World) -> None:
        super().__init__(world, prefix="eljur", keys=_KEYS, digits={}, default_digits=8)
        self._files: dict[str, str] = {}

    @cached_property
    def _subjects(self) -> Mapping[str, int]:
        keys = sorted(item.key for item in self._world.subjects)
        return {key: number for number, key in enumerate(keys, start=_FIRST_SUBJECT)}

    def subject(self, key: str) -> str:
        """`lesson_id`: in spite of its name the number of a subject."""
        return str(self._subjects[key])

    def file(self, key: str) -> str:
        """The word that stands for a file in its address: nobody can guess it."""
        word = blake2b(f"file\0{key}".encode(), digest_size=16).hexdigest()
        self._files[word] = key
        return word

    def file_key(self, word: str) -> str | None:
        """The file that a word stands for."""
        return self._files.get(word)


_KEYS: Final[dict[str, Keys]] = {
    MESSAGE: lambda world: (item.key for item in world.messages),
    NOTICE: lambda world: (item.key for item in world.announcements),
}
