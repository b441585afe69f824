"""Baselines: plain httpx, one `get()` and `json()`, no model."""

import asyncio
import json

import httpx

from benchmarks import payloads
from benchmarks.measure import Meter, Metrics, check_all, drive
from benchmarks.run import Run

_PATH = f"/v2/persons/{payloads.PERSON}/groups/{payloads.GROUP}/schedules"
_QUERY = {"startDate": f"{payloads.MONDAY}T00:00:00", "endDate": "2026-11-22T23:59:59"}


def raw(run: Run) -> Metrics:
    """httpx with a pool as large as the concurrency, or with its default limits."""
    return asyncio.run(_raw(run))


async def _raw(run: Run) -> Metrics:
    limits = httpx.Limits(
        max_connections=run.workers, max_keepalive_connections=run.workers, keepalive_expiry=60
    )
    if run.variant == "default":
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20)
    headers = {"Access-Token": "example-token-not-a-real-one", "Accept": "application/json"}
    async with httpx.AsyncClient(limits=limits, headers=headers, timeout=60) as client:

        async def get(_number: int) -> object:
            answer = await client.get(run.base_url + _PATH, params=_QUERY)
            answer.raise_for_status()
            return answer.json()

        first = await drive(get, max(run.workers, 20), run.workers)
        check_all(first, json.loads(payloads.week()))
        with Meter(run.calls) as meter:
            results = await drive(get, run.calls, run.workers)
        check_all(results, first[0])
    return meter.metrics(limit=run.workers)
