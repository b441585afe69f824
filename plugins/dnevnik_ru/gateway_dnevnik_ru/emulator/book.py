"""The class register seen the way this service keeps it: works, marks and log entries by lesson."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway.sandbox.world.averages import average
from gateway.sandbox.world.index import grouped

_NEVER_SHOWN: Final = frozenset(
    {
        m.MarkStatus.DEBT,  # the service knows no «точка»
        m.MarkStatus.RETAKEN,  # a retake overwrites: there is no history
        m.MarkStatus.ABSENT,  # «н» is a log entry here, no mark
    }
)
_TAKES_PLACE: Final = frozenset({m.LessonStatus.PLANNED, m.LessonStatus.HELD})
_LONGEST_BREAK: Final = timedelta(days=120)
CONTROL: Final = "work-control"


def control_work_key(lesson: m.Lesson) -> str:
    """Key of a lesson's control work, the same before and after it was written."""
    return f"assignment-{lesson.key.removeprefix('lesson-')}-control"


def _planned_control(lesson: m.Lesson) -> m.Assignment:
    name = "Контрольная работа"
    return m.Assignment(
        key=control_work_key(lesson),
        lesson_key=lesson.key,
        class_key=lesson.class_key,
        group_key=lesson.group_key,
        subject_key=lesson.subject_key,
        teacher_key=lesson.teacher_key,
        work_kind_key=CONTROL,
        title=f"{name} «{lesson.topic}»" if lesson.topic else name,
        date=lesson.date,
        homework_key=None,
        criteria=(),
    )


class Book:
    """Indexes over one world, made at first use and shared by all answers."""

    def __init__(self, world: World) -> None:
        self.world = world

    # -- works ----------------------------------------------------------------------------------

    @cached_property
    def homework_due(self) -> Mapping[str, tuple[m.Homework, ...]]:
        """Homework by the lesson it is due at."""
        return grouped(self.world.homework, lambda item: item.due_lesson_key)

    @cached_property
    def assignments_at(self) -> Mapping[str, tuple[m.Assignment, ...]]:
        """Works of their own (not homework) by lesson, planned control works included."""
        own = {item.key: item for item in self.world.assignments if self.work_key(item) == item.key}
        for lesson in self.world.lessons:
            if lesson.is_control and lesson.status in _TAKES_PLACE:
                own.setdefault(control_work_key(lesson), _planned_control(lesson))
        return grouped(own.values(), lambda item: item.lesson_key)

    @cached_property
    def assignments(self) -> Mapping[str, m.Assignment]:
        """Works of their own by key."""
        return {item.key: item for group in self.assignments_at.values() for item in group}

    def work_key(self, assignment: m.Assignment) -> str:
        """Key of the work that marks of an assignment hang on.

        A mark for homework hangs on the homework itself, unless that belongs to single pupils or
        is a «без задания».
        """
        if assignment.homework_key is None:
            return assignment.key
        homework = self.world.homework_item(assignment.homework_key)
        if homework.individual or homework.is_empty:
            return assignment.key
        return homework.key

    # -- marks ----------------------------------------------------------------------------------

    @cached_property
    def marks(self) -> tuple[m.Mark, ...]:
        """Every mark that the service shows."""
        return tuple(mark for mark in self.world.marks if mark.status not in _NEVER_SHOWN)

    @cached_property
    def marks_at(self) -> Mapping[str, tuple[m.Mark, ...]]:
        """Marks by lesson."""
        return grouped(self.marks, lambda mark: mark.lesson_key)

    @cached_property
    def marks_for(self) -> Mapping[str, tuple[m.Mark, ...]]:
        """Marks by work."""
        return grouped(self.marks, self.work_of_mark)

    @cached_property
    def marks_in(self) -> Mapping[str, tuple[m.Mark, ...]]:
        """Marks by class."""
        return grouped(self.marks, lambda mark: mark.class_key)

    def work_of_mark(self, mark: m.Mark) -> str:
        """Key of the work that a mark hangs on."""
        return self.work_key(self.world.assignment(mark.assignment_key))

    def marks_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> list[m.Mark]:
        """A pupil's marks by the date of the lesson."""
        found = self.world.marks_of(student_key, start, end)
        return [mark for mark in found if mark.status not in _NEVER_SHOWN]

    @cached_property
    def finals_in(self) -> Mapping[str, tuple[m.FinalGrade, ...]]:
        """Final grades by class."""
        return grouped(self.world.final_grades, lambda item: item.class_key)

    def average(
        self, marks: list[m.Mark], *, weighted: bool = False, important: bool = False
    ) -> Decimal | None:
        """Mean of the marks of one pupil and scale; `important` looks at control works alone."""
        if important:
            marks = [m_ for m_ in marks if self.world.work_kind(m_.work_kind_key).is_important]
        return average(marks, weighted=weighted)

    # -- presence -------------------------------------------------------------------------------

    @cached_property
    def attendance_at(self) -> Mapping[str, tuple[m.Attendance, ...]]:
        """Absences and late arrivals by lesson."""
        return grouped(self.world.attendance, lambda item: item.lesson_key)

    @cached_property
    def remarks_at(self) -> Mapping[str, tuple[m.Remark, ...]]:
        """Remarks made at lessons, by lesson."""
        held = [item for item in self.world.remarks if item.lesson_key is not None]
        return grouped(held, lambda item: item.lesson_key or "")

    # -- lessons --------------------------------------------------------------------------------

    def lessons(
        self,
        student: m.Student,
        class_key: str,
        start: date | None = None,
        end: date | None = None,
        group_key: str | None = None,
    ) -> list[m.Lesson]:
        """A pupil's lessons in one class, or in one of its groups alone."""
        groups = (None, *student.group_keys) if group_key is None else (group_key,)
        found = self.world.lessons_of_class(class_key, start, end)
        return [lesson for lesson in found if lesson.group_key in groups]

    def homework_at(self, student: m.Student, lesson: m.Lesson) -> list[m.Homework]:
        """The pupil's homework due at a lesson."""
        return [
            item
            for item in self.homework_due.get(lesson.key, ())
            if item.student_keys is None or student.key in item.student_keys
        ]

    def student_marks_at(self, student: m.Student, lesson: m.Lesson) -> list[m.Mark]:
        """The pupil's marks of a lesson."""
        return [
            mark for mark in self.marks_at.get(lesson.key, ()) if mark.student_key == student.key
        ]

    def period_on(self, school_key: str, day: date) -> m.AcademicPeriod | None:
        """The period that a day lies in, or the last one before a break."""
        begun = [
            period
            for year in self.world.years
            for period in self.world.periods_of_school(school_key, year.key)
            if period.starts <= day <= period.ends + _LONGEST_BREAK
        ]
        return max(begun, key=lambda period: period.starts, default=None)

    def next_school_day(self, class_key: str, day: date) -> date:
        """The next day with lessons of a class; the next calendar day when there is none."""
        found = self.world.lessons_of_class(
            class_key, day + timedelta(days=1), day + _LONGEST_BREAK
        )
        return found[0].date if found else day + timedelta(days=1)
