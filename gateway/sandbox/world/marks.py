"""The register of a class, lesson after lesson."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import date, datetime

from gateway.sandbox.world.mark_texts import CRITERIA
from gateway.sandbox.world.marking import Marker, Pupil, Terms, new_bag
from gateway.sandbox.world.model import (
    Assignment,
    CurriculumItem,
    Lesson,
    LessonStatus,
    Mark,
    Student,
    SubjectKind,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.school_year import monday_of
from gateway.sandbox.world.subjects import (
    ANSWER,
    CLASSWORK,
    CONTROL,
    DIAGNOSTIC,
    ESSAY,
    FIVE,
    HOMEWORK,
    LAB,
    SUBJECT_BY_KEY,
    TEST,
    WORK_KIND_BY_KEY,
)

_TEST_SHARE, _DIAGNOSTIC_SHARE, _CALLED_SHARE, _ABSENT_SHARE = 0.05, 0.01, 0.12, 0.4
_WINDOW_WEEKS = 4  # nobody goes longer than this with fewer than two marks in a subject
_ENOUGH = 2
_TEST_KINDS = {
    "subject-literature": ESSAY,
    "subject-physics": LAB,
    "subject-chemistry": LAB,
    "subject-biology": LAB,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What marks of one class rest on.

    ``courses`` gives the pupils by (subject, group); ``absent`` holds (pupil, lesson);
    ``due`` the homework by the lesson it is due at; ``unmarked`` up to which day a pupil gets no
    marks in a subject.
    """

    slug: str
    students: tuple[Student, ...]
    curriculum: tuple[CurriculumItem, ...]
    members: dict[str | None, tuple[str, ...]]  # group (None: the class) -> pupils
    lessons: tuple[Lesson, ...]
    absent: frozenset[tuple[str, str]]
    due: dict[str, str]  # lesson -> homework
    unmarked: dict[tuple[str, str], date]
    terms: Terms


