"""All school work of one class: lessons, attendance, homework, marks, grades, ranks."""

from dataclasses import dataclass

from gateway.sandbox.world.attendance import make_attendance
from gateway.sandbox.world.cast import EXEMPT, LONG_ILL
from gateway.sandbox.world.frame import Frame
from gateway.sandbox.world.grades import GradeBook, make_grades
from gateway.sandbox.world.homework import Course, gives_homework, make_homework
from gateway.sandbox.world.marking import Terms
from gateway.sandbox.world.marks import Register, make_marks
from gateway.sandbox.world.model import (
    Assignment,
    Attendance,
    AttendanceKind,
    ChangeKind,
    ClassGroup,
    ClassRank,
    CurriculumItem,
    FinalGrade,
    Homework,
    Lesson,
    Mark,
    Remark,
    SchoolKind,
    Student,
    TeachingGroup,
)
from gateway.sandbox.world.notices import make_remarks
from gateway.sandbox.world.ranks import make_ranks
from gateway.sandbox.world.schools import ClassPlan
from gateway.sandbox.world.timetable import ClassYear, make_lessons


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassWork:
    """What one class did this year by the world's day."""

    group: ClassGroup
    students: tuple[Student, ...]
    curriculum: tuple[CurriculumItem, ...]
    lessons: tuple[Lesson, ...]
    attendance: dict[str, list[Attendance]]  # by pupil
    homework: list[Homework]
    assignments: list[Assignment]
    marks: list[Mark]
    finals: list[FinalGrade]
    ranks: list[ClassRank]
    remarks: list[Remark]

    def lessons_of(self, student: Student) -> tuple[Lesson, ...]:
        """A pupil's own lessons in this class."""
        return tuple(
            lesson
            for lesson in self.lessons
            if lesson.group_key is None or lesson.group_key in student.group_keys
        )


def make_class_work(frame: Frame, plan: ClassPlan) -> ClassWork:
    """Let a class learn for the year."""
    group = frame.classes.current[plan.slug]
    school = frame.school(group.school_key)
    place = school.key, frame.year.key
    now = frame.now(school)
    students = tuple(frame.student(key) for key in group.student_keys)
    curriculum = tuple(item for item in frame.classes.curriculum if item.class_key == group.key)
    year = ClassYear(
        slug=plan.slug,
        group=group,
        school=school,
        curriculum=curriculum,
        days=frame.days[place],
        spans=frame.spans[place],
    )
    deputy = frame.staff.deputies[plan.school_number]
    lessons = tuple(make_lessons(frame.seed, year, now, deputy))
    members: dict[str | None, tuple[str, ...]] = {None: group.student_keys}
    members |= {part.key: part.student_keys for part in _groups(frame, group)}
    work = ClassWork(
        group=group,
        students=students,
        curriculum=curriculum,
        lessons=lessons,
        attendance={},
        homework=_homework(frame, plan, lessons, members),
        assignments=[],
        marks=[],
        finals=[],
        ranks=[],
        remarks=[],
    )
    if school.kind is SchoolKind.REGULAR:
        for student in students:
            own = work.lessons_of(student)
            work.attendance[student.key] = make_attendance(frame.seed, student, own, now)
            work.remarks.extend(make_remarks(frame.seed, student, own, now))
    register = Register(
        slug=plan.slug,
        students=students,
        curriculum=curriculum,
        members=members,
        lessons=lessons,
        absent=_absent(work),
        due={item.due_lesson_key: item.key for item in work.homework if not item.is_empty},
        unmarked={EXEMPT: frame.year.ends, LONG_ILL: frame.periods[place][0].ends},
        terms=Terms(days=frame.dates(school.key), periods=frame.periods[place]),
    )
    assignments, marks = make_marks(frame.seed, register, now)
    work.assignments.extend(assignments)
    work.marks.extend(marks)
    work.ranks.extend(make_ranks(group, frame.periods[place], marks, frame.today))
    _grade(frame, plan, work)
    return work


def _groups(frame: Frame, group: ClassGroup) -> list[TeachingGroup]:
    return [part for part in frame.classes.groups if part.class_key == group.key]


def _homework(
    frame: Frame,
    plan: ClassPlan,
    lessons: tuple[Lesson, ...],
    members: dict[str | None, tuple[str, ...]],
) -> list[Homework]:
    courses: dict[tuple[str, str | None], list[Lesson]] = {}
    for lesson in lessons:
        subjects = {lesson.subject_key}
        if lesson.change and lesson.change.kind is ChangeKind.SUBJECT:
            subjects.add(lesson.change.subject_key)
        for subject in filter(gives_homework, sorted(subjects)):
            courses.setdefault((subject, lesson.group_key), []).append(lesson)
    school = frame.school(lessons[0].school_key)
    found = []
    for (subject, part), row in courses.items():
        slug = f"{plan.slug}-{subject}-{part}"
        course = Course(
            slug=slug, subject_key=subject, lessons=tuple(row), student_keys=members[part]
        )
        found += make_homework(frame.seed, course, frame.now(school))
    return found


def _absent(work: ClassWork) -> frozenset[tuple[str, str]]:
    return frozenset(
        (item.student_key, item.lesson_key)
        for records in work.attendance.values()
        for item in records
        if item.kind is AttendanceKind.ABSENT
    )


def _grade(frame: Frame, plan: ClassPlan, work: ClassWork) -> None:
    """Final grades of this year and of the one before, for all who were in the class then."""
    teachers = {item.subject_key: item.teacher_key for item in work.curriculum}
    marks: dict[str, list[Mark]] = {}
    for mark in work.marks:
        marks.setdefault(mark.student_key, []).append(mark)
    groups = [work.group]
    if plan.slug in frame.classes.previous:
        groups.append(frame.classes.previous[plan.slug])
    for group in groups:
        place = group.school_key, group.year_key
        year = next(item for item in frame.years if item.key == group.year_key)
        for key in group.student_keys:
            book = GradeBook(
                student=frame.student(key),
                group=group,
                school=frame.school(group.school_key),
                year=year,
                periods=frame.periods[place],
                last_days=frame.last_days(*place),
                teachers=teachers,
                today=frame.today,
            )
            work.finals.extend(make_grades(frame.seed, book, tuple(marks.get(key, ()))))
