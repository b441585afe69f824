"""Two providers' answers are compared by what both declare to tell, and by nothing less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from gateway.core.contract.capability import native
from gateway.core.model import (
    NOT_LOADED,
    Answer,
    GradingScale,
    Homework,
    Lesson,
    LessonStatus,
    Mark,
    Reference,
)
from gateway.testing import assert_equal_diaries, project
from gateway.testing.projection import declared_fields

MOSCOW = timezone(timedelta(hours=3))
DAY = date(2025, 11, 20)


def lesson(provider: str, place: int, **fields: Any) -> Lesson:
    start = datetime(2025, 11, 20, 7 + place, tzinfo=MOSCOW)
    return Lesson(
        **{
            "id": f"{provider}:lesson:{place}",
            "date": DAY,
            "number": place,
            "starts_at": start if provider == "one" else start.astimezone(UTC),
            "ends_at": start + timedelta(minutes=45),
            "subject": Reference(id=f"{provider}:subject:7", name="Физика"),
            "teachers": (Reference(id=f"{provider}:person:{place}", name="Примеров И. П."),),
            "status": LessonStatus.HELD,
            "status_text": provider,
            **fields,
        }
    )


LACKING = frozenset(
    f"Lesson.{name}"
    for name in Lesson.model_fields
    if name not in {"id", "date", "number", "starts_at", "ends_at", "subject", "teachers", "status"}
)
BOTH = (native(absent=LACKING), native(absent=LACKING))


def test_identity_provenance_and_order_do_not_matter(capsys: pytest.CaptureFixture[str]) -> None:
    ours = Answer((lesson("one", 1), lesson("one", 2)), "one", datetime.now(UTC))
    theirs = Answer((lesson("two", 2), lesson("two", 1)), "two", datetime.now(UTC), stale=True)
    assert_equal_diaries(ours, theirs, support=BOTH)
    printed = capsys.readouterr().out
    assert "compared 2 records by " in printed
    assert "Lesson.starts_at" in printed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 3),
        ("ends_at", datetime(2025, 11, 20, 9, tzinfo=UTC)),
        ("status", LessonStatus.CANCELLED),
        ("subject", Reference(id="two:subject:7", name="Химия")),
        ("teachers", ()),
    ],
)
def test_a_difference_is_told_with_its_path(field: str, value: object) -> None:
    other = lesson("two", 1, **{field: value})
    with pytest.raises(AssertionError, match=rf"\$\[0\]\.{field}"):
        assert_equal_diaries([lesson("one", 1)], [other], support=BOTH)


def test_a_missing_record_is_a_difference() -> None:
    ours = [lesson("one", 1), lesson("one", 2)]
    with pytest.raises(AssertionError, match="2 against 1"):
        assert_equal_diaries(ours, [lesson("two", 1)], support=BOTH)


def test_fields_that_one_provider_lacks_are_not_compared() -> None:
    lacks = native(absent=LACKING | {"Lesson.number"})
    other = lesson("two", 1, number=None)
    assert_equal_diaries([lesson("one", 1)], [other], support=(BOTH[0], lacks))
    with pytest.raises(AssertionError, match="number"):
        assert_equal_diaries([lesson("one", 1)], [other], support=BOTH)


def test_comparing_fewer_fields_than_declared_fails() -> None:
    silent = {"number": None}
    ours, theirs = [lesson("one", 1, **silent)], [lesson("two", 1, **silent)]
    with pytest.raises(AssertionError, match=r"Lesson\.number is declared by both, and there was"):
        assert_equal_diaries(ours, theirs, support=BOTH)
    reason = {"Lesson.number": "no numbered lesson on this day"}
    assert_equal_diaries(ours, theirs, support=BOTH, exceptions=reason)


@pytest.mark.parametrize(
    ("exceptions", "says"),
    [({"Lesson.number": " "}, "without a reason"), ({"Lesson.topic": "why not"}, "not declared")],
)
def test_exceptions_are_checked_too(exceptions: dict[str, str], says: str) -> None:
    pair = [lesson("one", 1)], [lesson("two", 1)]
    with pytest.raises(AssertionError, match=says):
        assert_equal_diaries(*pair, support=BOTH, exceptions=exceptions)


def test_two_empty_answers_are_no_proof() -> None:
    with pytest.raises(AssertionError, match="nothing to compare"):
        assert_equal_diaries((), (), support=BOTH)


def test_what_is_not_loaded_is_not_compared() -> None:
    def task(provider: str, *, done: Any) -> Homework:
        return Homework(
            id=f"{provider}:homework:1",
            subject=Reference(name="Физика"),
            text="§ 5",
            html=f"<p>{provider}</p>",
            is_done=done,
        )

    told = frozenset({"id", "subject", "text", "is_done"})
    absent = frozenset(f"Homework.{name}" for name in Homework.model_fields if name not in told)
    both = (native(absent=absent), native(absent=absent))
    with pytest.raises(AssertionError, match=r"is_done: True against False"):
        assert_equal_diaries([task("one", done=True)], [task("two", done=False)], support=both)
    unloaded = [task("one", done=True)], [task("two", done=NOT_LOADED)]
    with pytest.raises(AssertionError, match=r"is_done is declared by both, and there was nothing"):
        assert_equal_diaries(*unloaded, support=both)
    reason = {"Homework.is_done": "the second provider tells it with the task alone"}
    assert_equal_diaries(*unloaded, support=both, exceptions=reason)


def test_numbers_are_equal_whatever_their_zeros() -> None:
    mark = Mark(id="one:mark:1", text="5", scale=GradingScale.FIVE_POINT, value=Decimal("5.00"))
    same = mark.model_copy(update={"id": "two:mark:9", "value": Decimal(5)})
    assert project(mark).records == project(same).records


def test_a_projection_keeps_only_what_is_declared() -> None:
    made = project(lesson("one", 1), declared={"Lesson.date", "Lesson.subject", "Reference.name"})
    assert made.records == ({"date": "2025-11-20", "subject": {"name": "Физика"}},)
    assert made.told == {"Lesson.date", "Lesson.subject", "Reference.name"}


def test_declared_fields_reach_into_models_and_drop_what_cannot_be_equal() -> None:
    names = declared_fields(Homework, replace(native(), absent_fields=frozenset({"Homework.text"})))
    assert {"Homework.due_on", "Attachment.name", "Reference.name"} <= names
    dropped = {"Homework.id", "Homework.html", "Homework.text", "Homework.lesson_id"}
    assert not dropped & names
    assert "Homework.submission_text" not in names