class _Clerk:
    """Keeps the register of one class."""

    def __init__(self, seed: int, register: Register, today: datetime) -> None:
        self._register = register
        self._rng = stream(seed, "marks", register.slug)
        self._marker = Marker(self._rng, register.terms, today)
        self._pupils = {
            student.key: Pupil(
                student=student,
                ability=self._rng.uniform(3.8 if student.featured else 3.2, 4.7),
                bag=new_bag(stream(seed, "special-marks", register.slug, student.key)),
            )
            for student in register.students
        }
        self._hours = {item.subject_key: item.hours_per_week for item in register.curriculum}
        self._recent: dict[tuple[str, str], deque[bool]] = {}
        self._asked: Counter[tuple[str, str | None, date]] = Counter()  # in a course in a week
        self.assignments: dict[str, Assignment] = {}
        self.marks: list[Mark] = []

    def lesson(self, lesson: Lesson) -> None:
        """Enter the marks of one lesson."""
        members = self._register.members[lesson.group_key]
        keys = [key for key in members if self._is_marked(key, lesson)]
        absent = {key for key in keys if (key, lesson.key) in self._register.absent}
        common = self._common_work(lesson)
        called = self._called([key for key in keys if key not in absent], lesson)
        for key in keys:
            pupil = self._pupils[key]
            got = False
            if key in absent:
                self._absent(pupil, lesson, common, noted=len(called) < _ENOUGH)
            elif common or key in called:
                work = self._work(lesson, common or self._kind(lesson))
                self.marks += self._marker.mark(pupil, lesson, work)
                got = True
            self._window(key, lesson.subject_key).append(got)

    def _is_marked(self, key: str, lesson: Lesson) -> bool:
        until = self._register.unmarked.get((key, lesson.subject_key))
        return until is None or lesson.date > until

    def _common_work(self, lesson: Lesson) -> str | None:
        """The kind of a work that the whole class writes, if it does."""
        lot = self._rng.random()
        if SUBJECT_BY_KEY[lesson.subject_key].scale_key != FIVE:
            return None
        if lesson.is_control:
            return CONTROL
        if lot < _TEST_SHARE:
            return _TEST_KINDS.get(lesson.subject_key, TEST)
        return DIAGNOSTIC if lot < _TEST_SHARE + _DIAGNOSTIC_SHARE else None

    def _called(self, present: list[str], lesson: Lesson) -> set[str]:
        """Who is asked: some by chance, those not asked for long, and two of the class a week."""
        week = lesson.subject_key, lesson.group_key, monday_of(lesson.date)
        fewest = _ENOUGH - self._asked[week]
        lots = {key: self._rng.random() for key in present}
        called = {key for key, lot in lots.items() if lot < _CALLED_SHARE}
        called |= {key for key in present if self._is_overdue(key, lesson.subject_key)}
        waiting = sorted(present, key=lambda key: lots[key])
        for key in waiting:
            if len(called) >= fewest:
                break
            called.add(key)
        self._asked[week] += len(called)
        return called

    def _window(self, key: str, subject: str) -> deque[bool]:
        window = self._recent.get((key, subject))
        if window is None:
            window = deque(maxlen=_WINDOW_WEEKS * self._hours.get(subject, 1) - 1)
            self._recent[key, subject] = window
        return window

    def _is_overdue(self, key: str, subject: str) -> bool:
        window = self._window(key, subject)
        return len(window) == window.maxlen and window.count(True) < _ENOUGH

    def _kind(self, lesson: Lesson) -> str:
        lot = self._rng.random()
        if lesson.key in self._register.due and lot < 0.35:  # noqa: PLR2004 - of those with homework
            return HOMEWORK
        return ANSWER if lot > 0.65 else CLASSWORK  # noqa: PLR2004 - the rest in halves

    def _absent(self, pupil: Pupil, lesson: Lesson, common: str | None, *, noted: bool) -> None:
        """«н» or a debt for some, for all when hardly anybody is there (``noted``)."""
        lot = self._rng.random()
        if common and not noted and lot > _ABSENT_SHARE:
            work = self._work(lesson, common)
            self.marks += self._marker.debt(pupil, lesson, work, missed=True)
        elif noted or lot < _ABSENT_SHARE:
            work = self._work(lesson, common or CLASSWORK)
            self.marks += self._marker.absent(pupil, lesson, work)

    def _work(self, lesson: Lesson, kind: str) -> Assignment:
        key = f"assignment-{lesson.key.removeprefix('lesson-')}-{kind.removeprefix('work-')}"
        if key not in self.assignments:
            name = WORK_KIND_BY_KEY[kind].name
            with_topic = WORK_KIND_BY_KEY[kind].is_important and lesson.topic
            criteria = tuple(name for name, _ in CRITERIA)
            self.assignments[key] = Assignment(
                key=key,
                lesson_key=lesson.key,
                class_key=lesson.class_key,
                group_key=lesson.group_key,
                subject_key=lesson.subject_key,
                teacher_key=lesson.teacher_key,
                work_kind_key=kind,
                title=f"{name} «{lesson.topic}»" if with_topic else name,
                date=lesson.date,
                homework_key=self._register.due.get(lesson.key) if kind == HOMEWORK else None,
                criteria=criteria
                if lesson.subject_key == "subject-craft" and kind == CLASSWORK
                else (),
            )
        return self.assignments[key]


def make_marks(
    seed: int, register: Register, today: datetime
) -> tuple[list[Assignment], list[Mark]]:
    """Assignments and marks of one class, as seen at the end of ``today`` (aware)."""
    clerk = _Clerk(seed, register, today)
    for lesson in register.lessons:
        kind = SUBJECT_BY_KEY[lesson.subject_key].kind
        if lesson.status is LessonStatus.HELD and kind is not SubjectKind.EXTRACURRICULAR:
            clerk.lesson(lesson)
    return list(clerk.assignments.values()), clerk.marks
