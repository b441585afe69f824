"""The examples of README and documentation run as they are written, against a sandbox."""

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gateway.sandbox.server import Sandbox, Served

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"<!-- (?:test: (?P<marks>[^>]*)|first-example) -->\n```python\n(?P<code>.*?)```", re.DOTALL
)
WRITTEN_ORIGIN = "http://127.0.0.1:8801"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> list[tuple[str, str]]:
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [(match["marks"] or "dnevnik_ru", match["code"]) for match in found]


TESTED = [page for page in PAGES if blocks(page)]


NO_SANDBOX = "none"
NAMED = {marks.split()[0] for page in TESTED for marks, _ in blocks(page)}


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Served]]:
    with Sandbox(today=date(2026, 11, 20)).serving(
        dict.fromkeys(NAMED - {NO_SANDBOX}, 0)
    ) as places:
        yield {place.provider: place for place in places}


@pytest.mark.parametrize("page", TESTED, ids=lambda page: page.name)
def test_the_examples_of_a_page_run_as_written(
    page: Path, served: dict[str, Served], capsys: pytest.CaptureFixture[str]
) -> None:
    namespace: dict[str, object] = {}
    for marks, code in blocks(page):
        provider = marks.split()[0]
        origin = WRITTEN_ORIGIN if provider == NO_SANDBOX else served[provider].origin
        exec(compile(code.replace(WRITTEN_ORIGIN, origin), page.name, "exec"), namespace)
        if "async" in marks:
            asyncio.run(namespace["main"]())  # type: ignore[operator]
    assert capsys.readouterr().out.strip()


def test_the_first_example_is_at_most_fifteen_lines() -> None:
    (_, code), *_ = blocks(ROOT / "README.md")
    assert len([line for line in code.splitlines() if line.strip()]) <= 15


def test_both_readmes_show_the_same_commands_and_code() -> None:
    fence = re.compile(r"```(?:sh|python)\n(.*?)```", re.DOTALL)
    english, russian = (
        fence.findall((ROOT / name).read_text(encoding="utf-8"))
        for name in ("README.md", "README.ru.md")
    )
    assert english[:3] == russian[:3]
