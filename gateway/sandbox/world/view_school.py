"""People and schools of a world, as they belong together."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from gateway.sandbox.world import model as m
from gateway.sandbox.world.index import grouped
from gateway.sandbox.world.lookup import Lookup


class SchoolView(Lookup):
    """Families, classes, subjects and calendars."""

    @cached_property
    def _guardianships(self) -> Mapping[str, tuple[m.Guardianship, ...]]:
        return grouped(self.guardianships, lambda item: item.student_key)

    @cached_property
    def _students_of_person(self) -> Mapping[str, tuple[m.Student, ...]]:
        pairs = [(item.person_key, self.student(item.student_key)) for item in self.guardianships]
        groups = grouped(pairs, lambda pair: pair[0])
        return {person: tuple(pair[1] for pair in group) for person, group in groups.items()}

    @cached_property
    def _student_of_person(self) -> Mapping[str, m.Student]:
        return {student.person_key: student for student in self.students}

    @cached_property
    def _teacher_of_person(self) -> Mapping[str, m.Teacher]:
        return {teacher.person_key: teacher for teacher in self.teachers}

    def guardians_of(self, student_key: str) -> tuple[m.Guardianship, ...]:
        """Legal representatives."""
        return self._guardianships.get(student_key, ())

    def children_of(self, person_key: str) -> tuple[m.Student, ...]:
        """Children of a guardian."""
        return self._students_of_person.get(person_key, ())

    def trusted_persons_of(self, student_key: str) -> tuple[m.TrustedPerson, ...]:
        """Trusted persons, also invited and revoked ones."""
        return tuple(item for item in self.trusted_persons if item.student_key == student_key)

    def student_of(self, person_key: str) -> m.Student | None:
        """The pupil that this person is, if any."""
        return self._student_of_person.get(person_key)

    def teacher_of(self, person_key: str) -> m.Teacher | None:
        """The teacher that this person is, if any."""
        return self._teacher_of_person.get(person_key)

    def person_of(self, student_key: str) -> m.Person:
        """The pupil's personal data."""
        return self.person(self.student(student_key).person_key)

    @cached_property
    def _enrolled(self) -> Mapping[str, tuple[m.Student, ...]]:
        pairs = [(place.class_key, each) for each in self.students for place in each.enrollments]
        groups = grouped(pairs, lambda pair: pair[0])
        return {key: tuple(pair[1] for pair in group) for key, group in groups.items()}

    @cached_property
    def _curriculum(self) -> Mapping[str, tuple[m.CurriculumItem, ...]]:
        return grouped(self.curriculum, lambda item: item.class_key)

    @cached_property
    def _school_periods(self) -> Mapping[str, tuple[m.AcademicPeriod, ...]]:
        return grouped(self.periods, lambda item: item.school_key)

    def schools_of(self, student_key: str) -> tuple[m.School, ...]:
        """This year's schools, the regular one first."""
        return tuple(self.school(place.school_key) for place in self.places_of(student_key))

    def places_of(self, student_key: str, year_key: str | None = None) -> tuple[m.Enrollment, ...]:
        """Enrolments of a year (this one by default), the regular school first."""
        wanted = year_key or self.current_year.key
        places = self.student(student_key).enrollments
        return tuple(place for place in places if place.year_key == wanted)

    def classes_of(self, student_key: str, year_key: str | None = None) -> tuple[m.ClassGroup, ...]:
        """Classes of a year, that of the regular school first."""
        places = self.places_of(student_key, year_key)
        return tuple(self.class_group(place.class_key) for place in places)

    def students_in(self, class_key: str) -> tuple[m.Student, ...]:
        """Everyone who is or was in a class."""
        return self._enrolled.get(class_key, ())

    def curriculum_of(self, class_key: str) -> tuple[m.CurriculumItem, ...]:
        """Subjects of a class of this year with hours and teachers."""
        return self._curriculum.get(class_key, ())

    def subjects_of(self, class_key: str) -> tuple[m.Subject, ...]:
        """Subjects of a class of this year."""
        keys = dict.fromkeys(item.subject_key for item in self.curriculum_of(class_key))
        return tuple(self.subject(key) for key in keys)

    def periods_of_school(
        self, school_key: str, year_key: str | None = None
    ) -> tuple[m.AcademicPeriod, ...]:
        """Periods of a school in a year."""
        wanted = year_key or self.current_year.key
        periods = self._school_periods.get(school_key, ())
        return tuple(period for period in periods if period.year_key == wanted)

    def periods_of(
        self, student_key: str, year_key: str | None = None
    ) -> tuple[m.AcademicPeriod, ...]:
        """Periods of the pupil's regular school in a year."""
        return self.periods_of_school(self.student(student_key).school_key, year_key)

    def spans_of(
        self, school_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.CalendarSpan, ...]:
        """Holidays, breaks and other days of a school that touch the range."""
        return tuple(
            span
            for span in self.spans
            if span.school_key == school_key
            and (start is None or span.ends >= start)
            and (end is None or span.starts <= end)
        )
