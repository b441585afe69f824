"""Weekly timetables and the dated lessons of a whole year made from them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from gateway.sandbox.world.changes import Changer
from gateway.sandbox.world.model import (
    CalendarSpan,
    ClassGroup,
    CurriculumItem,
    Lesson,
    LessonForm,
    LessonStatus,
    School,
    SpanKind,
    SubjectKind,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.school_year import StudyDay
from gateway.sandbox.world.subjects import ROOMS, SUBJECT_BY_KEY
from gateway.sandbox.world.topics import PLACEHOLDER_TOPICS, TOPICS

# after the regular day: weekday and clock times of extracurricular lessons
_AFTERNOON: dict[str, tuple[int, time, time]] = {
    "subject-talks": (1, time(16, 40), time(17, 10)),
    "subject-chess": (3, time(16, 40), time(17, 25)),
}
_TOPICS_AHEAD = 14  # days for which teachers have filled the topics in
_CONTROL_WEEKS, _CONTROL_FEWEST = 4, 6  # a control work every four weeks or six lessons
_NO_CONTROL = {"subject-music", "subject-art", "subject-sport", "subject-project"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A weekly lesson: its place in the week and what never changes from week to week."""

    weekday: int
    number: int | None
    item: CurriculumItem
    suffix: str  # end of the lesson's key
    room: str | None
    building: str | None
    floor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A study day with its bells by lesson number."""

    day: date
    stamp: str
    bells: dict[int, tuple[time, time]]
    remote: bool
    topics_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassYear:
    """What the timetable of one class is made of; ``slug`` is that of the class's plan."""

    slug: str
    group: ClassGroup
    school: School
    curriculum: tuple[CurriculumItem, ...]
    days: tuple[StudyDay, ...]
    spans: tuple[CalendarSpan, ...]


def make_lessons(seed: int, plan: ClassYear, today: datetime, deputy: str) -> list[Lesson]:
    """All lessons of a class in a year, as known at the end of ``today`` (aware)."""
    rng = stream(seed, "timetable", plan.slug)
    zone = ZoneInfo(plan.school.zone)
    rows = _week(plan, rng)
    topics: Counter[tuple[str, str | None]] = Counter()
    lessons = []
    for study_day in plan.days:
        day = _day(plan, study_day, today)
        for row in rows:
            if row.weekday == study_day.timetable:
                course = row.item.subject_key, row.item.group_key
                lessons.append(_lesson(plan, day, row, topics[course], zone, today))
                topics[course] += 1
    return Changer(seed, plan.slug, plan.school, today, deputy).apply(lessons)


def _day(plan: ClassYear, study_day: StudyDay, today: datetime) -> _Day:
    day = study_day.day
    schedules = plan.school.bell_schedules
    chosen = next((item for item in schedules if day.isoweekday() in item.weekdays), schedules[0])
    return _Day(
        day=day,
        stamp=f"{day:%Y%m%d}",
        bells={bell.number: (bell.starts, bell.ends) for bell in chosen.bells if not bell.is_break},
        remote=any(
            span.kind is SpanKind.QUARANTINE
            and span.class_key == plan.group.key
            and span.starts <= day <= span.ends
            for span in plan.spans
        ),
        topics_known=(day - today.date()).days <= _TOPICS_AHEAD,
    )


