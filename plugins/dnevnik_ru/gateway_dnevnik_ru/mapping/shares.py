"""The class's results beside one mark."""

from collections.abc import Iterable, Sequence

from gateway.core.text.printed import printed
from gateway_dnevnik_ru.mapping.context import Record
from gateway_dnevnik_ru.wire.marks import Histogram
from gateway_dnevnik_ru.wire.mobile_marks import MarkCategory


def share_records(categories: Sequence[MarkCategory], number_in_cell: int) -> list[Record]:
    """The class's results for one value of a cell, from the app's interface."""
    numbers = {item.mark_number or 0 for item in categories}
    wanted = number_in_cell if number_in_cell in numbers else min(numbers, default=0)
    return _shares(
        (printed(item.value), item.student_count)
        for item in categories
        if (item.mark_number or 0) == wanted
    )


def histogram_records(histogram: Histogram, number_in_cell: int) -> list[Record]:
    """The class's results for one value of a cell, from the partner interface."""
    tables = {item.mark_number or 0: item.marks or [] for item in histogram.mark_numbers or ()}
    wanted = number_in_cell if number_in_cell in tables else min(tables, default=0)
    return _shares((printed(item.value), item.count) for item in tables.get(wanted, ()))


def _shares(counts: Iterable[tuple[str | None, int | None]]) -> list[Record]:
    told = [(text, count) for text, count in counts if text and count is not None and count >= 0]
    total = sum(count for _, count in told)
    return [
        {"text": text, "students": count, "share": count / total if total else None}
        for text, count in told
    ]
