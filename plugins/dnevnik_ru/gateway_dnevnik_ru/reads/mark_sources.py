"""What marks need beside themselves: lessons, works, and the school's kinds of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway.core.wire.request import Body
from gateway_dnevnik_ru.mapping.assignments import Category, Works, school_categories
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.marks import mark_records
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import Subjects, subject_of
from gateway_dnevnik_ru.reads.base import DnevnikBase, native_or_none
from gateway_dnevnik_ru.routes import (
    API,
    GROUP_SUBJECTS,
    LESSONS,
    MARKS,
    SUBJECT_MARKS,
    WORK_TYPES,
    WORKS,
    fill,
)
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.schedule import Lesson
from gateway_dnevnik_ru.wire.schools import Subject
from gateway_dnevnik_ru.wire.works import Work, WorkType

LESSONS_TELL = ("Mark.subject", "Mark.date")
WORKS_TELL = ("Mark.scale", "Mark.assignment")
WEIGHTS_TELL = ("Mark.weight", "Assignment.category")
_MOST_IDS = 200
"""Identifiers in one bulk request; the service's own limit is not known."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around some marks."""

    lessons: dict[int, PlacedLesson]
    works: Works
    subjects: Subjects


class MarkSources(DnevnikBase):
    """Reads marks with what they belong to."""

    async def dressed(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        marks: Sequence[Mark],
        categories: Mapping[int, Category],
    ) -> list[Record]:
        """Marks with their lessons, works and subjects."""
        around = await self.around(link, student, context, marks, categories)
        return mark_records(
            context, marks, works=around.works, subjects=around.subjects, lessons=around.lessons
        )

    def marks_route(
        self,
        student: StudentRef,
        start: date,
        end: date,
        subject: str | None = None,
    ) -> tuple[str, str]:
        """Template and path of the marks for lessons between two days."""
        person = self.native(student, "person")
        if subject is not None:
            return SUBJECT_MARKS, fill(
                SUBJECT_MARKS, person=person, subject=subject, start=start, end=end
            )
        school = self.native(student, "school")
        return MARKS, fill(MARKS, person=person, school=school, start=start, end=end)

    async def around(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        marks: Sequence[Mark],
        categories: Mapping[int, Category],
    ) -> Surroundings:
        """Lessons and works of marks; works are asked for where no lesson holds them."""
        lessons = await self._lessons(link, marks)
        works = [work for lesson in lessons for work in lesson.works or ()]
        told = {work.id for work in works}
        missing = {item.work for item in marks if item.work is not None} - told
        if missing:
            works += await self._works(link, sorted(missing))
        placed: dict[int, PlacedLesson] = {}
        for lesson in lessons:
            day = context.clock.day(lesson.date)
            if day is not None:
                subject = subject_of(context, lesson.subject)
                placed[lesson.id] = PlacedLesson(day, lesson.number, subject)
        described = [lesson.subject for lesson in lessons if lesson.subject is not None]
        needed = {work.subject_id for work in works if work.id in missing} - {None}
        if needed - {subject.id for subject in described}:
            described += await self.subjects_of(link, student)
        return Surroundings(placed, Works(context, works, categories), Subjects(context, described))

    async def categories(self, link: DiaryLink, student: StudentRef) -> dict[int, Category]:
        """The school's kinds of work; read once a day, as far as the memo keeps them."""
        school = self.native(student, "school")
        key = f"work-types/{school}"
        today = link.today(link.zone_of(student).key).isoformat()
        noted = _noted(link.memo.get(key), today)
        if noted is not None:
            return school_categories(noted)
        types = await link.enrich(
            list[WorkType],
            API,
            fill(WORK_TYPES, school=school),
            template=WORK_TYPES,
            tells=WEIGHTS_TELL,
        )
        if types is None:
            return {}
        link.memo.put(key, f"{today} {msgspec.json.encode(types).decode()}")
        return school_categories(types)

    async def subjects_of(self, link: DiaryLink, student: StudentRef) -> list[Subject]:
        """Names of the class's subjects; none where they cannot be had."""
        group = native_or_none(student, "group")
        if group is None:
            return []
        path = fill(GROUP_SUBJECTS, group=group)
        told = await link.enrich(
            list[Subject], API, path, template=GROUP_SUBJECTS, tells=("Reference.name",)
        )
        return told or []

    async def _lessons(self, link: DiaryLink, marks: Sequence[Mark]) -> list[Lesson]:
        numbers = sorted({item.lesson for item in marks if item.lesson is not None})
        found: list[Lesson] = []
        calls = [
            link.enrich(
                list[Lesson],
                API,
                LESSONS,
                template=LESSONS,
                method="POST",
                body=Body.of_json(part),
                tells=LESSONS_TELL,
            )
            for part in _parts(numbers)
        ]
        for told in await link.gather(*calls):
            found += told or ()
        return found

    async def _works(self, link: DiaryLink, numbers: list[int]) -> list[Work]:
        found: list[Work] = []
        calls = [
            link.enrich(
                list[Work],
                API,
                WORKS,
                template=WORKS,
                method="POST",
                body=Body.of_json(part),
                tells=WORKS_TELL,
            )
            for part in _parts(numbers)
        ]
        for told in await link.gather(*calls):
            found += told or ()
        return found


def _parts(numbers: list[int]) -> list[list[int]]:
    return [numbers[index : index + _MOST_IDS] for index in range(0, len(numbers), _MOST_IDS)]


def _noted(text: str | None, today: str) -> list[WorkType] | None:
    """The kinds of work that were noted today."""
    day, _, body = (text or "").partition(" ")
    if day != today:
        return None
    try:
        return msgspec.json.decode(body, type=list[WorkType])
    except msgspec.DecodeError:
        return None
