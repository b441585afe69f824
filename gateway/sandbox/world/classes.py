"""Classes of two years with their pupils, groups and study hours."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from gateway.sandbox.world.cast import FEATURED, Cast
from gateway.sandbox.world.model import (
    ClassGroup,
    CurriculumItem,
    Enrollment,
    EnrollmentState,
    Person,
    SchoolYear,
    Sex,
    Student,
    TeachingGroup,
)
from gateway.sandbox.world.people import PersonMaker
from gateway.sandbox.world.schools import CLASS_PLANS, ClassPlan, school_key
from gateway.sandbox.world.staff import ENGLISH, Staff
from gateway.sandbox.world.subjects import hours_of_grade

CHESS_CLASSES = ("1-7a", "3-10b")
ADDITIONAL = next(plan for plan in CLASS_PLANS if plan.grade is None)


def class_key(plan: ClassPlan, year: SchoolYear, *, years_back: int = 0) -> str:
    """Key of a plan's class in a school year."""
    grade = plan.grade - years_back if plan.grade else ""
    return f"class-{plan.school_number}-{grade}{plan.latin}-{year.start_year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Everything about who learns where; ``current`` gives this year's class by plan slug."""

    students: tuple[Student, ...]
    classes: tuple[ClassGroup, ...]
    groups: tuple[TeachingGroup, ...]
    curriculum: tuple[CurriculumItem, ...]
    current: dict[str, ClassGroup]
    previous: dict[str, ClassGroup]


@dataclass(slots=True)
class _Pupil:
    key: str
    person: Person
    plan: ClassPlan
    featured: bool
    gone: bool = False
    additional: bool = False
    groups: list[str] = field(default_factory=list)


def make_classes(
    maker: PersonMaker, rng: Random, cast: Cast, staff: Staff, years: tuple[SchoolYear, ...]
) -> Classes:
    """Fill the classes with featured pupils and classmates."""
    pupils = _pupils(maker, rng, cast)
    this, last = years
    current: dict[str, ClassGroup] = {}
    previous: dict[str, ClassGroup] = {}
    groups: list[TeachingGroup] = []
    curriculum: list[CurriculumItem] = []
    for plan in CLASS_PLANS:
        if plan is ADDITIONAL:
            members = [pupil for pupil in pupils if pupil.additional]
        else:
            members = [pupil for pupil in pupils if pupil.plan is plan]
        members.sort(key=lambda pupil: pupil.person.full_name)
        staying = [pupil for pupil in members if not pupil.gone]
        if plan is not ADDITIONAL:
            previous[plan.slug] = _class(plan, last, members, staff, years_back=1)
        group = _class(plan, this, staying, staff, previous=previous.get(plan.slug))
        current[plan.slug] = group
        groups += _groups(plan, group.key, staying, staff)
        curriculum += _curriculum(plan, group.key, groups, staff)
    return Classes(
        students=tuple(_student(pupil, years, current, previous) for pupil in pupils),
        classes=(*current.values(), *previous.values()),
        groups=tuple(groups),
        curriculum=tuple(curriculum),
        current=current,
        previous=previous,
    )


def _pupils(maker: PersonMaker, rng: Random, cast: Cast) -> list[_Pupil]:
    plans = {plan.slug: plan for plan in CLASS_PLANS}
    pupils = [
        _Pupil(
            key=part.key,
            person=cast.pupils[part.number],
            plan=plans[part.class_slug],
            featured=True,
            gone=part.gone,
            additional=part.additional,
        )
        for part in FEATURED
    ]
    for plan in CLASS_PLANS:
        for index in range(plan.classmates):
            sex = rng.choice((Sex.FEMALE, Sex.MALE))
            age = (plan.grade or 0) + 6
            key = f"student-{len(pupils) + 1}"
            _, son, daughter = maker.father_name()
            patronymic = daughter if sex is Sex.FEMALE else son
            person = maker.add(
                f"person-{key}",
                sex=sex,
                surname=maker.family_name(),
                patronymic=None if index == plan.classmates - 1 else patronymic,
                ages=(age, age),
                reachable=False,
            )
            at_club = plan.school_number == ADDITIONAL.school_number or (
                plan.school_number == 1 and index == 0
            )
            pupils.append(_Pupil(key, person, plan, featured=False, additional=at_club))
    return pupils


