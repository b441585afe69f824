"""Works and kinds of work: what marks were given for, and how much it weighs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gateway.core.marks import work_kind
from gateway.core.model.marks import WorkKind
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.text import plain
from gateway_dnevnik_ru.mapping.words import WORKS, known
from gateway_dnevnik_ru.wire.works import BundleWorkType, Work, WorkType

_COARSE: Final = frozenset({WorkKind.CLASSWORK, WorkKind.TEST, WorkKind.CONTROL, WorkKind.UNKNOWN})
"""Kinds of which the school's own word for the work says more."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of work as a school names it."""

    name: str | None
    short: str | None
    is_important: bool | None = None
    is_final: bool | None = None
    word: str | None = None
    weight: str | None = None


def bundle_categories(types: Iterable[BundleWorkType]) -> dict[int, Category]:
    """Kinds of work that stand beside the works that name them."""
    return {
        item.id: Category(
            plain(item.name),
            plain(item.abbreviation),
            item.is_important,
            item.is_final,
            item.kind,
        )
        for item in types
    }


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

    __slots__ = ("_assignments", "_categories", "_context", "_works")

    def __init__(
        self,
        context: MapContext,
        works: Iterable[Work],
        categories: Mapping[int, Category] | None = None,
    ) -> None:
        self._context = context
        self._works = {work.id: work for work in works}
        self._categories = categories or {}
        self._assignments: dict[tuple[int | None, int | None], Record | None] = {}

    def get(self, number: int | None) -> Work | None:
        """The work, if it was described."""
        return self._works.get(number) if number is not None else None

    def is_final(self, work: Work) -> bool:
        """Whether the work stands for the result of a period, a year or an exam."""
        category = self.category(work, work.work_type)
        word = (work.type or "").lower()
        return word == "periodmark" or (category is not None and category.is_final is True)

    def scale_word(self, number: int | None) -> str | None:
        """The provider's word for the scale of a work's marks."""
        work = self.get(number)
        return work.mark_type if work else None

    def category(self, work: Work | None, number: int | None) -> Category | None:
        """The kind of a work, or of a mark whose work is not described."""
        if work is not None and work.work_type is not None:
            number = work.work_type
        return self._categories.get(number) if number is not None else None

    def weight(self, number: int | None, kind: int | None) -> str | None:
        """The weight of a work's marks, if the kinds came with weights."""
        category = self.category(self.get(number), kind)
        return category.weight if category else None

    def assignment(self, number: int | None, kind: int | None) -> Record | None:
        """What a mark was given for."""
        key = (number, kind)
        if key not in self._assignments:
            self._assignments[key] = self._assignment(number, kind)
        return self._assignments[key]

    def _assignment(self, number: int | None, kind: int | None) -> Record | None:
        work = self.get(number)
        category = self.category(work, kind)
        if number is None and category is None:
            return None
        record: Record = {}
        if number is not None:
            record["id"] = f"{self._context.keys.work}{number}"
        meant = WorkKind.UNKNOWN
        if work is not None:
            meant = known(WORKS, work.type, WorkKind.UNKNOWN)
            record.update(_told_by_work(work))
        if category is not None:
            if category.name and meant in _COARSE:
                meant = work_kind(category.name) or meant
            record = {**_told_by_category(category), **record}
        if meant is not WorkKind.UNKNOWN:
            record["kind"] = meant
        return record


def _told_by_work(work: Work) -> Record:
    fields: Record = {
        "title": plain(work.text),
        "kind_text": work.type,
        "is_important": work.is_important,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _told_by_category(category: Category) -> Record:
    fields: Record = {
        "category": category.name,
        "category_short": category.short,
        "is_important": category.is_important,
    }
    return {key: value for key, value in fields.items() if value is not None}
