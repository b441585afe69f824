import pytest

from gateway.core.contract.operation import OPERATIONS
from gateway.core.contract.reading import Reading
from gateway.core.errors import ShapeChanged
from gateway.core.model import DiaryWeek, Mark
from gateway.core.pipeline.validation import validate

MARKS = OPERATIONS["list_marks"]
WEEK = OPERATIONS["get_week"]


def mark(key: int, **fields: object) -> dict[str, object]:
    return {"id": f"demo:mark:{key}", "text": "5", **fields}


def test_good_records_become_models() -> None:
    value, issues = validate(MARKS, Reading([mark(1), mark(2)]), strict=False)
    assert all(isinstance(item, Mark) for item in value)
    assert issues == ()


def test_a_bad_record_costs_only_itself() -> None:
    records = [mark(1), mark(2, value="five"), mark(3)]
    value, issues = validate(MARKS, Reading(records), strict=False)
    assert [item.id for item in value] == ["demo:mark:1", "demo:mark:3"]
    assert [item.path for item in issues] == ["$[1].value"]
    assert "five" not in issues[0].reason


def test_a_bad_record_deep_inside_costs_only_itself() -> None:
    lesson = {"id": "demo:lesson:1", "date": "2026-11-16", "subject": {"name": "Алгебра"}}
    day = {"date": "2026-11-16", "lessons": [lesson, {**lesson, "number": "first"}, lesson]}
    record = {"start": "2026-11-16", "end": "2026-11-22", "days": [day]}
    week, issues = validate(WEEK, Reading(record), strict=False)
    assert isinstance(week, DiaryWeek)
    assert len(week.days[0].lessons) == 2
    assert [item.path for item in issues] == ["$.days[0].lessons[1].number"]


def test_a_bad_record_inside_what_may_be_unloaded_costs_only_itself() -> None:
    teachers = [{"id": "demo:person:1", "name": "Образцова А. П."}, {"name": 7}, {"name": "Б."}]
    lesson = {"id": "demo:lesson:1", "date": "2026-11-16", "subject": {"name": "Алгебра"}}
    day = {"date": "2026-11-16", "lessons": [{**lesson, "teachers": teachers}]}
    record = {"start": "2026-11-16", "end": "2026-11-22", "days": [day]}
    week, issues = validate(WEEK, Reading(record), strict=False)
    assert [item.name for item in week.days[0].lessons[0].teachers] == ["Образцова А. П.", "Б."]
    assert [item.path for item in issues] == ["$.days[0].lessons[0].teachers[1].name"]


def test_more_than_half_bad_is_a_changed_shape() -> None:
    with pytest.raises(ShapeChanged):
        validate(MARKS, Reading([mark(1), {"text": 5}, {"id": 7}]), strict=False)


def test_a_bad_envelope_is_a_changed_shape() -> None:
    with pytest.raises(ShapeChanged) as caught:
        validate(WEEK, Reading({"start": "2026-11-16", "days": []}), strict=False)
    assert caught.value.context["path"] == "$.end"


def test_strict_raises_at_the_first_bad_record() -> None:
    records = [mark(1), mark(2, value="five"), mark(3)]
    with pytest.raises(ShapeChanged) as caught:
        validate(MARKS, Reading(records), strict=True)
    assert "five" not in str(caught.value)


def test_an_unknown_field_is_a_defect_of_ours_and_noted() -> None:
    records = [mark(1), mark(2, surprise=1), mark(3)]
    value, issues = validate(MARKS, Reading(records), strict=False)
    assert len(value) == 2
    assert issues[0].path == "$[1].surprise"