def _week(plan: ClassYear, rng: Random) -> list[_Row]:
    """Spread the hours over the week: a subject at most once a day, days evenly filled."""
    days = plan.school.study_weekdays
    hours: dict[str, list[CurriculumItem]] = {}
    afternoon = []
    for item in plan.curriculum:
        if SUBJECT_BY_KEY[item.subject_key].kind is SubjectKind.EXTRACURRICULAR:
            afternoon.append((_AFTERNOON[item.subject_key][0], None, item))
        else:
            hours.setdefault(item.subject_key, []).append(item)
    load: dict[int, list[str]] = {day: [] for day in days}
    order = sorted(hours, key=lambda key: (-hours[key][0].hours_per_week, rng.random()))
    for subject in order:
        count = hours[subject][0].hours_per_week
        ranked = sorted(days, key=lambda day: (len(load[day]), rng.random()))
        if plan.group.grade_level is None:
            ranked = list(days)
        for day in ranked[:count]:
            load[day].append(subject)
    places: list[tuple[int, int | None, CurriculumItem]] = []
    for day, subjects in load.items():
        rng.shuffle(subjects)
        # electives come last, as they do in schools
        subjects.sort(key=lambda key: SUBJECT_BY_KEY[key].kind is SubjectKind.ELECTIVE)
        for number, subject in enumerate(subjects, start=1):
            places += [(day, number, item) for item in hours[subject]]
    rooms = _rooms(plan, rng)
    return [
        _row(plan, weekday, number, item, rooms[item.key])
        for weekday, number, item in [*places, *afternoon]
    ]


def _rooms(plan: ClassYear, rng: Random) -> dict[str, str | None]:
    rooms: dict[str, str | None] = {}
    for item in plan.curriculum:
        number = f"{rng.randint(1, 4)}{rng.randint(1, 19):02d}"
        letter = rng.choice(("", "", "", "а"))
        rooms[item.key] = ROOMS.get(item.subject_key, number + letter)
    return rooms


def _row(
    plan: ClassYear, weekday: int, number: int | None, item: CurriculumItem, room: str | None
) -> _Row:
    place = item.subject_key.removeprefix("subject-") if number is None else str(number)
    group = f"-g{item.group_key[-1]}" if item.group_key and number else ""
    buildings = plan.school.buildings
    building = buildings[-1 if item.subject_key == "subject-craft" else 0].name
    return _Row(
        weekday=weekday,
        number=number,
        item=item,
        suffix=place + group,
        room=room,
        building=building if room else None,
        floor=int(room[0]) if room and room[0].isdigit() else None,
    )


def _lesson(
    plan: ClassYear, day: _Day, row: _Row, count: int, zone: ZoneInfo, today: datetime
) -> Lesson:
    item = row.item
    form = LessonForm.CLASSROOM
    if row.number is None:
        form = LessonForm.EXTRACURRICULAR
        _, starts, ends = _AFTERNOON[item.subject_key]
    else:
        starts, ends = day.bells[row.number]
    starts_at = datetime.combine(day.day, starts, zone)
    key = f"lesson-{plan.slug}-{day.stamp}-{row.suffix}"
    return Lesson(
        key=key,
        school_key=plan.school.key,
        year_key=plan.group.year_key,
        class_key=plan.group.key,
        group_key=item.group_key,
        subject_key=item.subject_key,
        teacher_key=item.teacher_key,
        date=day.day,
        number=row.number,
        starts_at=starts_at,
        ends_at=datetime.combine(day.day, ends, zone),
        room=None if day.remote else row.room,
        building=None if day.remote else row.building,
        floor=None if day.remote else row.floor,
        topic=_topic(item.subject_key, count) if day.topics_known else None,
        form=LessonForm.REMOTE if day.remote else form,
        status=LessonStatus.HELD if starts_at <= today else LessonStatus.PLANNED,
        is_control=_is_control(item, count),
        remote_url=f"https://meet.example.org/{key}" if day.remote else None,
        change=None,
    )


def _topic(subject: str, count: int) -> str:
    topics = TOPICS[subject.removeprefix("subject-")]
    rounds, index = divmod(count, len(topics) + 1)
    if index == len(topics):
        return PLACEHOLDER_TOPICS[rounds % len(PLACEHOLDER_TOPICS)]
    return topics[index]


def _is_control(item: CurriculumItem, count: int) -> bool:
    kind = SUBJECT_BY_KEY[item.subject_key].kind
    if kind is not SubjectKind.REGULAR or item.subject_key in _NO_CONTROL:
        return False
    every = max(_CONTROL_WEEKS * item.hours_per_week, _CONTROL_FEWEST)
    return count % every == every - 1 - item.hours_per_week % 2
