"""Words that nobody has told us of do not break an answer."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from gateway.core.errors import LoginError
from gateway.core.ids import Ids
from gateway_lighthouse import mapping, words
from gateway_lighthouse.wire import Absence, Day, Named, Period

SCHOOL = mapping.School(Ids("lighthouse"), "student-1", ZoneInfo("Europe/Moscow"))
PHYSICS = Named("subject-7", "Физика")


def test_an_unknown_kind_of_period_keeps_its_word() -> None:
    """The kind is UNKNOWN, the word travels along."""
    period = Period("p", "fifth", "1 пятая часть", 1, 2025, date(2025, 9, 1), date(2025, 10, 1))
    (record,) = mapping.period_records(SCHOOL, [period])
    assert (record["kind"], record["kind_text"]) == ("unknown", "fifth")


@pytest.mark.parametrize(
    ("kind", "cause", "status", "excused"),
    [
        ("absent", None, "absent", None),
        ("absent", "ill", "illness", True),
        ("absent", "unexcused", "unexcused", False),
        ("late", "ill", "tardy", None),
        ("teleported", None, "unknown", None),
    ],
)
def test_the_cause_of_an_absence_says_more_than_the_word(
    kind: str, cause: str | None, status: str, excused: bool | None
) -> None:
    """Illness is an excuse, truancy is none, and of the rest we do not know."""
    note = Absence("a", "l", PHYSICS, kind, cause=cause)
    day = Day(date(2025, 9, 1), (), (), (), (note,))
    (record,) = mapping.attendance_records(SCHOOL, [day])
    assert (record["status"], record["is_excused"]) == (status, excused)


def test_every_word_of_refusal_is_an_error_of_signing_in() -> None:
    """So a refusal never escapes as something that nobody can mend."""
    assert all(issubclass(error, LoginError) for error in words.REFUSALS.values())
