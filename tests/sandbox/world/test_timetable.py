from collections import Counter, defaultdict
from datetime import date, timedelta

from gateway.sandbox.world import World
from gateway.sandbox.world.model import (
    ChangeKind,
    Lesson,
    LessonForm,
    LessonStatus,
    SpanKind,
    SubjectKind,
)
from gateway.sandbox.world.school_year import study_days

_GONE = (LessonStatus.CANCELLED, LessonStatus.MOVED)


def test_lessons_are_held_on_study_days_only(world_of_day: World) -> None:
    world = world_of_day
    for school in world.schools:
        year = world.current_year
        days = {item.day for item in study_days(school, year, world.spans_of(school.key))}
        lessons = [item for item in world.lessons if item.school_key == school.key]
        assert {lesson.date for lesson in lessons} == days


def test_a_makeup_saturday_follows_the_timetable_of_its_weekday(world: World) -> None:
    (span,) = (
        item
        for item in world.spans_of("school-1", world.current_year.starts)
        if item.kind is SpanKind.MAKEUP_DAY
    )
    saturday = world.lessons_of_class("class-1-7a-2025", span.starts, span.starts)
    friday = world.lessons_of_class("class-1-7a-2025", date(2025, 9, 26), date(2025, 9, 26))
    changed = {item.number for item in (*saturday, *friday) if item.change}
    assert _subjects(saturday, changed) == _subjects(friday, changed)
    assert _subjects(friday, changed)
    short = world.school("school-1").bell_schedules[1]
    assert saturday[0].starts_at.time() == short.lesson(1).starts
    assert saturday[0].ends_at.time() == short.lesson(1).ends


def _subjects(lessons: tuple[Lesson, ...], without: set[int | None]) -> dict[int, str]:
    kept = (item for item in lessons if item.number and item.number not in without)
    return {item.number: item.subject_key for item in kept if item.number}


def test_the_past_is_held_and_the_future_planned(world_of_day: World) -> None:
    for lesson in world_of_day.lessons:
        if lesson.status in _GONE:
            continue
        past = lesson.date <= world_of_day.today
        assert lesson.status is (LessonStatus.HELD if past else LessonStatus.PLANNED)


def test_nobody_has_two_lessons_at_a_time(world: World) -> None:
    for student in world.students:
        slots = Counter(
            item.starts_at for item in world.lessons_of(student.key) if item.status not in _GONE
        )
        assert not [at for at, count in slots.items() if count > 1]
    rooms = Counter(
        (item.teacher_key, item.starts_at)
        for item in world.lessons
        if item.status not in _GONE and item.change is None
    )
    assert max(rooms.values()) == 1


def test_lessons_have_numbers_and_bells_of_their_school(world: World) -> None:
    for lesson in world.lessons:
        schedules = world.school(lesson.school_key).bell_schedules
        weekday = lesson.date.isoweekday()
        schedule = next((item for item in schedules if weekday in item.weekdays), schedules[0])
        if lesson.number is None:
            assert lesson.form in (LessonForm.EXTRACURRICULAR, LessonForm.REMOTE)
        else:
            bell = schedule.lesson(lesson.number)
            assert (bell.starts, bell.ends) == (lesson.starts_at.time(), lesson.ends_at.time())


def test_every_kind_of_change_is_there(world: World) -> None:
    for day in (date(2025, 9, 29), world.today):
        seen = {item.change.kind for item in world.lessons if item.change and item.date <= day}
        assert seen == set(ChangeKind)


