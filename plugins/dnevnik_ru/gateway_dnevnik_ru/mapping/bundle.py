"""The diary bundle: days of lessons with everything that they name, joined by number."""

from collections.abc import Iterator
from functools import cached_property

from gateway_dnevnik_ru.mapping.assignments import Works, bundle_categories
from gateway_dnevnik_ru.mapping.attendance import Note, attendance_records, notes_of
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.homework import homework_record
from gateway_dnevnik_ru.mapping.lessons import AppLessons, lesson_records
from gateway_dnevnik_ru.mapping.marks import mark_records
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import People, Subjects
from gateway_dnevnik_ru.mapping.remarks import app_remark_records, log_remark_records
from gateway_dnevnik_ru.wire.schedule import Schedule, ScheduleDay


class Bundle:
    """A schedule made ready for joining; indexes are built once for all of its days.

    Attributes:
        days: The days that have a date.
    """

    def __init__(self, context: MapContext, schedule: Schedule) -> None:
        self._context = context
        self.days: list[tuple[str, ScheduleDay]] = []
        for index, item in enumerate(schedule.days):
            day = context.clock.day(item.date)
            if day is None:
                context.note(f"$.days[{index}].date", "no date")
            else:
                self.days.append((day, item))
        self._subjects = Subjects(context, *(item.subjects for _, item in self.days))
        self._people = People(
            context, (teacher.person for _, item in self.days for teacher in item.teachers or ())
        )

    @cached_property
    def placed(self) -> dict[int, PlacedLesson]:
        """Every lesson by number."""
        subject_of = self._subjects.get
        return {
            lesson.id: PlacedLesson(day, lesson.number, subject_of(lesson.subject_id))
            for day, item in self.days
            for lesson in item.lessons or ()
        }

    @cached_property
    def _works(self) -> Works:
        works = (
            work
            for _, item in self.days
            for told in (item.works, item.homeworks)
            for work in told or ()
        )
        types = (kind for _, item in self.days for kind in item.work_types or ())
        return Works(self._context, works, bundle_categories(types))

    def lessons(self) -> list[Record]:
        """Every lesson, by day and number."""
        return [record for day, item in self.days for record in self._lessons(day, item, None)]

    def homework(self, told: AppLessons | None) -> list[Record]:
        """All homework."""
        return [record for day, item in self.days for record in self._homework(day, item, told)]

    def marks(self) -> list[Record]:
        """All marks."""
        return [record for day, item in self.days for record in self._marks(day, item)]

    def notes(self) -> list[Note]:
        """All notes about attendance."""
        return [note for _, item in self.days for note in self._notes(item)]

    def day_records(self, told: AppLessons | None) -> Iterator[Record]:
        """The days that hold anything."""
        for day, item in self.days:
            notes = self._notes(item)
            remarks = log_remark_records(self._context, notes)
            if told:
                own = {lesson.id: self.placed[lesson.id] for lesson in item.lessons or ()}
                remarks += app_remark_records(self._context, told, own, remarks)
            parts: dict[str, list[Record]] = {
                "lessons": self._lessons(day, item, told),
                "homework": self._homework(day, item, told),
                "marks": self._marks(day, item),
                "attendance": attendance_records(self._context, notes),
                "remarks": remarks,
            }
            filled = {key: value for key, value in parts.items() if value}
            if filled:
                yield {"date": day, **filled}

    def _lessons(self, day: str, item: ScheduleDay, told: AppLessons | None) -> list[Record]:
        return lesson_records(
            self._context, item.lessons or (), day, self._subjects, self._people, told
        )

    def _homework(self, day: str, item: ScheduleDay, told: AppLessons | None) -> list[Record]:
        records: list[Record] = []
        for work in item.homeworks or ():
            lesson = self.placed.get(work.lesson) if work.lesson is not None else None
            due_on = self._context.clock.day(work.target_date) or (lesson.day if lesson else day)
            records.append(
                homework_record(
                    self._context,
                    work,
                    due_on=due_on,
                    lesson=lesson,
                    subjects=self._subjects,
                    people=self._people,
                    files=None,
                    told=told.get(work.lesson) if told and work.lesson is not None else None,
                )
            )
        return records

    def _marks(self, day: str, item: ScheduleDay) -> list[Record]:
        if not item.marks:
            return []
        return mark_records(
            self._context,
            item.marks,
            works=self._works,
            subjects=self._subjects,
            lessons=self.placed,
            day=day,
        )

    def _notes(self, item: ScheduleDay) -> list[Note]:
        return notes_of(self._context, item.lesson_log_entries or (), self.placed)
