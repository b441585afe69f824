"""Teachers: a staff of its own for every class, so that nobody is in two rooms at once."""

from dataclasses import dataclass
from random import Random

from gateway.sandbox.world.model import Sex, Teacher
from gateway.sandbox.world.people import PersonMaker
from gateway.sandbox.world.schools import CLASS_PLANS, ClassPlan, principal_key, school_key
from gateway.sandbox.world.subjects import ENGLISH_POSITION, TEACHING, hours_of_grade

ENGLISH = "subject-english"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """All teachers; who teaches what in a class; who steps in at a school.

    ``english`` holds two teachers for each class, one for each language group.
    """

    teachers: tuple[Teacher, ...]
    by_class: dict[str, dict[str, str]]  # class slug -> subject -> teacher
    english: dict[str, tuple[str, str]]  # class slug -> teachers of the groups
    homeroom: dict[str, str]  # class slug -> teacher
    deputies: dict[int, str]  # school number -> teacher who substitutes
    principals: dict[int, str]  # school number -> teacher


class _StaffMaker:
    def __init__(self, maker: PersonMaker, rng: Random) -> None:
        self._maker = maker
        self._rng = rng
        self.teachers: list[Teacher] = []

    def add(
        self,
        number: int,
        position: str,
        subjects: tuple[str, ...],
        *,
        homeroom: str | None = None,
        person_key: str | None = None,
    ) -> str:
        """Add a teacher of a school and give the key."""
        key = f"teacher-{len(self.teachers) + 1}"
        female = self._rng.random() < 0.7  # noqa: PLR2004 - as in a usual staff room
        person = self._maker.add(
            person_key or f"person-{key}",
            sex=Sex.FEMALE if female else Sex.MALE,
            surname=self._maker.teacher_name(),
            patronymic=self._maker.father_name()[2 if female else 1],
            ages=(26, 62),
        )
        self.teachers.append(
            Teacher(
                key=key,
                person_key=person.key,
                school_key=school_key(number),
                position=position,
                subject_keys=subjects,
                homeroom_class_key=homeroom,
            )
        )
        return key


def make_staff(maker: PersonMaker, rng: Random, class_keys: dict[str, str]) -> Staff:
    """Staff all schools; ``class_keys`` are this year's classes by slug."""
    work = _StaffMaker(maker, rng)
    deputies, principals = {}, {}
    for number in sorted({plan.school_number for plan in CLASS_PLANS}):
        principals[number] = work.add(number, "Директор", (), person_key=principal_key(number))
        deputies[number] = work.add(number, "Заместитель директора", ())
    by_class, english, homeroom = {}, {}, {}
    for plan in CLASS_PLANS:
        teaches, head = _class_staff(work, plan, class_keys[plan.slug])
        by_class[plan.slug], homeroom[plan.slug] = teaches, head
        if ENGLISH in hours_of_grade(plan.grade):
            first, second = (
                work.add(plan.school_number, ENGLISH_POSITION, (ENGLISH,)) for _ in range(2)
            )
            english[plan.slug] = (first, second)
    return Staff(
        teachers=tuple(work.teachers),
        by_class=by_class,
        english=english,
        homeroom=homeroom,
        deputies=deputies,
        principals=principals,
    )


def _class_staff(work: _StaffMaker, plan: ClassPlan, class_key: str) -> tuple[dict[str, str], str]:
    """Teachers of one class by subject; the first of them is the homeroom teacher."""
    wanted = {*hours_of_grade(plan.grade), "subject-chess"}
    teaches: dict[str, str] = {}
    for position, short_keys in TEACHING:
        subjects = tuple(f"subject-{key}" for key in short_keys if f"subject-{key}" in wanted)
        if subjects:
            homeroom = None if teaches else class_key
            key = work.add(plan.school_number, position, subjects, homeroom=homeroom)
            teaches |= dict.fromkeys(subjects, key)
    head = next(iter(teaches.values()))
    teaches["subject-talks"] = head
    return teaches, head
