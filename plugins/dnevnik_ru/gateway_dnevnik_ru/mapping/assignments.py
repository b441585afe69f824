"""Works and kinds of work: what marks were given for, and how much it weighs."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from gateway.core.marks import work_kind
from gateway.core.model.marks import WorkKind
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.words import WORKS, known
from gateway_dnevnik_ru.wire.works import BundleWorkType, Work, WorkType

_COARSE: Final = frozenset({WorkKind.CLASSWORK, WorkKind.TEST, WorkKind.CONTROL, WorkKind.UNKNOWN})
"""Kinds of which the school's own word for the work says more."""
_PERIOD_MARK: Final = "PeriodMark"


class Category(NamedTuple):
    """A kind of work as a school names it."""

    name: str | None
    short: str | None
    is_important: bool | None = None
    is_final: bool | None = None
    word: str | None = None
    weight: str | None = None


class ToldWork(NamedTuple):
    """A work as its marks need it.

    Attributes:
        work: The work itself, if it was described.
        is_final: Whether it stands for the result of a period, a year or an exam.
        scale_word: The provider's word for the scale of its marks.
        weight: Weight of its marks, if the kinds of work came with weights.
        assignment: The assignment of the model.
    """

    work: Work | None
    is_final: bool
    scale_word: str | None
    weight: str | None
    assignment: Record | None


def bundle_categories(types: Iterable[BundleWorkType]) -> dict[int, Category]:
    """Kinds of work that stand beside the works that name them."""
    found: dict[int, Category] = {}
    for item in types:
        if item.id not in found:
            found[item.id] = Category(
                plain(item.name),
                plain(item.abbreviation),
                item.is_important,
                item.is_final,
                item.kind,
            )
    return found


def school_categories(types: Iterable[WorkType]) -> dict[int, Category]:
    """Kinds of work of a school, with their weights."""
    return {
        item.id: Category(
            plain(item.title),
            plain(item.abbr),
            word=item.kind,
            weight=None if item.weight is None else str(item.weight),
        )
        for item in types
    }


class Works:
    """Works of one answer by number, with their kinds."""

    __slots__ = ("_categories", "_prefix", "_told", "_works")

    def __init__(
        self, context: MapContext, works: Iterable[Work], categories: Mapping[int, Category]
    ) -> None:
        self._prefix = context.keys.work
        self._works = {work.id: work for work in works}
        self._categories = categories
        self._told: dict[tuple[int | None, int | None], ToldWork] = {}

    def told(self, number: int | None, kind: int | None) -> ToldWork:
        """The work with this number; `kind` is its kind where it is not described."""
        found = self._told.get((number, kind))
        if found is None:
            found = self._told[number, kind] = self._tell(number, kind)
        return found

    def _tell(self, number: int | None, kind: int | None) -> ToldWork:
        work = self._works.get(number) if number is not None else None
        if work is not None and work.work_type is not None:
            kind = work.work_type
        category = self._categories.get(kind) if kind is not None else None
        is_period = work is not None and work.type == _PERIOD_MARK
        return ToldWork(
            work,
            is_period or (category is not None and category.is_final is True),
            work.mark_type if work is not None else None,
            category.weight if category is not None else None,
            self._assignment(number, work, category),
        )

    def _assignment(
        self, number: int | None, work: Work | None, category: Category | None
    ) -> Record | None:
        if number is None and category is None:
            return None
        record: Record = {}
        if number is not None:
            record["id"] = f"{self._prefix}{number}"
        meant = WorkKind.UNKNOWN
        if category is not None:
            _describe(record, category)
        if work is not None:
            meant = known(WORKS, work.type, WorkKind.UNKNOWN)
            _detail(record, work)
        if category is not None and category.name and meant in _COARSE:
            meant = work_kind(category.name) or meant
        if meant is not WorkKind.UNKNOWN:
            record["kind"] = meant
        return record


def _describe(record: Record, category: Category) -> None:
    if category.name:
        record["category"] = category.name
    if category.short:
        record["category_short"] = category.short
    if category.is_important is not None:
        record["is_important"] = category.is_important


def _detail(record: Record, work: Work) -> None:
    title = plain(work.text)
    if title:
        record["title"] = title
    if work.type:
        record["kind_text"] = work.type
    if work.is_important is not None:
        record["is_important"] = work.is_important
