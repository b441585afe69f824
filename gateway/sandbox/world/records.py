"""Everything a world holds, as plain tuples in the order of time or of keys."""

from dataclasses import dataclass
from datetime import date

from gateway.sandbox.world import model as m


@dataclass(frozen=True, kw_only=True, repr=False)
class Records:
    """The records of one world; ``today`` is the day it is seen on, in every school's own zone."""

    seed: int
    today: date

    regions: tuple[m.Region, ...]
    scales: tuple[m.GradingScale, ...]
    schools: tuple[m.School, ...]
    years: tuple[m.SchoolYear, ...]  # this year first
    periods: tuple[m.AcademicPeriod, ...]
    spans: tuple[m.CalendarSpan, ...]
    subjects: tuple[m.Subject, ...]
    classes: tuple[m.ClassGroup, ...]
    groups: tuple[m.TeachingGroup, ...]
    curriculum: tuple[m.CurriculumItem, ...]

    persons: tuple[m.Person, ...]
    students: tuple[m.Student, ...]
    guardianships: tuple[m.Guardianship, ...]
    trusted_persons: tuple[m.TrustedPerson, ...]
    teachers: tuple[m.Teacher, ...]

    lessons: tuple[m.Lesson, ...]
    homework: tuple[m.Homework, ...]
    work_kinds: tuple[m.WorkKind, ...]
    assignments: tuple[m.Assignment, ...]
    marks: tuple[m.Mark, ...]
    final_grades: tuple[m.FinalGrade, ...]
    ranks: tuple[m.ClassRank, ...]
    attendance: tuple[m.Attendance, ...]
    absence_notices: tuple[m.AbsenceNotice, ...]
    remarks: tuple[m.Remark, ...]
    signatures: tuple[m.WeekSignature, ...]

    announcements: tuple[m.Announcement, ...]
    messages: tuple[m.Message, ...]
    news: tuple[m.NewsItem, ...]
    events: tuple[m.SchoolEvent, ...]
    notifications: tuple[m.Notification, ...]

    entries: tuple[m.Entry, ...]
    meal_accounts: tuple[m.MealAccount, ...]
    meal_transactions: tuple[m.MealTransaction, ...]
    menus: tuple[m.Menu, ...]
    study_plans: tuple[m.StudyPlan, ...]
    portfolio: tuple[m.PortfolioItem, ...]
    clubs: tuple[m.Club, ...]

    accounts: tuple[m.Account, ...]
    esia_identities: tuple[m.EsiaIdentity, ...]
    invite_codes: tuple[m.InviteCode, ...]

    def __repr__(self) -> str:
        """Seed and day; the records would fill a book."""
        return f"{type(self).__name__}(seed={self.seed}, today={self.today.isoformat()})"
