"""The site's report of missed lessons, read from its page; pure and bounded (notes 4.7)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from gateway_eljur.mapping.context import Record

_READ: Final = 256 * 1024
_MOST_ROWS: Final = 300
_MOST_CELLS: Final = 16
_LONGEST_CELL: Final = 64
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_KEY: Final = re.compile(r"[0-9A-Za-z_-]{1,32}")
_CELLS: Final = frozenset({"td", "th"})
_DAYS: Final = 2
"""Which of the rows that `xls` calls a head tells of whole days: the first names the columns."""

_REASONS: Final = {"b": "illness", "u": "excused", "n": "unexcused"}
_NOTHING: Final[Record] = {"total": 0, "illness": 0, "excused": 0, "unexcused": 0}


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """What was missed in one period; counts are fields of the model.

    Attributes:
        subjects: Lessons by the service's number of their subject.
        days: Whole days; None where the page does not tell them.
    """

    subjects: Mapping[str, Record]
    days: Record | None

    def of(self, subject: str, letters: int) -> Record | None:
        """Counts of a subject; one that the report does not name was not missed.

        Args:
            subject: The service's number of the subject.
            letters: Absences among its marks: then the report is silent, not empty.
        """
        found = self.subjects.get(subject)
        return dict(_NOTHING) if found is None and not letters else found


def absence_report(html: str) -> AbsenceReport | None:
    """The report on a page; None for any other page.

    The reader is not closed: what it holds back is an unfinished tag, on which it would begin
    anew from every `<` in it.
    """
    reader = _Reader()
    reader.feed(html[:_READ])
    subjects: dict[str, Record] = {}
    heads = 0
    days: Record | None = None
    for row in reader.rows:
        counts = _counts(row.cells)
        if row.is_head:
            heads += 1
            days = counts if heads == _DAYS else days
        elif counts is not None and _KEY.fullmatch(row.key) and row.key != "0":
            subjects.setdefault(row.key, counts)
    if not subjects and days is None:
        return AbsenceReport({}, dict(_NOTHING)) if reader.is_empty else None
    return AbsenceReport(subjects, days)


@dataclass(slots=True)
class _Cell:
    reason: str
    text: str = ""


@dataclass(slots=True)
class _Row:
    key: str
    is_head: bool
    cells: list[_Cell] = field(default_factory=list)


def _counts(cells: Sequence[_Cell]) -> Record | None:
    """Total and reasons after the name of a row; None where the total is no number."""
    if len(cells) < _DAYS:
        return None
    total = _number(cells[1])
    if total is None:
        return None
    counts: Record = {"total": total}
    for cell in cells[_DAYS:]:
        name, number = _REASONS.get(cell.reason), _number(cell)
        if name is not None and number is not None:
            counts.setdefault(name, number)
    return counts


def _number(cell: _Cell) -> int | None:
    """The number in a cell; an empty one is zero."""
    text = cell.text.strip()
    if not text:
        return 0
    return int(text) if _NUMBER.fullmatch(text) else None


class _Reader(HTMLParser):
    """Reads rows of tables with their cells, and whether the page says that it is empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[_Row] = []
        self.is_empty = False
        self._cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        if tag == "div" and "page-empty" in given.get("class", "").split():
            self.is_empty = True
        elif tag == "tr":
            self._cell = None
            if len(self.rows) < _MOST_ROWS:
                self.rows.append(_Row(given.get("data-lesson_id", ""), given.get("xls") == "hrow"))
        elif tag in _CELLS and self.rows and len(self.rows[-1].cells) < _MOST_CELLS:
            self._cell = _Cell(given.get("data-reason", "").lower())
            self.rows[-1].cells.append(self._cell)
            self.rows[-1].key = self.rows[-1].key or given.get("data-lesson_id", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS or tag == "tr":
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and len(self._cell.text) < _LONGEST_CELL:
            self._cell.text += data[:_LONGEST_CELL]
