"""Fixtures as data: what the service answered → what becomes of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway import normalize

FIXTURES = Path(__file__).parent / "fixtures"
CASES = sorted(FIXTURES.glob("*/*.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_recorded_answer_becomes_the_expected_records(path: Path) -> None:
    """Reads a fixture offline, as captured payloads are read."""
    fixture: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    result = normalize(
        "lighthouse",
        path.parent.name,
        {path.name: path.read_bytes()},
        student={"person": "student-1"},
    ).to_json()
    issues: Any = result["issues"]
    assert [issue["path"] for issue in issues] == fixture.get("issues", [])
    assert result["unmapped"] == {}
    records: Any = result["value"]
    assert [
        {name: record[name] for name in expected}
        for record, expected in zip(records, fixture["expected"], strict=True)
    ] == fixture["expected"]
