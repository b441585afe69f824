from collections.abc import Iterator
from random import Random

import pytest

from gateway.sandbox.world import World
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.ids import Ids

DOUBLE_LIMIT = 2**53


def keys(world: World) -> Iterator[tuple[str, str]]:
    yield from ((ids.PERSON, item.key) for item in world.persons)
    yield from ((ids.USER, item.key) for item in world.accounts)
    yield from ((ids.SCHOOL, item.key) for item in world.schools)
    yield from ((ids.GROUP, item.key) for item in (*world.classes,))
    yield from ((ids.GROUP, item.key) for item in (*world.groups,))
    yield from ((ids.LESSON, item.key) for item in world.lessons[::40])
    yield from ((ids.WORK, item.key) for item in world.homework[::20])
    yield from ((ids.WORK, item.key) for item in world.assignments[::20])
    yield from ((ids.WORK, ids.final_work_key(g.key)) for g in world.final_grades[::40])
    yield from ((ids.MARK, item.key) for item in world.marks[::40])
    yield from ((ids.MARK, item.key) for item in world.final_grades[::40])
    yield from ((ids.PERIOD, item.key) for item in world.periods)
    yield from ((ids.SUBJECT, item.key) for item in world.subjects)


def test_every_number_leads_back_to_its_key(world: World) -> None:
    book = Ids(world)
    for kind, key in keys(world):
        number = book.of(kind, key)
        assert book.key(kind, number) == key
        assert book.key(kind, str(number)) == key


def test_numbers_do_not_depend_on_who_asks_first(world: World) -> None:
    pairs = list(keys(world))
    Random(1).shuffle(pairs)
    shuffled = Ids(world)
    numbers = {pair: shuffled.of(*pair) for pair in pairs}
    fresh = Ids(world)
    assert all(fresh.of(*pair) == numbers[pair] for pair in keys(world))


@pytest.mark.parametrize(
    "kind, digits",
    [
        (ids.PERSON, 13),
        (ids.USER, 13),
        (ids.LESSON, 19),
        (ids.WORK, 19),
        (ids.MARK, 19),
        (ids.SUBJECT, 19),
        (ids.GROUP, 19),
        (ids.PERIOD, 19),
    ],
)
def test_numbers_have_the_length_that_clients_know(world: World, kind: str, digits: int) -> None:
    book = Ids(world)
    numbers = [book.of(kind, key) for found, key in keys(world) if found == kind]
    assert {len(str(number)) for number in numbers} == {digits}
    assert all((number > DOUBLE_LIMIT) is (digits > 16) for number in numbers)


def test_a_person_and_their_account_have_different_numbers(world: World) -> None:
    book = Ids(world)
    person = world.student("student-1").person_key
    assert book.of(ids.PERSON, person) != book.user_of(person)
    assert book.key(ids.USER, book.user_of(person)) == "account-student"
    assert ids.user_number("account-student") == book.user_of(person)


@pytest.mark.parametrize("junk", ["", "abc", "12.5", "0", "-7", "9" * 30])
def test_a_stranger_has_no_key(world: World, junk: str) -> None:
    assert Ids(world).key(ids.PERSON, junk) is None
