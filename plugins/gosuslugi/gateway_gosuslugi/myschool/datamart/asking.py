"""Asking the data call: batches, hashes, and once more for what was left out (notes 4.3)."""

from collections.abc import Mapping, Sequence
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.wire.request import Body
from gateway_gosuslugi.myschool.datamart.merging import DataStatus, merged
from gateway_gosuslugi.myschool.datamart.notebook import Held, drop, held, keep
from gateway_gosuslugi.myschool.datamart.pool import Pool
from gateway_gosuslugi.myschool.datamart.queries import Query
from gateway_gosuslugi.myschool.routes import API, DATAMART
from gateway_gosuslugi.myschool.wire.datamart import Item, RawRecord

BATCH: Final = 10
"""Queries in one request: what clients send at most."""

NOT_TOLD: Final = "the answer leaves it out"
FAILED: Final = "the service failed at it"


async def ask(
    link: DiaryLink, queries: Sequence[Query], *, tells: Sequence[str] | None = None
) -> Pool:
    """Asks everything, and once more what failed, was left out, or cannot be merged.

    What even then has no answer is noted.

    Args:
        link: On whose behalf.
        queries: What is asked; a hash goes along where the data that it stands for are held.
        tells: Fields that are told, where the call can do without.
    """
    pool = Pool(queries)
    bases = {query: found for query in pool.queries if (found := held(link.memo, query))}
    while left := pool.left():
        before = len(left), len(bases), len(pool.failed)
        if not await _round(link, pool, left, bases, tells):
            return pool
        if before == (len(pool.left()), len(bases), len(pool.failed)):
            break
    for query in pool.left():
        reason = FAILED if query in pool.failed else NOT_TOLD
        link.note(f"$.{query.obj_type}[{query.interval}]", reason)
    return pool


async def _round(
    link: DiaryLink,
    pool: Pool,
    queries: Sequence[Query],
    bases: dict[Query, Held],
    tells: Sequence[str] | None,
) -> bool:
    """Asks once; False where it could not be had and need not be."""
    parts = [queries[start : start + BATCH] for start in range(0, len(queries), BATCH)]
    answers = await link.gather(*(_batch(link, part, bases, tells) for part in parts))
    for items in answers:
        for item in items or ():
            _take(link, pool, item, bases)
    return any(items is not None for items in answers)


async def _batch(
    link: DiaryLink,
    queries: Sequence[Query],
    bases: Mapping[Query, Held],
    tells: Sequence[str] | None,
) -> list[Item] | None:
    body = Body.of_json([_asked(query, bases.get(query)) for query in queries])
    if tells is None:
        return await link.read(
            list[Item], API, DATAMART, method="POST", body=body, template=DATAMART
        )
    return await link.enrich(
        list[Item], API, DATAMART, tells=tells, method="POST", body=body, template=DATAMART
    )


def _asked(query: Query, base: Held | None) -> dict[str, str]:
    asked = {
        "obj_type": query.obj_type,
        "student_id": query.student,
        "interval_id": query.interval,
    }
    return asked if base is None else {**asked, "hash": base.hash}


def _take(link: DiaryLink, pool: Pool, item: Item, bases: dict[Query, Held]) -> None:
    """Files one item of an answer by its own keys: its place in the answer means nothing."""
    query = Query(item.obj_type, str(item.student_id), str(item.interval_id))
    if query in pool.told:
        return
    base = bases.get(query)
    records = _whole(item, base)
    if query not in pool.queries:
        if records:
            pool.take_unasked(query, records)
    elif records is not None:
        pool.told[query] = records
        pool.failed.discard(query)
        if item.data_status == DataStatus.ACTUAL:
            return
        if item.hash:
            keep(link.memo, query, Held(item.hash, records))
        else:
            drop(link.memo, query)
    elif item.data_status == DataStatus.ERROR:
        pool.failed.add(query)
    elif base is not None:
        del bases[query]
        drop(link.memo, query)
    else:
        pool.failed.add(query)


def _whole(item: Item, base: Held | None) -> list[RawRecord] | None:
    """All records of an interval; None where the item and what is held do not make them."""
    match item.data_status:
        case DataStatus.ERROR:
            return None
        case DataStatus.ACTUAL:
            fits = base is not None and item.hash in {None, base.hash}
            return base.records if base is not None and fits else None
        case DataStatus.DELTA:
            if base is None or item.prev_hash != base.hash:
                return None
            return merged(base.records, item.data or [])
        case DataStatus.SNAPSHOT:
            return item.data or []
        case _:
            return item.data
