"""Turnstile, study plans, portfolio and clubs."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.sandbox.world.files import PDF, PNG
from gateway.sandbox.world.model import (
    Attachment,
    ClassGroup,
    Club,
    CurriculumItem,
    Entry,
    Lesson,
    LessonForm,
    LessonStatus,
    PortfolioItem,
    PortfolioKind,
    School,
    Student,
    StudyLevel,
    StudyPlan,
    StudyPlanItem,
    SubjectKind,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.school_year import DAY
from gateway.sandbox.world.subjects import SUBJECT_BY_KEY

_UNREAD_SIDE_SHARE, _ERRAND_SHARE = 0.04, 0.08
_ADVANCED_HOURS = 4  # a profile subject of grade 10 has at least so many
_STUDY_WEEKS = 34


def make_entries(
    seed: int,
    student: Student,
    school: School,
    lessons: tuple[Lesson, ...],
    absent: frozenset[str],
    today: datetime,
) -> list[Entry]:
    """In and out by the lessons attended each day; some sides are lost, some days have two.

    ``lessons`` are the pupil's own of this school in order, ``absent`` the keys of those missed.
    """
    rng = stream(seed, "entries", student.key, school.key)
    days: dict[date, list[Lesson]] = {}
    for lesson in lessons:
        if lesson.form is not LessonForm.REMOTE and lesson.status is LessonStatus.HELD:
            days.setdefault(lesson.date, []).append(lesson)
    found = []
    for day, row in days.items():
        early, late = rng.randint(5, 25), rng.randint(3, 40)
        lost, side, errand = rng.random(), rng.random(), rng.random()
        attended = [lesson for lesson in row if lesson.key not in absent]
        if not attended:
            continue
        came = attended[0].starts_at - timedelta(minutes=early)
        went = attended[-1].ends_at + timedelta(minutes=late)
        stays: list[tuple[datetime | None, datetime | None]] = [(came, went)]
        if lost < _UNREAD_SIDE_SHARE:
            stays = [(None, went)] if side < 0.5 else [(came, None)]  # noqa: PLR2004 - either side
        elif errand < _ERRAND_SHARE:
            middle = came + (went - came) / 2
            middle = middle.replace(second=0, microsecond=0)
            stays = [(came, middle), (middle + timedelta(minutes=12), went)]
        for number, (entered, left) in enumerate(stays, start=1):
            found.append(
                Entry(
                    key=f"entry-{student.key}-{school.key}-{day:%Y%m%d}-{number}",
                    student_key=student.key,
                    school_key=school.key,
                    date=day,
                    entered_at=entered,
                    left_at=left,
                    place=school.buildings[0].name,
                )
            )
    return [item for item in found if _happened(item, today)]


def _happened(entry: Entry, today: datetime) -> bool:
    return all(at <= today for at in (entry.entered_at, entry.left_at) if at)


def make_study_plan(
    student: Student,
    group: ClassGroup,
    curriculum: Iterable[CurriculumItem],
    lessons: Iterable[Lesson],
) -> StudyPlan:
    """The plan of this year; ``lessons`` are the pupil's own, to count what was held."""
    held = Counter(item.subject_key for item in lessons if item.status is LessonStatus.HELD)
    rows = []
    for item in curriculum:
        if item.group_key is not None and item.group_key not in student.group_keys:
            continue
        subject = SUBJECT_BY_KEY[item.subject_key]
        level = StudyLevel.BASE
        if subject.kind is not SubjectKind.REGULAR:
            level = StudyLevel.ELECTIVE
        elif group.profile and item.hours_per_week >= _ADVANCED_HOURS:
            level = StudyLevel.ADVANCED
        rows.append(
            StudyPlanItem(
                subject_key=subject.key,
                area=subject.area,
                level=level,
                hours_per_week=item.hours_per_week,
                hours_total=item.hours_per_week * _STUDY_WEEKS,
                hours_passed=min(held[subject.key], item.hours_per_week * _STUDY_WEEKS),
                teacher_keys=(item.teacher_key,),
            )
        )
    return StudyPlan(
        key=f"plan-{student.key}-{group.key}",
        student_key=student.key,
        class_key=group.key,
        year_key=group.year_key,
        title=f"Учебный план {group.name}",
        profile=group.profile,
        items=tuple(rows),
    )


_ACHIEVEMENTS: tuple[tuple[PortfolioKind, str, str, str, str | None], ...] = (
    (PortfolioKind.OLYMPIAD, "Олимпиада «Проба»", "Муниципальный", "Призёр", "subject-maths"),
    (PortfolioKind.SPORT, "Эстафета «Быстрее < ветра»", "Школьный", "1 место", "subject-sport"),
    (PortfolioKind.PROJECT, "Проект «Умный & тихий звонок»", "Школьный", "Участник", None),
    (PortfolioKind.CONTEST, "Конкурс чтецов", "Региональный", "Лауреат", "subject-literature"),
    (PortfolioKind.VOLUNTEERING, "Субботник", "Школьный", "Участник", None),
)


def make_portfolio(seed: int, student: Student, school: School, since: date) -> list[PortfolioItem]:
    """Achievements of last school year, which began on ``since``, in time order."""
    rng = stream(seed, "portfolio", student.key)
    rows = sorted(rng.sample(_ACHIEVEMENTS, 3), key=lambda row: row[1])
    found = []
    day = since
    for number, (kind, title, level, result, subject) in enumerate(rows, start=1):
        day += timedelta(days=rng.randint(30, 80))
        key = f"portfolio-{student.key}-{number}"
        at = datetime.combine(day + DAY, time(12, 0), ZoneInfo(school.zone))
        mime, name = ((PDF, "Диплом.pdf"), (PNG, "Грамота.png"))[number % 2]
        certificate = Attachment(
            key=f"file-{key}", name=name, mime=mime, size=32_768, uploaded_at=at
        )
        found.append(
            PortfolioItem(
                key=key,
                student_key=student.key,
                kind=kind,
                title=title,
                level=level,
                result=result,
                subject_key=subject,
                organiser=school.short_name,
                date=day,
                certificate=certificate if result != "Участник" else None,
            )
        )
    return found


def make_clubs(
    schools: Iterable[School], teachers: dict[str, str], members: dict[str, tuple[str, ...]]
) -> list[Club]:
    """A choir and a chess club a school; ``teachers`` and ``members`` by school key."""
    rows = (
        ("choir", "Хор «Эскиз»", "Искусство", 2, True, "Актовый зал"),
        ("lego", "Кружок «Сборка & разборка»", "Техника", 4, False, "Мастерская"),
    )
    return [
        Club(
            key=f"club-{school.key}-{slug}",
            school_key=school.key,
            title=title,
            area=area,
            teacher_key=teachers[school.key],
            weekday=weekday,
            starts=time(17, 0),
            ends=time(17, 45),
            place=place,
            is_free=free,
            student_keys=members[school.key][:: 1 if free else 2],
        )
        for school in schools
        for slug, title, area, weekday, free, place in rows
    ]
