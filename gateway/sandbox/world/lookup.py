"""Lookups by key. Every one raises KeyError for a stranger unless it says otherwise."""

from collections.abc import Mapping
from functools import cached_property
from zoneinfo import ZoneInfo

from gateway.sandbox.world import model as m
from gateway.sandbox.world.index import by_key
from gateway.sandbox.world.records import Records


class Lookup(Records):
    """Records with lookups by key; indexes are built at first use."""

    @cached_property
    def _regions(self) -> Mapping[str, m.Region]:
        return by_key(self.regions)

    @cached_property
    def _schools(self) -> Mapping[str, m.School]:
        return by_key(self.schools)

    @cached_property
    def _years(self) -> Mapping[str, m.SchoolYear]:
        return by_key(self.years)

    @cached_property
    def _periods(self) -> Mapping[str, m.AcademicPeriod]:
        return by_key(self.periods)

    @cached_property
    def _scales(self) -> Mapping[str, m.GradingScale]:
        return by_key(self.scales)

    @cached_property
    def _subjects(self) -> Mapping[str, m.Subject]:
        return by_key(self.subjects)

    @cached_property
    def _classes(self) -> Mapping[str, m.ClassGroup]:
        return by_key(self.classes)

    @cached_property
    def _groups(self) -> Mapping[str, m.TeachingGroup]:
        return by_key(self.groups)

    @cached_property
    def _persons(self) -> Mapping[str, m.Person]:
        return by_key(self.persons)

    @cached_property
    def _students(self) -> Mapping[str, m.Student]:
        return by_key(self.students)

    @cached_property
    def _teachers(self) -> Mapping[str, m.Teacher]:
        return by_key(self.teachers)

    @cached_property
    def _lessons(self) -> Mapping[str, m.Lesson]:
        return by_key(self.lessons)

    @cached_property
    def _homework(self) -> Mapping[str, m.Homework]:
        return by_key(self.homework)

    @cached_property
    def _work_kinds(self) -> Mapping[str, m.WorkKind]:
        return by_key(self.work_kinds)

    @cached_property
    def _assignments(self) -> Mapping[str, m.Assignment]:
        return by_key(self.assignments)

    @cached_property
    def _marks(self) -> Mapping[str, m.Mark]:
        return by_key(self.marks)

    @cached_property
    def _messages(self) -> Mapping[str, m.Message]:
        return by_key(self.messages)

    @cached_property
    def _announcements(self) -> Mapping[str, m.Announcement]:
        return by_key(self.announcements)

    @cached_property
    def _accounts(self) -> Mapping[str, m.Account]:
        return by_key(self.accounts)

    @cached_property
    def _logins(self) -> Mapping[str, m.Account]:
        return {account.login.casefold(): account for account in self.accounts}

    @cached_property
    def _identities(self) -> Mapping[str, m.EsiaIdentity]:
        return by_key(self.esia_identities)

    @cached_property
    def _identity_logins(self) -> Mapping[str, m.EsiaIdentity]:
        return {
            _plain_login(login): identity
            for identity in self.esia_identities
            for login in identity.logins
        }

    @cached_property
    def _attachments(self) -> Mapping[str, m.Attachment]:
        files = [file for item in self.homework for file in item.attachments]
        files += [file for item in self.messages for file in item.attachments]
        files += [file for item in self.announcements for file in item.attachments]
        files += [item.certificate for item in self.portfolio if item.certificate]
        return by_key(files)

    def region(self, key: str) -> m.Region:
        """A region."""
        return self._regions[key]

    def school(self, key: str) -> m.School:
        """A school."""
        return self._schools[key]

    def year(self, key: str) -> m.SchoolYear:
        """A school year."""
        return self._years[key]

    @property
    def current_year(self) -> m.SchoolYear:
        """The school year of ``today`` (in summer the one just ended)."""
        return self.years[0]

    def period(self, key: str) -> m.AcademicPeriod:
        """An academic period."""
        return self._periods[key]

    def scale(self, key: str) -> m.GradingScale:
        """A grading scale."""
        return self._scales[key]

    def subject(self, key: str) -> m.Subject:
        """A subject."""
        return self._subjects[key]

    def class_group(self, key: str) -> m.ClassGroup:
        """A class of one school year."""
        return self._classes[key]

    def group(self, key: str) -> m.TeachingGroup:
        """A teaching group."""
        return self._groups[key]

    def person(self, key: str) -> m.Person:
        """A person."""
        return self._persons[key]

    def student(self, key: str) -> m.Student:
        """A pupil."""
        return self._students[key]

    def teacher(self, key: str) -> m.Teacher:
        """A teacher."""
        return self._teachers[key]

    def lesson(self, key: str) -> m.Lesson:
        """A lesson of this year."""
        return self._lessons[key]

    def homework_item(self, key: str) -> m.Homework:
        """One homework."""
        return self._homework[key]

    def work_kind(self, key: str) -> m.WorkKind:
        """A kind of work."""
        return self._work_kinds[key]

    def assignment(self, key: str) -> m.Assignment:
        """What a mark was given for."""
        return self._assignments[key]

    def mark(self, key: str) -> m.Mark:
        """A mark."""
        return self._marks[key]

    def message(self, key: str) -> m.Message:
        """A message that was there from the start."""
        return self._messages[key]

    def announcement(self, key: str) -> m.Announcement:
        """An announcement."""
        return self._announcements[key]

    def attachment(self, key: str) -> m.Attachment:
        """A file of a homework, message, announcement or portfolio item."""
        return self._attachments[key]

    def account(self, key: str) -> m.Account:
        """A diary account."""
        return self._accounts[key]

    def account_by_login(self, login: str) -> m.Account | None:
        """The account with this login (letter case ignored), or None."""
        return self._logins.get(login.strip().casefold())

    def esia_identity(self, key: str) -> m.EsiaIdentity:
        """An ЕСИА identity."""
        return self._identities[key]

    def esia_by_login(self, login: str) -> m.EsiaIdentity | None:
        """The ЕСИА identity with this phone, e-mail or СНИЛС in any usual spelling, or None."""
        return self._identity_logins.get(_plain_login(login))

    def zone_of(self, school_key: str) -> ZoneInfo:
        """The time zone of a school."""
        return ZoneInfo(self._schools[school_key].zone)


def _plain_login(login: str) -> str:
    """E-mail in lower case; of phone and СНИЛС the last ten or eleven digits."""
    if "@" in login:
        return login.strip().casefold()
    digits = "".join(sign for sign in login if sign.isdigit())
    is_phone = "+" in login or (len(digits) == len("89000000000") and digits[0] in "78")
    return f"phone:{digits[-10:]}" if is_phone or len(digits) == len("9000000000") else digits
