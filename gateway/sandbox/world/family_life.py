"""All that surrounds one featured pupil: notices, signatures, letters, turnstile, meals, feed."""

from dataclasses import dataclass, field

from gateway.sandbox.world.feed import Happenings, make_notifications
from gateway.sandbox.world.frame import Frame
from gateway.sandbox.world.letters import Circle, make_letters
from gateway.sandbox.world.life import make_entries, make_portfolio, make_study_plan
from gateway.sandbox.world.meals import make_meals
from gateway.sandbox.world.model import (
    AbsenceNotice,
    Announcement,
    AttendanceKind,
    Entry,
    MealAccount,
    MealTransaction,
    Message,
    Notification,
    PortfolioItem,
    School,
    SchoolKind,
    Student,
    StudyPlan,
    WeekSignature,
)
from gateway.sandbox.world.notices import make_notices, make_signatures
from gateway.sandbox.world.school_work import ClassWork


@dataclass(slots=True)
class FamilyLife:
    """The records of all featured pupils."""

    notices: list[AbsenceNotice] = field(default_factory=list)
    signatures: list[WeekSignature] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    meal_accounts: list[MealAccount] = field(default_factory=list)
    meal_transactions: list[MealTransaction] = field(default_factory=list)
    study_plans: list[StudyPlan] = field(default_factory=list)
    portfolio: list[PortfolioItem] = field(default_factory=list)


def make_family_life(
    frame: Frame, works: list[ClassWork], announcements: list[Announcement]
) -> FamilyLife:
    """Fill the lives of the featured pupils."""
    life = FamilyLife()
    for student in frame.classes.students:
        if not student.featured:
            continue
        school = frame.school(student.school_key)
        life.portfolio += make_portfolio(frame.seed, student, school, frame.years[1].starts)
        for work in works:
            if student.key in work.group.student_keys:
                _at_school(frame, life, student, work, announcements)
    return life


def _at_school(
    frame: Frame,
    life: FamilyLife,
    student: Student,
    work: ClassWork,
    announcements: list[Announcement],
) -> None:
    school = frame.school(work.group.school_key)
    now = frame.now(school)
    lessons = work.lessons_of(student)
    attendance = work.attendance.get(student.key, [])
    absent = frozenset(item.lesson_key for item in attendance if item.kind is AttendanceKind.ABSENT)
    entries = make_entries(frame.seed, student, school, lessons, absent, now)
    life.entries += entries
    life.notifications += make_notifications(
        Happenings(
            student=student,
            school=school,
            readers=(student.person_key, *_guardians(frame, student)),
            marks=[item for item in work.marks if item.student_key == student.key],
            homework=[
                item
                for item in work.homework
                if (item.group_key is None or item.group_key in student.group_keys)
                and (item.student_keys is None or student.key in item.student_keys)
            ],
            lessons=lessons,
            remarks=[item for item in work.remarks if item.student_key == student.key],
            announcements=[
                item
                for item in announcements
                if item.school_key == school.key and item.class_key in (None, work.group.key)
            ],
            finals=[
                item
                for item in work.finals
                if item.student_key == student.key and item.class_key == work.group.key
            ],
            today=now,
        )
    )
    if school.kind is not SchoolKind.REGULAR:
        return
    days = frame.dates(school.key)
    guardian = _guardians(frame, student)[0]
    life.notices += make_notices(student, school, guardian, attendance, days, now)
    life.signatures += make_signatures(frame.seed, student, school, guardian, days, now)
    account, transactions = make_meals(frame.seed, student, school, entries, frame.year.starts)
    life.meal_accounts.append(account)
    life.meal_transactions += transactions
    life.study_plans.append(make_study_plan(student, work.group, work.curriculum, lessons))
    life.messages += make_letters(frame.seed, _circle(frame, student, school, work))


def _circle(frame: Frame, student: Student, school: School, work: ClassWork) -> Circle:
    return Circle(
        student=student,
        school=school,
        teacher=frame.teacher_person(work.group.homeroom_teacher_key),
        guardians=_guardians(frame, student),
        study_days=frame.dates(school.key),
        today=frame.now(school),
    )


def _guardians(frame: Frame, student: Student) -> tuple[str, ...]:
    ties = frame.cast.guardianships
    return tuple(item.person_key for item in ties if item.student_key == student.key)
