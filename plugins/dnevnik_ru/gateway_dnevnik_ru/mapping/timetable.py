"""The diary bundle read for its timetable."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.lessons import AppLessons, lesson_records
from gateway_dnevnik_ru.mapping.references import People, Subjects
from gateway_dnevnik_ru.wire.schedule import TimetableDay

Day = TypeVar("Day", bound=TimetableDay)


class DatedDays(Generic[Day]):
    """Days that have a date, with the subjects and teachers that their lessons name.

    Attributes:
        context: Where they belong.
        days: The days with their dates.
        subjects: Subjects by number.
        people: Teachers by number.
    """

    def __init__(self, context: MapContext, days: Sequence[Day]) -> None:
        self.context = context
        self.days: list[tuple[str, Day]] = []
        for index, item in enumerate(days):
            day = context.clock.day(item.date)
            if day is None:
                context.note(f"$.days[{index}].date", "no date")
            else:
                self.days.append((day, item))
        self.subjects = Subjects(context, *(item.subjects for _, item in self.days))
        self.people = People(
            context, (teacher.person for _, item in self.days for teacher in item.teachers or ())
        )

    def lessons(self) -> list[Record]:
        """Every lesson, by day and number."""
        return [record for day, item in self.days for record in self.lessons_of(day, item)]

    def lessons_of(self, day: str, item: Day, told: AppLessons | None = None) -> list[Record]:
        """The lessons of one day; `told` is the app's diary."""
        return lesson_records(
            self.context, item.lessons or (), day, self.subjects, self.people, told
        )
