"""The world: who sees what, and when. All answers are tuples in time order."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from gateway.sandbox.world import model as m
from gateway.sandbox.world.index import Timeline, grouped
from gateway.sandbox.world.lookup import Lookup


class World(Lookup):
    """An immutable fictional world. Ranges include both ends; an end left out is open.

    Unless told otherwise a method takes a pupil's key and answers for this school year.
    """

    # -- people ---------------------------------------------------------------------------------

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

    # -- school ---------------------------------------------------------------------------------

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

    # -- lessons and homework -------------------------------------------------------------------

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

    # -- marks ----------------------------------------------------------------------------------

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

    # -- attendance -----------------------------------------------------------------------------

    @cached_property
    def _attendance(self) -> Timeline[m.Attendance]:
        return Timeline(self.attendance, lambda item: item.student_key, lambda item: item.date)

    @cached_property
    def _notices(self) -> Timeline[m.AbsenceNotice]:
        return Timeline(self.absence_notices, lambda item: item.student_key, lambda i: i.starts_on)

    @cached_property
    def _remarks(self) -> Timeline[m.Remark]:
        return Timeline(self.remarks, lambda item: item.student_key, lambda item: item.date)

    @cached_property
    def _signatures(self) -> Timeline[m.WeekSignature]:
        return Timeline(
            self.signatures, lambda item: item.student_key, lambda item: item.week_start
        )

    def attendance_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Attendance, ...]:
        """Absences, late arrivals and early departures."""
        return self._attendance.of(student_key, start, end)

    def notices_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.AbsenceNotice, ...]:
        """Absence notices by their first day, cancelled ones included."""
        return self._notices.of(student_key, start, end)

    def remarks_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Remark, ...]:
        """Remarks and commendations."""
        return self._remarks.of(student_key, start, end)

    def signatures_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.WeekSignature, ...]:
        """Signatures by the Monday of their week."""
        return self._signatures.of(student_key, start, end)

    # -- talk -----------------------------------------------------------------------------------

    @cached_property
    def _notifications(self) -> Timeline[m.Notification]:
        return Timeline(self.notifications, lambda item: item.student_key, lambda i: i.created_at)

    def announcements_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Announcement, ...]:
        """Announcements of the pupil's schools and classes by the day of publication."""
        schools = {place.school_key for place in self.places_of(student_key)}
        classes = {None, *(place.class_key for place in self.places_of(student_key))}
        return tuple(
            item
            for item in self.announcements
            if item.school_key in schools
            and item.class_key in classes
            and (start is None or item.published_at.date() >= start)
            and (end is None or item.published_at.date() <= end)
        )

    def messages_of(self, person_key: str, folder: m.Folder) -> tuple[m.Message, ...]:
        """A person's letters in one folder, oldest first."""
        if folder is m.Folder.SENT:
            return tuple(item for item in self.messages if item.sender_person_key == person_key)
        return tuple(item for item in self.messages if person_key in item.recipient_person_keys)

    def news_of(self, student_key: str) -> tuple[m.NewsItem, ...]:
        """News of the pupil's schools."""
        schools = {place.school_key for place in self.places_of(student_key)}
        return tuple(item for item in self.news if item.school_key in schools)

    def events_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.SchoolEvent, ...]:
        """Events of the pupil's schools and classes by the day they begin."""
        schools = {place.school_key for place in self.places_of(student_key)}
        classes = {None, *(place.class_key for place in self.places_of(student_key))}
        return tuple(
            item
            for item in self.events
            if item.school_key in schools
            and item.class_key in classes
            and (start is None or item.starts_at.date() >= start)
            and (end is None or item.starts_at.date() <= end)
        )

    def notifications_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Notification, ...]:
        """The notification feed about a pupil."""
        return self._notifications.of(student_key, start, end)

    # -- life -----------------------------------------------------------------------------------

    @cached_property
    def _entries(self) -> Timeline[m.Entry]:
        return Timeline(self.entries, lambda item: item.student_key, lambda item: item.date)

    @cached_property
    def _transactions(self) -> Timeline[m.MealTransaction]:
        return Timeline(self.meal_transactions, lambda item: item.student_key, lambda item: item.at)

    @cached_property
    def _menus(self) -> Timeline[m.Menu]:
        return Timeline(self.menus, lambda item: item.school_key, lambda item: item.date)

    def entries_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Entry, ...]:
        """Stays in the building."""
        return self._entries.of(student_key, start, end)

    def meal_account_of(self, student_key: str) -> m.MealAccount | None:
        """The meal account, if the pupil has one."""
        return next((item for item in self.meal_accounts if item.student_key == student_key), None)

    def meal_transactions_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.MealTransaction, ...]:
        """Movements on the meal account."""
        return self._transactions.of(student_key, start, end)

    def menus_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.Menu, ...]:
        """Menus of the pupil's regular school."""
        return self._menus.of(self.student(student_key).school_key, start, end)

    def study_plan_of(self, student_key: str) -> m.StudyPlan | None:
        """The study plan of this year, if the pupil is in a class."""
        return next((item for item in self.study_plans if item.student_key == student_key), None)

    def portfolio_of(self, student_key: str) -> tuple[m.PortfolioItem, ...]:
        """Achievements."""
        return tuple(item for item in self.portfolio if item.student_key == student_key)

    def clubs_of(self, student_key: str) -> tuple[m.Club, ...]:
        """Clubs the pupil goes to."""
        return tuple(item for item in self.clubs if student_key in item.student_keys)
