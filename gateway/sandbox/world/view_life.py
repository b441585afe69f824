"""Life around the lessons: attendance, talk, meals and the like."""

from datetime import date
from functools import cached_property

from gateway.sandbox.world import model as m
from gateway.sandbox.world.index import Timeline
from gateway.sandbox.world.view_school import SchoolView


class LifeView(SchoolView):
    """What happens around the lessons."""

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
