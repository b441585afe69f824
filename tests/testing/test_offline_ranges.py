"""Offline reading cuts a long range as the gateway did when the answers were captured."""

import asyncio
from datetime import date

from gateway.core.replay.normalize import normalize
from gateway.testing.bench import Bench
from gateway.testing.people import open_account
from gateway.testing.recording import Exchange, har
from tests.testing.mutants import bench_of

START, END = date(2025, 9, 1), date(2025, 11, 20)


async def record(bench: Bench) -> tuple[object, tuple[Exchange, ...]]:
    store = bench.store()
    account, *_ = await open_account(bench, store, bench.doors()[0])
    async with bench.gateway(store) as gateway:
        diary = await gateway.diary("lighthouse:student:student-1", account=account)
        mark = len(bench.traffic)
        answer = await diary.list_marks(START, END)
        return answer.value, bench.traffic.since(mark)


def test_a_range_of_several_windows_is_joined_from_all_of_them() -> None:
    with bench_of() as bench:
        online, exchanges = asyncio.run(record(bench))
        offline = normalize(
            "lighthouse",
            "list_marks",
            {"capture.har": har(exchanges)},
            student={"person": "student-1"},
            arguments={"start": START, "end": END},
            registry=bench.registry,
        )
    assert len(exchanges) == 3
    assert offline.value == online
    assert offline.missing == offline.issues == ()


def test_the_range_may_be_left_to_the_dates_of_the_capture() -> None:
    with bench_of() as bench:
        online, exchanges = asyncio.run(record(bench))
        offline = normalize(
            "lighthouse",
            "list_marks",
            {"capture.har": har(exchanges)},
            student={"person": "student-1"},
            registry=bench.registry,
        )
    assert offline.value == online
