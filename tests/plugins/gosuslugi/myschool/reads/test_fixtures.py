"""Every fixture: its requests, answered as written, become its models."""

import pytest

from tests.plugins.fixture_checks import (
    becomes_its_models,
    covers_what_was_asked,
    ends_in_its_error,
    is_asked_once_and_whole,
    named,
    repeats_itself,
    split,
)
from tests.plugins.gosuslugi.support import cases

READ, REFUSED = split(cases())
ONCE = [
    case
    for case in (*READ, *REFUSED)
    if case.name not in {"everything_fails", "no_lessons", "year_fails"}
]
"""What fails is asked for once more, and these fail again."""


@pytest.mark.parametrize("case", READ, ids=named)
async def test_a_fixture_becomes_its_models(case):
    await becomes_its_models(case)


@pytest.mark.parametrize("case", REFUSED, ids=named)
async def test_a_refused_fixture_ends_in_its_error(case):
    await ends_in_its_error(case)


@pytest.mark.parametrize("case", ONCE, ids=named)
async def test_every_exchange_of_a_fixture_is_asked_for(case):
    await is_asked_once_and_whole(case)


@pytest.mark.parametrize("case", READ, ids=named)
async def test_records_cover_the_days_that_were_asked(case):
    await covers_what_was_asked(case)


async def test_reading_twice_gives_equal_identifiers():
    for case in READ:
        await repeats_itself(case)
