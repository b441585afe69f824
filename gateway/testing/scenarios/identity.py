"""Are things known by the same id always and to everybody?

Scenarios: `ids_are_stable` (case: read), `ids_are_no_positions` (case: dated read),
`ids_are_the_same_for_everybody`.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from gateway.core.contract.declaration import Quality
from gateway.core.errors import InvalidId
from gateway.core.ids import parse_id
from gateway.core.model import NOT_LOADED, Model
from gateway.testing.bench import Bench, copy_of
from gateway.testing.findings import Findings, NotApplicable, findings
from gateway.testing.scenario import dated_reads, reads, scenario, scenario_for
from gateway.testing.sweep import Read, sweep_of
from gateway.testing.walking import days_of, ids_in, own_id, own_ids, records_of

_PERSONAL: Final = frozenset(
    {"list_messages", "get_message", "list_recipients", "list_notifications", "list_applications"}
)
"""Reads about the person who signed in: two accounts need not see the same."""

_DIFFERENT: Final = 2
_WHAT: Final = ("date", "due_on", "start", "number", "lesson_number", "subject", "text", "period")
"""Fields by which a person would say that two records are the same thing."""


@scenario_for(reads, Quality.BRONZE)
async def ids_are_stable(bench: Bench, operation: str) -> None:
    """Ids parse, name this provider, are unique in a list, and stay between two polls."""
    with findings() as found:
        for read in (await sweep_of(bench)).answered(operation):
            for where, text in ids_in(read.answer.value):
                try:
                    provider = parse_id(text).provider
                except InvalidId:
                    found.add(f"{read}: {where} is no id")
                else:
                    found.check(provider == bench.provider, f"{read}: {where} of {provider}")
            ids = own_ids(read.answer)
            found.check(len(set(ids)) == len(ids), f"{read}: two records share an id")
            if read.second is not None:
                same = ids == own_ids(read.second)
                found.check(same, f"{read}: a second poll gives other ids")


@scenario_for(dated_reads, Quality.BRONZE)
async def ids_are_no_positions(bench: Bench, operation: str) -> None:
    """A shorter range gives the same things the same ids: none counts places in a list."""
    sweep = await sweep_of(bench)
    read = sweep.richest(operation)
    if not own_ids(read.answer):
        raise NotApplicable("its records have no ids of their own")
    days = sorted({span[0] for item in read.records if (span := days_of(item))})
    if len(days) < _DIFFERENT:
        raise NotApplicable("the usual range holds a single day of it")
    later = days[len(days) // 2]
    async with bench.gateway(await copy_of(sweep.store_of(read), bench)) as gateway:
        diary = await gateway.diary(read.call.student, account=read.call.account)
        shorter = await getattr(diary, operation)(**{**read.call.arguments, "start": later})
    whole = _by_id(read.records)
    with findings() as found:
        for record in records_of(shorter):
            known = whole.get(own_id(record) or "")
            if known is None:
                found.add(f"{type(record).__name__} gets another id in a shorter range")
            else:
                _compare(found, known, record, "in a shorter range")


@scenario(Quality.BRONZE)
async def ids_are_the_same_for_everybody(bench: Bench) -> None:
    """Two accounts that see the same child see its lessons, marks and so on under the same ids."""
    sweep = await sweep_of(bench)
    groups: dict[tuple[str, str], list[Read]] = {}
    for read in sweep.answered():
        if read.call.student and read.call.operation.name not in _PERSONAL:
            groups.setdefault((read.call.student, read.call.operation.name), []).append(read)
    shared = [group for group in groups.values() if len(group) > 1]
    if not shared:
        raise NotApplicable("no child is seen by two accounts")
    with findings() as found:
        for first, second in (pair for group in shared for pair in combinations(group, 2)):
            ours, theirs = _records(first), _records(second)
            common = ours.keys() & theirs.keys()
            if ours and theirs:
                where = f"{first} and for {second.door.account.label}"
                found.check(bool(common), f"{where}: not one id in common")
            for key in common:
                _compare(found, ours[key], theirs[key], f"of {first.call.operation.name}")


def _compare(found: Findings, ours: Model, theirs: Model, where: str) -> None:
    for field in _differing(ours, theirs):
        found.add(f"an id stands for two things {where}: {type(ours).__name__}.{field} differs")


def _differing(ours: Model, theirs: Model) -> Iterator[str]:
    for field in _WHAT:
        one, other = getattr(ours, field, None), getattr(theirs, field, None)
        untold = any(value is None or value is NOT_LOADED for value in (one, other))
        if not untold and one != other:
            yield field


def _records(read: Read) -> Mapping[str, Model]:
    return _by_id(read.records)


def _by_id(records: tuple[Model, ...]) -> dict[str, Model]:
    return {found: record for record in records if (found := own_id(record)) is not None}
