"""The diary bundle: days of lessons with everything that they name, joined by number."""

from collections.abc import Iterator
from functools import cached_property

from gateway_dnevnik_ru.mapping.assignments import Works, bundle_categories
from gateway_dnevnik_ru.mapping.attendance import Note, attendance_records, notes_of
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.homework import homework_record, with_own_ticks
from gateway_dnevnik_ru.mapping.lessons import AppLessons
from gateway_dnevnik_ru.mapping.marks import mark_records
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.remarks import app_remark_records, log_remark_records
from gateway_dnevnik_ru.mapping.timetable import DatedDays
from gateway_dnevnik_ru.wire.schedule import Schedule, ScheduleDay


class Bundle(DatedDays[ScheduleDay]):
    """The days of a schedule; indexes are built once for all of them."""

    def __init__(self, context: MapContext, schedule: Schedule) -> None:
        super().__init__(context, schedule.days)

    @cached_property
    def placed(self) -> dict[int, PlacedLesson]:
        """Every lesson by number."""
        subject_of = self.subjects.get
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
        return Works(self.context, works, bundle_categories(types))

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
            remarks = log_remark_records(self.context, notes)
            if told:
                own = {lesson.id: self.placed[lesson.id] for lesson in item.lessons or ()}
                remarks += app_remark_records(self.context, told, own, remarks)
            parts: dict[str, list[Record]] = {
                "lessons": self.lessons_of(day, item, told),
                "homework": self._homework(day, item, told),
                "marks": self._marks(day, item),
                "attendance": attendance_records(self.context, notes),
                "remarks": remarks,
            }
            filled = {key: value for key, value in parts.items() if value}
            if filled:
                yield {"date": day, **filled}

    def _homework(self, day: str, item: ScheduleDay, told: AppLessons | None) -> list[Record]:
        records: list[Record] = []
        for work in item.homeworks or ():
            lesson = self.placed.get(work.lesson) if work.lesson is not None else None
            due_on = self.context.clock.day(work.target_date) or (lesson.day if lesson else day)
            records.append(
                homework_record(
                    self.context,
                    work,
                    due_on=due_on,
                    lesson=lesson,
                    subjects=self.subjects,
                    people=self.people,
                    files=None,
                    told=told.get(work.lesson) if told and work.lesson is not None else None,
                )
            )
        return with_own_ticks(records)

    def _marks(self, day: str, item: ScheduleDay) -> list[Record]:
        if not item.marks:
            return []
        return mark_records(
            self.context,
            item.marks,
            works=self._works,
            subjects=self.subjects,
            lessons=self.placed,
            day=day,
        )

    def _notes(self, item: ScheduleDay) -> list[Note]:
        return notes_of(self.context, item.lesson_log_entries or (), self.placed)
