"""Third-party clients; run inside the environment of the client, which has no gateway."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from benchmarks import payloads
from benchmarks.measure import Meter, Metrics, drive
from benchmarks.run import Run

_TOKEN = "example-token-not-a-real-one"
_START = payloads.MONDAY
_END = payloads.MONDAY + timedelta(days=6)


def mosreg_parse(run: Run) -> Metrics:
    """school-mosreg-api 0.9.4: its pydantic 1 models from the bytes of the week."""
    schedule = import_module("school_mosreg_api.types").Schedule
    body = payloads.week()
    return _parse(run, lambda: schedule.parse_raw(body), lambda value: value.days)


def netschool_parse(run: Run) -> Metrics:
    """netschoolpy: its models from as many bytes in its own provider's shape."""
    diary = import_module("netschoolpy.models").Diary
    body = payloads.net_school_week()
    kinds: dict[int, dict[str, str]] = {}
    return _parse(run, lambda: diary.from_raw(json.loads(body), kinds), lambda value: value.days)


def mosreg_call(run: Run) -> Metrics:
    """school-mosreg-api, asynchronous, the same bundle to its models."""

    async def measured() -> Metrics:
        client = import_module("school_mosreg_api.asyncapi").AsyncSchoolMosregRUAPI(token=_TOKEN)
        client.API = f"{run.base_url}/v2.0/"

        async def call(_number: int) -> object:
            return await client.get_person_schedules(payloads.PERSON, payloads.GROUP, _START, _END)

        return await _driven(run, call, lambda value: value.days)

    return asyncio.run(measured())


def pydnevnik_call(run: Run) -> Metrics:
    """pydnevnikruapi 0.1.1, asynchronous: the bundle as plain JSON."""

    async def measured() -> Metrics:
        client = import_module("pydnevnikruapi.aiodnevnik.dnevnik").AsyncDiaryAPI(token=_TOKEN)
        client.host = f"{run.base_url}/v2/"

        async def call(_number: int) -> object:
            return await client.get_person_schedule(
                payloads.PERSON, payloads.GROUP, str(_START), str(_END)
            )

        try:
            return await _driven(run, call, lambda value: value["days"])
        finally:
            await client.close_session()

    return asyncio.run(measured())


def pydnevnik_sync(run: Run) -> Metrics:
    """pydnevnikruapi 0.1.1, synchronous: the bundle as plain JSON."""
    client = import_module("pydnevnikruapi.dnevnik.dnevnik").DiaryAPI(token=_TOKEN)
    client.host = f"{run.base_url}/v2/"

    def call() -> Any:
        return client.get_person_schedule(payloads.PERSON, payloads.GROUP, _START, _END)

    return _parse(run, call, lambda value: value["days"])


def netschool_call(run: Run) -> Metrics:
    """netschoolpy, asynchronous, one client as after a sign-in."""

    async def measured() -> Metrics:
        client = import_module("netschoolpy").NetSchool(run.base_url)

        async def call(_number: int) -> object:
            return await client.diary(_START, _END)

        return await _driven(run, call, lambda value: value.days)

    return asyncio.run(measured())


def _parse(run: Run, action: Callable[[], Any], days: Callable[[Any], Any]) -> Metrics:
    first = action()
    _check(days(first))
    for _ in range(10):
        action()
    times = []
    with Meter(run.calls) as meter:
        for _ in range(run.calls):
            started = time.perf_counter_ns()
            action()
            times.append(time.perf_counter_ns() - started)
    return meter.metrics(p50_us=sorted(times)[len(times) // 2] / 1e3)


async def _driven(run: Run, call: Callable[[int], Any], days: Callable[[Any], Any]) -> Metrics:
    first = await drive(call, max(run.workers, 20), run.workers)
    _check(days(first[0]))
    with Meter(run.calls) as meter:
        await drive(call, run.calls, run.workers)
    return meter.metrics(limit=run.workers)


def _check(days: Any) -> None:
    lessons = [
        lesson for day in days for lesson in (day["lessons"] if type(day) is dict else day.lessons)
    ]
    if len(lessons) != payloads.LESSONS:
        raise AssertionError("not the whole week")
