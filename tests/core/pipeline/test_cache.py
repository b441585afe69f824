import gc
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from gateway.core.errors import NotFound
from gateway.core.pipeline.cache import Ages, AnswerCache, Freshness
from gateway.core.pipeline.cache_key import AccountRef, CacheKey, canonical
from gateway.testing.clock import VirtualClock

Value = dict[str, Any]
MARKS = Ages(soft=300, hard=86_400)
FRESH, STALE, MISS = Freshness.FRESH, Freshness.STALE, Freshness.MISS
ALICE = AccountRef("t", "fictional", "alice")
BORIS = AccountRef("t", "fictional", "boris")


@dataclass
class Codec:
    """JSON, counting what it does."""

    dumped: int = 0
    loaded: int = 0
    broken: bool = False

    def dump(self, value: Value) -> bytes:
        self.dumped += 1
        if self.broken:
            raise ValueError("synthetic")
        return json.dumps(value).encode()

    def load(self, data: bytes) -> Value:
        self.loaded += 1
        if self.broken:
            raise ValueError("synthetic")
        return dict(json.loads(data))


@dataclass
class Shelf:
    """A small cache with short keys."""

    clock: VirtualClock = field(default_factory=VirtualClock)
    codec: Codec = field(default_factory=Codec)
    decoded_entries: int = 4
    packed_bytes: int = 1_000_000

    def __post_init__(self) -> None:
        self.cache: AnswerCache[Value] = AnswerCache(
            self.clock,
            dump=self.codec.dump,
            load=self.codec.load,
            decoded_entries=self.decoded_entries,
            packed_bytes=self.packed_bytes,
        )

    def key(self, account: str = "alice", operation: str = "list_marks", **more: Any) -> CacheKey:
        parts: dict[str, Any] = {
            "tenant": "t",
            "provider": "fictional",
            "host": "api",
            "student": "s1",
            "arguments": {},
            "model_version": 1,
        }
        return self.cache.key(**{**parts, "account": account, "operation": operation, **more})

    def fill(self, *numbers: int, ages: Ages = MARKS) -> None:
        for number in numbers:
            self.cache.put(self.key(arguments={"n": number}), {"n": number}, ages)

    def state(self, number: int) -> Freshness:
        return self.cache.get(self.key(arguments={"n": number})).state


async def test_an_entry_is_fresh_then_stale_then_gone() -> None:
    shelf = Shelf()
    key = shelf.key()
    assert shelf.cache.get(key).state is MISS
    value: Value = {"marks": [5]}
    assert shelf.cache.put(key, value, MARKS)
    for seconds, state in [(0, FRESH), (299, FRESH), (1, STALE), (86_099, STALE), (1, MISS)]:
        await shelf.clock.advance(seconds)
        found = shelf.cache.get(key)
        assert found.state is state
        if state is not MISS:
            assert found.value is value
    assert found.value is None
    assert len(shelf.cache) == 0


async def test_max_age_narrows_what_is_fresh_and_zero_finds_nothing() -> None:
    shelf = Shelf()
    key = shelf.key()
    shelf.cache.put(key, {}, MARKS)
    await shelf.clock.advance(60)
    assert shelf.cache.get(key, max_age=60).state is FRESH
    assert shelf.cache.get(key, max_age=59).state is STALE
    assert shelf.cache.get(key, max_age=0).state is MISS
    await shelf.clock.advance(600)
    assert shelf.cache.get(key, max_age=3_600).state is STALE  # never beyond the soft age
    assert shelf.cache.get(key).age == 660


def test_every_part_of_the_key_separates() -> None:
    shelf = Shelf()
    shelf.cache.put(shelf.key(), {"of": "alice"}, MARKS)
    for change in (
        {"tenant": "other"},
        {"provider": "other"},
        {"host": "other"},
        {"account": "boris"},
        {"account": None},
        {"student": "s2"},
        {"operation": "list_homework"},
        {"arguments": {"n": 1}},
        {"model_version": 2},
    ):
        assert shelf.cache.get(shelf.key(**change)).state is MISS
    assert shelf.cache.get(shelf.key()).state is FRESH


def test_arguments_have_one_form() -> None:
    first = canonical({"start": date(2026, 9, 1), "ids": ["b", "a"], "all": None})
    second = canonical({"all": None, "ids": ("a", "b"), "start": date(2026, 9, 1)})
    assert first == second
    different = [
        canonical({"x": value})
        for value in ("1", 1, True, None, date(2026, 9, 1), "2026-09-01", ["1"], "None", [])
    ]
    assert len(set(different)) == len(different)


def test_entries_pushed_out_are_packed_and_come_back_equal() -> None:
    shelf = Shelf()
    shelf.fill(*range(10))
    assert len(shelf.cache) == 10
    assert shelf.codec.dumped == 6
    found = shelf.cache.get(shelf.key(arguments={"n": 0}))
    assert (found.state, found.value) == (FRESH, {"n": 0})
    again = shelf.cache.get(shelf.key(arguments={"n": 0}))
    assert again.value is found.value
    assert shelf.codec.loaded == 1
    assert len(shelf.cache) == 10


