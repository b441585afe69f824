"""Homework that is told without its lessons: by subject, or by class (notes 4.4)."""

from collections import defaultdict
from collections.abc import Iterable

from gateway.core.model.base import Reference
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.homework import homework_records
from gateway_eljur.mapping.lessons import PlacedLesson, unnumbered_keys
from gateway_eljur.mapping.references import subject_of
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import keyed, switch
from gateway_eljur.wire.diary import Day, Lesson


def assigned_records(
    context: MapContext, days: Iterable[tuple[str, Day]], lessons: Iterable[PlacedLesson]
) -> list[Record]:
    """Pieces of homework at the lessons of the timetable, as the diary would show them.

    Where a day has several lessons that fit, nothing tells which is meant: such homework is known
    by its subject and names no lesson.

    Args:
        context: Where they belong.
        days: Days with homework.
        lessons: The timetable of these days, as far as it is known.
    """
    by_day: dict[str, list[PlacedLesson]] = defaultdict(list)
    for lesson in lessons:
        by_day[str(lesson.record["date"])].append(lesson)
    return [
        record
        for day, told in days
        for record in homework_records(context, _placed(context, day, told, by_day[day]))
    ]


def _placed(
    context: MapContext, day: str, told: Day, lessons: list[PlacedLesson]
) -> list[PlacedLesson]:
    alike: dict[tuple[str, str], list[Lesson]] = {}
    for key, item in keyed(told.items):
        if switch(item.individual_exists):
            context.note("$.items[].individual_exists", "homework of single students is not told")
        name = label(item.name) or label(key) or ""
        alike.setdefault((name, label(item.grp) or ""), []).append(item)
    found: list[PlacedLesson] = []
    free = list(lessons)
    for (name, group), items in sorted(alike.items(), key=lambda item: not item[0][1]):
        fitting = _fitting(free, name, group)
        if len(fitting) == len(items):
            found += [
                PlacedLesson(item, lesson.record, lesson.keys)
                for item, lesson in zip(items, fitting, strict=True)
            ]
            free = [lesson for lesson in free if lesson not in fitting]
        else:
            found += _unplaced(context, day, name, group, items)
    order = {lesson.keys: index for index, lesson in enumerate(lessons)}
    return sorted(found, key=lambda item: order.get(item.keys, len(order)))


def _fitting(lessons: list[PlacedLesson], name: str, group: str) -> list[PlacedLesson]:
    """Lessons of a subject in a group; without a group also those of any, if there are no other."""
    named = [item for item in lessons if label(item.lesson.name) == name]
    exact = [item for item in named if (label(item.lesson.grp) or "") == group]
    return exact if exact or group else named


def _unplaced(
    context: MapContext, day: str, name: str, group: str, items: list[Lesson]
) -> list[PlacedLesson]:
    subject: Reference = subject_of(context.keys.subject, None, name)
    keys = unnumbered_keys(context, day, name, group)
    return [
        PlacedLesson(
            item, {"subject": subject, "date": day}, (*keys, str(index)) if index else keys
        )
        for index, item in enumerate(items)
    ]
