from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.sandbox.world import World, build_world
from gateway.sandbox.world.averages import average, rounded
from gateway.sandbox.world.model import (
    AttendanceKind,
    LessonStatus,
    Mark,
    MarkStatus,
    ScaleKind,
    SchoolKind,
    SubjectKind,
)

PUPILS = ("student-1", "student-2", "student-3", "student-4", "student-5")


@pytest.mark.parametrize("seed", range(1, 4))
def test_every_status_of_a_mark_is_there(seed: int) -> None:
    world = build_world(seed, date(2026, 2, 12))
    assert {mark.status for mark in world.marks} == set(MarkStatus)


@pytest.mark.parametrize("student", PUPILS)
def test_each_featured_pupil_has_nearly_every_kind_of_mark(world: World, student: str) -> None:
    marks = world.marks_of(student)
    texts = {mark.text for mark in marks}
    assert texts >= {"н/а", "осв", "н", "4", "5"}
    assert texts & {"4-", "5-", "3-", "4+", "3+"}
    assert any(mark.cell_size == 2 and mark.cell_text.count("/") == 1 for mark in marks)
    assert any(mark.replaces for mark in marks)
    assert any(mark.status is MarkStatus.RETAKEN for mark in marks)
    assert any(mark.corrections for mark in marks)
    assert any(mark.comment for mark in marks)
    assert any(mark.value is not None and not mark.counts for mark in marks)
    assert len({mark.weight for mark in marks}) == 3


def test_all_scales_and_criteria_are_in_use(world: World) -> None:
    kinds = {world.scale(mark.scale_key).kind for mark in world.marks}
    assert kinds == set(ScaleKind)
    assert {mark.text for mark in world.marks} >= {"зач", "незач"}
    rated = [mark for mark in world.marks if mark.criteria]
    assert rated
    assert all(mark.value == sum(row.value for row in mark.criteria) for mark in rated)


def test_values_lie_on_their_scale(world: World) -> None:
    for mark in world.marks:
        scale = world.scale(mark.scale_key)
        assert scale.key == world.subject(mark.subject_key).scale_key
        if mark.value is not None:
            assert scale.lowest <= mark.value <= scale.highest
            assert mark.status in (MarkStatus.GRADED, MarkStatus.RETAKEN)
        else:
            assert not mark.counts


def test_marks_belong_to_the_work_of_a_held_lesson(world_of_day: World) -> None:
    world = world_of_day
    for mark in world.marks:
        lesson, work = world.lesson(mark.lesson_key), world.assignment(mark.assignment_key)
        assert lesson.status is LessonStatus.HELD
        assert (lesson.date, lesson.subject_key) == (mark.date, mark.subject_key)
        assert work.lesson_key == lesson.key
        assert work.work_kind_key == mark.work_kind_key
        assert world.work_kind(work.work_kind_key).weight == mark.weight
        assert lesson.starts_at <= mark.given_at


def test_marks_for_homework_name_it(world: World) -> None:
    works = [item for item in world.assignments if item.work_kind_key == "work-homework"]
    assert works
    for work in works:
        assert work.homework_key
        assert world.homework_item(work.homework_key).due_lesson_key == work.lesson_key


def test_two_values_of_a_cell_share_work_and_text(world: World) -> None:
    cells: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in world.marks:
        if mark.cell_size == 2:
            cells[mark.student_key, mark.assignment_key].append(mark)
    assert cells
    for first, second in cells.values():
        assert (first.cell_index, second.cell_index) == (0, 1)
        assert first.cell_text == second.cell_text == f"{first.text}/{second.text}"


def test_a_retake_names_the_mark_it_replaced_and_both_stay(world: World) -> None:
    for mark in world.marks:
        if mark.replaces:
            old = world.mark(mark.replaces)
            assert old.replaced_by == mark.key
            assert old.status is MarkStatus.RETAKEN
            assert not old.counts
            assert old.given_at < mark.given_at == old.updated_at
            assert old.value is not None
            assert mark.value is not None
            assert old.value < mark.value