def test_an_entry_is_never_in_both_layers() -> None:
    shelf = Shelf()
    shelf.fill(*range(10))
    for number in (0, 1, 2, 9):
        key = shelf.key(arguments={"n": number})
        shelf.cache.put(key, {"newer": number}, MARKS)
    assert len(shelf.cache) == 10
    shelf.fill(*range(20, 24))
    assert len(shelf.cache) == 14
    assert shelf.cache.get(shelf.key(arguments={"n": 1})).value == {"newer": 1}


def test_an_account_whose_entries_moved_up_and_down_is_erased_whole() -> None:
    shelf = Shelf(decoded_entries=2)
    shelf.fill(*range(10))
    for number in (0, 1, 2, 0, 5, 1):
        assert shelf.state(number) is FRESH
    shelf.cache.raise_epoch(ALICE)
    assert (len(shelf.cache), shelf.cache.packed_bytes) == (0, 0)
    shelf.fill(*range(10))
    assert len(shelf.cache) == 10


def test_an_entry_that_came_up_is_not_packed_twice() -> None:
    shelf = Shelf(decoded_entries=1)
    shelf.fill(0, 1)
    for _ in range(5):
        assert shelf.state(0) is FRESH
        assert shelf.state(1) is FRESH
    assert shelf.codec.dumped == 2


async def test_packed_entries_keep_their_ages() -> None:
    shelf = Shelf(decoded_entries=1)
    shelf.fill(0, 1)
    await shelf.clock.advance(300)
    assert shelf.state(0) is STALE
    await shelf.clock.advance(86_100)
    assert shelf.state(0) is MISS
    assert shelf.state(1) is MISS
    assert len(shelf.cache) == 0


def test_the_packed_layer_is_bounded_by_bytes() -> None:
    shelf = Shelf(packed_bytes=10_000)
    shelf.fill(*range(200))
    assert shelf.cache.packed_bytes <= 10_000
    assert 4 < len(shelf.cache) < 40
    assert shelf.state(199) is FRESH
    assert shelf.state(0) is MISS
    shelf.cache.raise_epoch(ALICE)
    assert (len(shelf.cache), shelf.cache.packed_bytes) == (0, 0)


def test_what_is_larger_than_the_layer_is_lost_without_harm() -> None:
    shelf = Shelf(decoded_entries=1, packed_bytes=400)
    shelf.fill(0, 1)
    assert shelf.cache.lost == 1
    assert shelf.state(0) is MISS
    assert shelf.state(1) is FRESH


def test_what_cannot_be_packed_or_read_is_a_miss_and_counted() -> None:
    shelf = Shelf(decoded_entries=1)
    shelf.fill(0, 1)
    shelf.codec.broken = True
    assert shelf.state(0) is MISS
    shelf.fill(2)
    assert shelf.state(1) is MISS
    assert shelf.state(2) is FRESH
    assert shelf.cache.lost == 2


def test_raising_the_epoch_erases_an_account_in_both_layers_and_no_other() -> None:
    shelf = Shelf()
    for number in range(6):
        for account in ("alice", "boris"):
            key = shelf.key(account, arguments={"n": number})
            shelf.cache.put(key, {"of": account}, MARKS)
    missing = shelf.key("alice", "get_message", arguments={"id": "x"})
    shelf.cache.put_missing(missing, NotFound())
    shelf.cache.raise_epoch(ALICE)
    assert len(shelf.cache) == 6
    for number in range(6):
        mine = shelf.cache.get(shelf.key("alice", arguments={"n": number}))
        theirs = shelf.cache.get(shelf.key("boris", arguments={"n": number}))
        assert mine.state is MISS
        assert theirs.value == {"of": "boris"}
    assert shelf.cache.get(missing).state is MISS


def test_a_result_begun_under_an_old_epoch_is_not_stored() -> None:
    shelf = Shelf()
    begun = shelf.key()
    shelf.cache.raise_epoch(ALICE)
    assert not shelf.cache.put(begun, {"late": True}, MARKS)
    assert not shelf.cache.put_missing(begun, NotFound())
    assert shelf.cache.get(begun).state is MISS
    assert shelf.cache.get(shelf.key()).state is MISS
    assert shelf.cache.put(shelf.key(), {"late": False}, MARKS)
    assert shelf.cache.get(shelf.key()).value == {"late": False}


def test_a_write_voids_its_operations_those_on_their_way_included() -> None:
    shelf = Shelf()
    homework = shelf.key(operation="list_homework")
    marks = shelf.key(operation="list_marks")
    begun = shelf.key(operation="list_homework", arguments={"week": "next"})
    shelf.cache.put(homework, {"done": False}, MARKS)
    shelf.cache.put(marks, {"marks": []}, MARKS)
    shelf.cache.put(shelf.key("boris", "list_homework"), {"done": False}, MARKS)
    shelf.cache.invalidate(ALICE, ["list_homework"])
    assert shelf.cache.get(shelf.key(operation="list_homework")).state is MISS
    assert shelf.cache.get(shelf.key("boris", "list_homework")).state is FRESH
    assert shelf.cache.get(shelf.key(operation="list_marks")).state is FRESH
    assert not shelf.cache.put(begun, {"done": False}, MARKS)
    assert shelf.cache.put(shelf.key(operation="list_homework"), {"done": True}, MARKS)
    # An epoch after an invalidation is later still, and the other way round.
    shelf.cache.raise_epoch(ALICE)
    assert not shelf.cache.put(marks, {}, MARKS)
    old = shelf.key(operation="list_homework")
    shelf.cache.invalidate(ALICE, ["list_homework"])
    assert not shelf.cache.put(old, {}, MARKS)


