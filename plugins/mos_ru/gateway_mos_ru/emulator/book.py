"""The diary seen the way this platform keeps it: slots, marks, absences of one pupil."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway.sandbox.world.index import grouped
from gateway_mos_ru.emulator.slots import Slot, club_days, club_slot, lesson_slot

_NEVER_SHOWN: Final = frozenset(
    {
        m.MarkStatus.RETAKEN,  # the teacher writes the new mark over it
        m.MarkStatus.ABSENT,  # an absence is no mark here
        m.MarkStatus.EXEMPT,  # told as a medical recommendation
    }
)


class Book:
    """Indexes over one world, made at first use and shared by all answers."""

    def __init__(self, world: World) -> None:
        self.world = world

    # -- timetable ------------------------------------------------------------------------------

    @cached_property
    def _clubs(self) -> Mapping[str, tuple[Slot, ...]]:
        return {
            club.key: tuple(club_slot(self.world, club, day) for day in club_days(self.world, club))
            for club in self.world.clubs
        }

    @cached_property
    def _meetings(self) -> Mapping[str, tuple[m.Club, Slot]]:
        clubs = {club.key: club for club in self.world.clubs}
        return {
            slot.key: (clubs[key], slot) for key, slots in self._clubs.items() for slot in slots
        }

    @property
    def slot_keys(self) -> tuple[str, ...]:
        """Keys of all lessons and meetings."""
        return (*(lesson.key for lesson in self.world.lessons), *self._meetings)

    def slots(self, student: m.Student, start: date, end: date) -> list[Slot]:
        """A pupil's timetable in the order of time."""
        found = [
            lesson_slot(self.world, item) for item in self.world.lessons_of(student.key, start, end)
        ]
        for club in self.world.clubs_of(student.key):
            found += [slot for slot in self._clubs[club.key] if start <= slot.date <= end]
        return sorted(found, key=lambda slot: (slot.date, slot.starts_at.time()))

    def slot(self, student: m.Student, key: str) -> Slot | None:
        """One entry of a pupil's timetable; None for somebody else's."""
        if key in self._meetings:
            club, slot = self._meetings[key]
            return slot if student.key in club.student_keys else None
        lesson = self.world.lesson(key)
        mine = {place.class_key for place in self.world.places_of(student.key)}
        groups = (None, *student.group_keys)
        if lesson.class_key not in mine or lesson.group_key not in groups:
            return None
        return lesson_slot(self.world, lesson)

    # -- work -----------------------------------------------------------------------------------

    def homework_at(self, student: m.Student, slot: Slot) -> list[m.Homework]:
        """The pupil's homework due at a lesson."""
        return [
            item
            for item in self.world.homework_at(slot.key)
            if item.student_keys is None or student.key in item.student_keys
        ]

    def marks(
        self, student: m.Student, start: date | None = None, end: date | None = None
    ) -> list[m.Mark]:
        """A pupil's marks of this school year by the date of the lesson."""
        found = self.world.marks_of(student.key, start, end)
        return [mark for mark in found if mark.status not in _NEVER_SHOWN]

    def marks_at(self, student: m.Student, slot: Slot) -> list[m.Mark]:
        """The pupil's marks of a lesson."""
        return [
            mark
            for mark in self.world.marks_at(slot.key)
            if mark.student_key == student.key and mark.status not in _NEVER_SHOWN
        ]

    @cached_property
    def _marks_for(self) -> Mapping[str, tuple[m.Mark, ...]]:
        shown = [mark for mark in self.world.marks if mark.status not in _NEVER_SHOWN]
        return grouped(shown, lambda mark: mark.assignment_key)

    def classmates_marks(self, mark: m.Mark) -> tuple[m.Mark, ...]:
        """The marks of the whole class for the same work, this one included."""
        return self._marks_for.get(mark.assignment_key, (mark,))

    # -- presence -------------------------------------------------------------------------------

    @cached_property
    def _absences(self) -> Mapping[tuple[str, str], m.Attendance]:
        return {
            (item.student_key, item.lesson_key): item
            for item in self.world.attendance
            if item.kind is m.AttendanceKind.ABSENT
        }

    def absence_at(self, student: m.Student, slot: Slot) -> m.Attendance | None:
        """The pupil's absence from a lesson; being late has no code on this platform."""
        return self._absences.get((student.key, slot.key))

    @cached_property
    def _exempt(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (mark.student_key, mark.lesson_key)
            for mark in self.world.marks
            if mark.status is m.MarkStatus.EXEMPT
        )

    def health_at(self, student: m.Student, slot: Slot) -> str | None:
        """What medicine says of the pupil at a lesson."""
        if (student.key, slot.key) in self._exempt:
            return "EXEMPT"
        absence = self.absence_at(student, slot)
        ill = absence is not None and absence.reason is m.AbsenceReason.ILLNESS
        return "SICK" if ill else None

    def health_days(self, student: m.Student) -> list[tuple[date, str, set[str]]]:
        """Days of illness, and of lessons that the pupil need not take part in, with subjects."""
        subjects: defaultdict[tuple[date, str], set[str]] = defaultdict(set)
        for item in self.world.attendance_of(student.key):
            if item.kind is m.AttendanceKind.ABSENT and item.reason is m.AbsenceReason.ILLNESS:
                subjects[item.date, "SICK"].add(item.subject_key)
        for mark in self.world.marks_of(student.key):
            if mark.status is m.MarkStatus.EXEMPT:
                subjects[mark.date, "EXEMPT"].add(mark.subject_key)
        return [(day, kind, keys) for (day, kind), keys in sorted(subjects.items())]