def test_a_debt_has_a_term_ahead_and_a_kind_of_work(world_of_day: World) -> None:
    for mark in world_of_day.marks:
        if mark.status is MarkStatus.DEBT:
            assert mark.text == "."
            assert mark.debt_due_on
            assert mark.debt_due_on >= world_of_day.today
            assert world_of_day.work_kind(mark.work_kind_key).name
        else:
            assert mark.debt_due_on is None


def test_absent_marks_stand_where_the_pupil_was_absent(world: World) -> None:
    absent = {
        (item.student_key, item.lesson_key)
        for item in world.attendance
        if item.kind is AttendanceKind.ABSENT
    }
    for mark in world.marks:
        missed = (mark.student_key, mark.lesson_key) in absent
        if mark.status is MarkStatus.ABSENT:
            assert missed
        elif missed and mark.value is not None:
            assert mark.corrections  # a debt that was settled since


def test_some_marks_are_entered_days_after_the_lesson(world: World) -> None:
    late = [mark for mark in world.marks if mark.given_at.date() > mark.date]
    assert late
    mark = next(item for item in late if item.student_key == "student-1")
    entered = mark.given_at.date()
    assert mark in world.marks_of("student-1", entered, entered, by_entry=True)
    assert mark not in world.marks_of("student-1", entered, entered)
    assert mark in world.marks_of("student-1", mark.date, mark.date)


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(1, 10_000))
def test_each_of_the_last_three_weeks_brings_two_marks_in_every_subject(seed: int) -> None:
    world = build_world(seed, date(2026, 2, 11))  # a Wednesday: late entries have come in
    for group in world.classes:
        school = world.school(group.school_key)
        if group.year_key != world.current_year.key or school.kind is not SchoolKind.REGULAR:
            continue
        for weeks in range(3):
            end = date(2026, 2, 8) - timedelta(weeks=weeks)
            held = {
                item.subject_key
                for item in world.lessons_of_class(group.key, end - timedelta(days=6), end)
                if item.status is LessonStatus.HELD
                and world.subject(item.subject_key).kind is not SubjectKind.EXTRACURRICULAR
            }
            counts = Counter(
                mark.subject_key
                for key in group.student_keys
                for mark in world.marks_of(key, end - timedelta(days=6), end)
            )
            assert not {subject for subject in held if counts[subject] < 2}


def test_every_pupil_has_enough_for_averages(world: World) -> None:
    for student in PUPILS:
        for subject in world.subjects_of(world.student(student).class_key):
            if subject.kind is SubjectKind.EXTRACURRICULAR:
                continue
            marks = [m for m in world.marks_of(student) if m.subject_key == subject.key]
            exempt = (student, subject.key) == ("student-2", "subject-sport")
            assert bool(marks) != exempt
            assert len(marks) >= 5 or exempt


def _mark(world: World, text: str, weight: int, work: str) -> Mark:
    return replace(
        world.marks[0],
        text=text,
        value=Decimal(text),
        weight=weight,
        assignment_key=work,
        counts=True,
    )


def test_an_average_weighs_a_cell_once_with_its_mean(world: World) -> None:
    marks = [_mark(world, "4", 3, "a"), _mark(world, "5", 3, "a"), _mark(world, "2", 1, "b")]
    assert average(marks) == Decimal("3.88")  # (4.5 * 3 + 2) / 4
    assert average(marks, weighted=False) == Decimal("3.25")
    assert average([]) is None


@pytest.mark.parametrize(
    ("value", "rounding", "grade"),
    [("3.50", "0.50", 4), ("3.49", "0.50", 3), ("3.59", "0.60", 3), ("3.60", "0.60", 4)],
)
def test_a_school_rounds_by_its_own_threshold(value: str, rounding: str, grade: int) -> None:
    assert rounded(Decimal(value), Decimal(rounding)) == grade
