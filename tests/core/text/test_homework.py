import pytest

from gateway.core.text import sets_something

NOTHING = [None, "", " . ", "…", "—", "Не задано", "не задано.", "\n-\n", "БЕЗ ЗАДАНИЯ."]


@pytest.mark.parametrize("text", NOTHING)
def test_what_teachers_write_for_nothing_sets_nothing(text: str | None) -> None:
    assert not sets_something(text)


@pytest.mark.parametrize("text", ["№ 5", "§ 3.", "Не задано устно: читать § 3", "-5 + 3"])
def test_anything_else_sets_something(text: str) -> None:
    assert sets_something(text)