def test_changes_tell_what_was_changed(world: World) -> None:
    lessons = {item.key: item for item in world.lessons}
    for lesson in world.lessons:
        change = lesson.change
        if change is None:
            continue
        assert change.announced_at < lesson.starts_at
        match change.kind:
            case ChangeKind.TEACHER:
                assert lesson.teacher_key != change.teacher_key
            case ChangeKind.SUBJECT:
                assert lesson.subject_key != change.subject_key
            case ChangeKind.ROOM:
                assert lesson.room != change.room
            case ChangeKind.CANCELLED:
                assert lesson.status is LessonStatus.CANCELLED
            case ChangeKind.REMOTE:
                assert lesson.remote_url
                assert lesson.room is None
            case ChangeKind.MOVED_AWAY | ChangeKind.MOVED_HERE:
                other = lessons[change.other_lesson_key or ""]
                assert other.change
                assert other.change.other_lesson_key == lesson.key
                assert other.subject_key == lesson.subject_key


def test_changes_of_the_coming_days_may_be_known_already(world: World) -> None:
    coming = [item for item in world.lessons if item.change and item.date > world.today]
    assert all(item.date <= world.today + timedelta(days=7) for item in coming)


def test_language_groups_learn_apart_at_the_same_time(world: World) -> None:
    by_slot: dict[tuple[object, ...], set[str | None]] = defaultdict(set)
    for lesson in world.lessons_of_class("class-1-7a-2025"):
        if lesson.subject_key == "subject-english":
            by_slot[lesson.starts_at,].add(lesson.group_key)
    assert by_slot
    assert all(len(groups) == 2 for groups in by_slot.values())
    own = {item.group_key for item in world.lessons_of("student-1")}
    assert len([key for key in own if key and "english" in key]) == 1


def test_the_hours_of_the_curriculum_are_kept_in_a_plain_week(world: World) -> None:
    week = date(2026, 1, 19)
    for group in world.classes:
        if group.year_key != world.current_year.key:
            continue
        lessons = world.lessons_of_class(group.key, week, week + timedelta(days=6))
        planned = Counter(
            (item.change or item).subject_key
            for item in lessons
            if item.change is None or item.change.kind is not ChangeKind.MOVED_HERE
        )
        hours = Counter[str]()
        for row in world.curriculum_of(group.key):
            hours[row.subject_key] += row.hours_per_week
        assert planned == hours


def test_rooms_are_sometimes_words_and_sometimes_missing(world: World) -> None:
    rooms = {item.room for item in world.lessons}
    assert None in rooms
    assert "Спортзал" in rooms
    assert any(room and room[:-1].isdigit() and not room.isdigit() for room in rooms)
    assert any(item.floor for item in world.lessons)


def test_control_works_electives_and_clubs_are_in_the_timetable(world: World) -> None:
    assert any(item.is_control for item in world.lessons_of("student-1"))
    kinds = {world.subject(item.subject_key).kind for item in world.lessons_of("student-1")}
    assert kinds >= {SubjectKind.REGULAR, SubjectKind.ELECTIVE, SubjectKind.EXTRACURRICULAR}
    kinds = {world.subject(item.subject_key).kind for item in world.lessons_of("student-2")}
    assert SubjectKind.ADDITIONAL in kinds


def test_a_quarantine_makes_the_class_learn_remotely(world: World) -> None:
    (span,) = (item for item in world.spans if item.kind is SpanKind.QUARANTINE)
    lessons = world.lessons_of_class(span.class_key or "", span.starts, span.ends)
    assert lessons
    assert all(item.form is LessonForm.REMOTE and item.remote_url for item in lessons)


def test_a_teachers_timetable_is_what_he_gives(world: World) -> None:
    teacher = world.curriculum[0].teacher_key
    lessons = world.lessons_of_teacher(teacher, world.today, world.today + timedelta(days=6))
    assert lessons
    assert {item.teacher_key for item in lessons} == {teacher}


def test_the_bag_weighs_the_books_of_the_day(world: World) -> None:
    lessons = world.lessons_of("student-1", world.today, world.today)
    grams = {world.subject(item.subject_key).textbook_grams for item in lessons}
    assert world.bag_weight_of("student-1", world.today) >= max(g or 0 for g in grams) > 0
    assert world.bag_weight_of("student-1", date(2026, 1, 3)) == 0
