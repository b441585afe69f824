"""School work of a world: lessons, homework, marks, ranks."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from gateway.sandbox.world import model as m
from gateway.sandbox.world.index import Timeline, grouped
from gateway.sandbox.world.view_school import SchoolView


class WorkView(SchoolView):
    """What a pupil has to do and what came of it."""

    @cached_property
    def _class_lessons(self) -> Timeline[m.Lesson]:
        return Timeline(self.lessons, lambda item: item.class_key, lambda item: item.starts_at)

    @cached_property
    def _due(self) -> Timeline[m.Homework]:
        return Timeline(self.homework, lambda item: item.class_key, lambda item: item.due_on)

    @cached_property
    def _given(self) -> Timeline[m.Homework]:
        return Timeline(self.homework, lambda item: item.class_key, lambda item: item.given_on)

    def lessons_of_class(
        self, class_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Lesson, ...]:
        """Lessons of a class with all its groups."""
        return self._class_lessons.of(class_key, start, end)

    def lessons_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Lesson, ...]:
        """The pupil's own lessons in all schools of this year."""
        groups = (None, *self.student(student_key).group_keys)
        found = [
            lesson
            for place in self.places_of(student_key)
            for lesson in self._class_lessons.of(place.class_key, start, end)
            if lesson.group_key in groups
        ]
        return tuple(sorted(found, key=lambda item: item.starts_at))

    def lessons_of_teacher(
        self, teacher_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Lesson, ...]:
        """A teacher's timetable."""
        return tuple(
            lesson
            for lesson in self.lessons
            if lesson.teacher_key == teacher_key
            and (start is None or lesson.date >= start)
            and (end is None or lesson.date <= end)
        )

    def bag_weight_of(self, student_key: str, day: date) -> int:
        """Grams of the textbooks of one day's lessons."""
        keys = {lesson.subject_key for lesson in self.lessons_of(student_key, day, day)}
        return sum(self.subject(key).textbook_grams or 0 for key in keys)

    def homework_of(
        self,
        student_key: str,
        start: date | None = None,
        end: date | None = None,
        *,
        by_given: bool = False,
    ) -> tuple[m.Homework, ...]:
        """The pupil's homework by due day, or by the day it was given."""
        groups = (None, *self.student(student_key).group_keys)
        line = self._given if by_given else self._due
        found = [
            item
            for place in self.places_of(student_key)
            for item in line.of(place.class_key, start, end)
            if item.group_key in groups
            and (item.student_keys is None or student_key in item.student_keys)
        ]
        return tuple(sorted(found, key=lambda item: item.given_on if by_given else item.due_on))

    @cached_property
    def _marks_by_lesson(self) -> Timeline[m.Mark]:
        return Timeline(self.marks, lambda item: item.student_key, lambda item: item.date)

    @cached_property
    def _marks_by_entry(self) -> Timeline[m.Mark]:
        return Timeline(self.marks, lambda item: item.student_key, lambda item: item.given_at)

    @cached_property
    def _finals(self) -> Timeline[m.FinalGrade]:
        return Timeline(
            self.final_grades, lambda item: item.student_key, lambda item: item.given_on
        )

    @cached_property
    def _ranks(self) -> Timeline[m.ClassRank]:
        return Timeline(self.ranks, lambda item: item.student_key, lambda item: item.on)

    def marks_of(
        self,
        student_key: str,
        start: date | None = None,
        end: date | None = None,
        *,
        by_entry: bool = False,
    ) -> tuple[m.Mark, ...]:
        """Marks by the date of the lesson, or by the moment they were entered."""
        line = self._marks_by_entry if by_entry else self._marks_by_lesson
        return line.of(student_key, start, end)

    def finals_of(self, student_key: str, year_key: str | None = None) -> tuple[m.FinalGrade, ...]:
        """Final grades of one year, or of all years the world knows."""
        grades = self._finals.of(student_key)
        return tuple(item for item in grades if year_key is None or item.year_key == year_key)

    def ranks_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.ClassRank, ...]:
        """Places in the class, per subject and overall, on the days of the range."""
        return self._ranks.of(student_key, start, end)

    @cached_property
    def _due_at(self) -> Mapping[str, tuple[m.Homework, ...]]:
        return grouped(self.homework, lambda item: item.due_lesson_key)

    @cached_property
    def _works_at(self) -> Mapping[str, tuple[m.Assignment, ...]]:
        return grouped(self.assignments, lambda item: item.lesson_key)

    @cached_property
    def _marks_at(self) -> Mapping[str, tuple[m.Mark, ...]]:
        return grouped(self.marks, lambda item: item.lesson_key)

    def homework_at(self, lesson_key: str) -> tuple[m.Homework, ...]:
        """Homework due at a lesson, of the whole class."""
        return self._due_at.get(lesson_key, ())

    def assignments_at(self, lesson_key: str) -> tuple[m.Assignment, ...]:
        """Pieces of work of a lesson; one may have no mark (yet)."""
        return self._works_at.get(lesson_key, ())

    def marks_at(self, lesson_key: str) -> tuple[m.Mark, ...]:
        """Marks of a lesson, of the whole class."""
        return self._marks_at.get(lesson_key, ())