def _class(
    plan: ClassPlan,
    year: SchoolYear,
    members: list[_Pupil],
    staff: Staff,
    *,
    years_back: int = 0,
    previous: ClassGroup | None = None,
) -> ClassGroup:
    grade = plan.grade - years_back if plan.grade else None
    return ClassGroup(
        key=class_key(plan, year, years_back=years_back),
        school_key=school_key(plan.school_number),
        year_key=year.key,
        name=f"{grade}{plan.letter}" if grade else plan.letter,
        grade_level=grade,
        letter=plan.letter if grade else None,
        homeroom_teacher_key=staff.homeroom[plan.slug],
        student_keys=tuple(pupil.key for pupil in members),
        profile=None if years_back else plan.profile,
        previous_key=previous.key if previous else None,
    )


def _groups(plan: ClassPlan, key: str, members: list[_Pupil], staff: Staff) -> list[TeachingGroup]:
    groups = []
    if plan.slug in staff.english:
        half = (len(members) + 1) // 2
        halves = (members[:half], members[half:])
        for number, (part, teacher) in enumerate(
            zip(halves, staff.english[plan.slug], strict=True), start=1
        ):
            groups.append(
                _group(f"group-{plan.slug}-english-{number}", key, ENGLISH, part, teacher, number)
            )
    if plan.slug in CHESS_CLASSES:
        teacher = staff.by_class[plan.slug]["subject-chess"]
        players = [pupil for pupil in members if pupil.featured or pupil is members[0]]
        groups.append(_group(f"group-{plan.slug}-chess", key, "subject-chess", players, teacher, 1))
    return groups


def _group(
    key: str, of_class: str, subject: str, members: list[_Pupil], teacher: str, number: int
) -> TeachingGroup:
    title = "Английский язык, группа" if subject == ENGLISH else "Шахматы, группа"
    for pupil in members:
        pupil.groups.append(key)
    return TeachingGroup(
        key=key,
        class_key=of_class,
        subject_key=subject,
        name=f"{title} {number}",
        number=number,
        teacher_key=teacher,
        student_keys=tuple(pupil.key for pupil in members),
    )


def _curriculum(
    plan: ClassPlan, key: str, groups: list[TeachingGroup], staff: Staff
) -> list[CurriculumItem]:
    rows: list[tuple[str, str | None, str, int]] = []
    own = [group for group in groups if group.class_key == key]
    for subject, hours in hours_of_grade(plan.grade).items():
        parts = [group for group in own if group.subject_key == subject]
        rows += [(subject, group.key, group.teacher_key, hours) for group in parts]
        if not parts:
            rows.append((subject, None, staff.by_class[plan.slug][subject], hours))
    if plan is not ADDITIONAL:
        rows.append(("subject-talks", None, staff.by_class[plan.slug]["subject-talks"], 1))
    rows += [
        (group.subject_key, group.key, group.teacher_key, 1)
        for group in own
        if group.subject_key == "subject-chess"
    ]
    return [
        CurriculumItem(
            key=f"curriculum-{group or key}-{subject.removeprefix('subject-')}",
            class_key=key,
            subject_key=subject,
            group_key=group,
            teacher_key=teacher,
            hours_per_week=hours,
        )
        for subject, group, teacher, hours in rows
    ]


def _student(
    pupil: _Pupil,
    years: tuple[SchoolYear, ...],
    current: dict[str, ClassGroup],
    previous: dict[str, ClassGroup],
) -> Student:
    this, last = years
    slug = pupil.plan.slug
    places = []
    if not pupil.gone:
        places.append(_enrol(pupil, current[slug], this.starts, None, EnrollmentState.ACTIVE))
        if pupil.additional:
            club = current[ADDITIONAL.slug]
            places.append(_enrol(pupil, club, this.starts, None, EnrollmentState.ACTIVE))
    state = EnrollmentState.LEFT if pupil.gone else EnrollmentState.FINISHED
    places.append(_enrol(pupil, previous[slug], last.starts, last.ends, state))
    return Student(
        key=pupil.key,
        person_key=pupil.person.key,
        school_key=places[0].school_key,
        class_key=places[0].class_key,
        enrollments=tuple(places),
        group_keys=tuple(pupil.groups),
        profile=None if pupil.gone else pupil.plan.profile,
        card_number=f"0000{int(pupil.key.removeprefix('student-')):04d}",
        featured=pupil.featured,
    )


def _enrol(
    pupil: _Pupil, group: ClassGroup, starts: date, ends: date | None, state: EnrollmentState
) -> Enrollment:
    return Enrollment(
        key=f"enrollment-{pupil.key.removeprefix('student-')}-{group.key}",
        student_key=pupil.key,
        school_key=group.school_key,
        class_key=group.key,
        year_key=group.year_key,
        starts=starts,
        ends=ends,
        state=state,
    )
