"""What every fixture of every plugin has to keep."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

import pytest

from gateway.core.errors import GatewayError
from tests.plugins.support import Case, as_json


def split(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """The fixtures that are read, and those that end in an error."""
    read: list[Case] = []
    refused: list[Case] = []
    for case in cases:
        (refused if "error" in case.data else read).append(case)
    return read, refused


def named(case: Case) -> str:
    """How a test calls a fixture."""
    return f"{case.operation}-{case.name}"


async def becomes_its_models(case: Case) -> None:
    """Its answers become its models, with its issues and its cursor."""
    adapter = case.sample.make_adapter()
    link = case.link(adapter)
    reading = await case.read(adapter, link)
    value, dropped = as_json(case.operation, reading)
    assert value == case.data["expected"]
    noted = [f"{issue.path}: {issue.reason}" for issue in [*link.noted, *dropped]]
    assert noted == case.data.get("issues", [])
    assert reading.next_cursor == case.data.get("next_cursor")


async def ends_in_its_error(case: Case) -> None:
    """Its answers end in its error."""
    adapter = case.sample.make_adapter()
    with pytest.raises(GatewayError) as raised:
        await case.read(adapter, case.link(adapter))
    assert raised.value.code == case.data["error"]


async def is_asked_once_and_whole(case: Case) -> None:
    """Each of its exchanges is asked for, and none twice."""
    adapter = case.sample.make_adapter()
    link = case.link(adapter)
    try:
        await case.read(adapter, link)
    except GatewayError:
        assert "error" in case.data
    assert link.used == set(range(len(case.data["exchanges"])))
    assert len(link.asked) == len(link.used)


async def covers_what_was_asked(case: Case) -> None:
    """Its records lie between the days that were asked."""
    adapter = case.sample.make_adapter()
    reading = await case.read(adapter, case.link(adapter))
    arguments = case.arguments()
    if "start" in arguments:
        start, end = arguments["start"], arguments["end"]
        assert reading.covered is not None
        assert (reading.covered.start, reading.covered.end) == (start, end)
        assert not isinstance(reading.records, dict)
        days = [record.get("date") or record.get("due_on") for record in reading.records]
        assert all(
            start.isoformat() <= day <= end.isoformat() for day in days if isinstance(day, str)
        )


async def repeats_itself(case: Case) -> None:
    """A second reading gives the same, identifiers included."""
    adapter = case.sample.make_adapter()
    first, _ = as_json(case.operation, await case.read(adapter, case.link(adapter)))
    again, _ = as_json(case.operation, await case.read(adapter, case.link(adapter)))
    assert first == again


class FixtureChecks:
    """All of it for the fixtures of one provider, whose tests inherit this and name them."""

    cases: ClassVar[Sequence[Case]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """A test takes the fixtures that are read, those that are refused, or all of them."""
        read, refused = split(self.cases)
        for name, cases in (("read", read), ("refused", refused), ("either", [*read, *refused])):
            if name in metafunc.fixturenames:
                metafunc.parametrize(name, cases, ids=named)

    async def test_a_fixture_becomes_its_models(self, read: Case) -> None:
        await becomes_its_models(read)

    async def test_a_refused_fixture_ends_in_its_error(self, refused: Case) -> None:
        await ends_in_its_error(refused)

    async def test_every_exchange_of_a_fixture_is_asked_for_and_none_twice(
        self, either: Case
    ) -> None:
        await is_asked_once_and_whole(either)

    async def test_records_cover_the_days_that_were_asked(self, read: Case) -> None:
        await covers_what_was_asked(read)

    async def test_reading_twice_gives_equal_identifiers(self) -> None:
        for case in split(self.cases)[0]:
            await repeats_itself(case)