async def test_a_missing_id_is_remembered_for_a_minute() -> None:
    shelf = Shelf()
    key = shelf.key(operation="get_message", arguments={"id": "gone"})
    error = NotFound("no such message")
    shelf.cache.put(key, {"old": True}, MARKS)
    assert shelf.cache.put_missing(key, error)
    found = shelf.cache.get(key)
    assert (found.state, found.value, found.error) == (FRESH, None, error)
    assert shelf.cache.get(key, max_age=0).state is MISS
    await shelf.clock.advance(60)
    assert shelf.cache.get(key).state is MISS
    shelf.cache.put_missing(key, error)
    shelf.cache.put(key, {"back": True}, MARKS)
    assert shelf.cache.get(key).value == {"back": True}


def test_attachments_are_not_kept() -> None:
    shelf = Shelf()
    assert shelf.cache.put(shelf.key(), {}, Ages(0, 0))
    assert len(shelf.cache) == 0


def test_ten_thousand_packed_accounts_are_nothing_to_the_garbage_collector() -> None:
    shelf = Shelf(decoded_entries=8, packed_bytes=64_000_000)
    gc.collect()
    before = len(gc.get_objects())
    for number in range(10_000):
        shelf.cache.put(shelf.key(f"account-{number}"), {"n": number}, MARKS)
    gc.collect()
    assert len(shelf.cache) == 10_000
    assert len(gc.get_objects()) - before < 500
    assert shelf.cache.get(shelf.key("account-17")).value == {"n": 17}


class CacheAgainstModel(RuleBasedStateMachine):
    """A dictionary of everything ever stored is the reference; the cache may only forget."""

    accounts = st.sampled_from(["alice", "boris"])
    operations = st.sampled_from(["list_marks", "list_homework"])
    numbers = st.integers(0, 5)

    def __init__(self) -> None:
        super().__init__()
        self.shelf = Shelf(decoded_entries=3)
        self.stored: dict[tuple[str, str, int], tuple[float, Value]] = {}
        self.begun: list[tuple[CacheKey, tuple[str, str, int], bool]] = []
        self.serial = 0

    def key(self, account: str, operation: str, number: int) -> CacheKey:
        return self.shelf.key(account, operation, arguments={"n": number})

    @rule(account=accounts, operation=operations, number=numbers)
    def begin(self, account: str, operation: str, number: int) -> None:
        key = self.key(account, operation, number)
        self.begun.append((key, (account, operation, number), True))

    @rule()
    def end_oldest(self) -> None:
        if not self.begun:
            return
        key, place, valid = self.begun.pop(0)
        self.serial += 1
        value: Value = {"serial": self.serial, "of": list(place)}
        assert self.shelf.cache.put(key, value, MARKS) is valid
        if valid:
            self.stored[place] = (self.shelf.clock.monotonic(), value)

    @rule(account=accounts, operations=st.sets(operations, min_size=1))
    def invalidate(self, account: str, operations: set[str]) -> None:
        self.shelf.cache.invalidate(AccountRef("t", "fictional", account), operations)
        self.forget(account, operations)

    @rule(account=accounts)
    def erase(self, account: str) -> None:
        self.shelf.cache.raise_epoch(AccountRef("t", "fictional", account))
        self.forget(account, {"list_marks", "list_homework"})

    def forget(self, account: str, operations: set[str]) -> None:
        def hit(place: tuple[str, str, int]) -> bool:
            return place[0] == account and place[1] in operations

        self.stored = {place: kept for place, kept in self.stored.items() if not hit(place)}
        self.begun = [(key, place, ok and not hit(place)) for key, place, ok in self.begun]

    @rule(seconds=st.sampled_from([1.0, 299.0, 40_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.shelf.clock._time += seconds  # outside a loop nobody sleeps

    @rule(account=accounts, operation=operations, number=numbers)
    def look_up(self, account: str, operation: str, number: int) -> None:
        found = self.shelf.cache.get(self.key(account, operation, number))
        stored_at, value = self.stored.get((account, operation, number), (0.0, {}))
        age = self.shelf.clock.monotonic() - stored_at
        if not value or age >= 86_400:
            assert found.state is MISS
        else:
            assert found.value == value
            assert found.state is (FRESH if age < 300 else STALE)


TestCache = CacheAgainstModel.TestCase
TestCache.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def test_a_cache_of_no_decoded_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="one entry or more"):
        Shelf(decoded_entries=0)
