"""Every fixture: its requests, answered as written, become its models."""

import pytest

from gateway.core.errors import GatewayError
from tests.plugins.dnevnik_ru.support import Case, as_json, cases, make_adapter

CASES = list(cases())
READ = [case for case in CASES if "error" not in case.data]
REFUSED = [case for case in CASES if "error" in case.data]


def name_of(case: Case) -> str:
    return f"{case.operation}-{case.name}"


@pytest.mark.parametrize("case", READ, ids=name_of)
async def test_a_fixture_becomes_its_models(case):
    adapter = make_adapter()
    link = case.link(adapter)
    reading = await case.read(adapter, link)
    value, dropped = as_json(case.operation, reading)
    assert value == case.data["expected"]
    noted = [f"{issue.path}: {issue.reason}" for issue in [*link.noted, *dropped]]
    assert noted == case.data.get("issues", [])
    assert reading.next_cursor == case.data.get("next_cursor")


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
async def test_a_refused_fixture_ends_in_its_error(case):
    adapter = make_adapter()
    with pytest.raises(GatewayError) as raised:
        await case.read(adapter, case.link(adapter))
    assert raised.value.code == case.data["error"]


@pytest.mark.parametrize("case", CASES, ids=name_of)
async def test_every_exchange_of_a_fixture_is_asked_for_and_none_twice(case):
    adapter = make_adapter()
    link = case.link(adapter)
    try:
        await case.read(adapter, link)
    except GatewayError:
        assert "error" in case.data
    assert link.used == set(range(len(case.data["exchanges"])))
    assert len(link.asked) == len(link.used)


@pytest.mark.parametrize("case", READ, ids=name_of)
async def test_records_cover_the_days_that_were_asked(case):
    adapter = make_adapter()
    reading = await case.read(adapter, case.link(adapter))
    arguments = case.arguments()
    if "start" in arguments:
        assert (reading.covered.start, reading.covered.end) == (
            arguments["start"],
            arguments["end"],
        )
        days = [record.get("date") or record.get("due_on") for record in reading.records]
        assert all(
            arguments["start"].isoformat() <= day <= arguments["end"].isoformat()
            for day in days
            if isinstance(day, str)
        )


async def test_reading_twice_gives_equal_identifiers():
    adapter = make_adapter()
    for case in READ:
        first, _ = as_json(case.operation, await case.read(adapter, case.link(adapter)))
        again, _ = as_json(case.operation, await case.read(adapter, case.link(adapter)))
        assert first == again
