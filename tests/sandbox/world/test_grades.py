from datetime import date
from decimal import Decimal

from gateway.sandbox.world import World, build_world
from gateway.sandbox.world.averages import average
from gateway.sandbox.world.model import GradeKind, MarkStatus, Trend


def test_finished_periods_have_a_grade_in_every_subject(world_of_day: World) -> None:
    world = world_of_day
    for student in ("student-1", "student-3", "student-4", "student-5"):
        grades = world.finals_of(student, world.current_year.key)
        for period in world.periods_of(student):
            own = [grade for grade in grades if grade.period_key == period.key]
            if period.ends < world.today:
                assert len(own) >= 10
            elif period.starts > world.today:
                assert not own


def test_last_year_is_complete(world_of_day: World) -> None:
    world = world_of_day
    last = world.years[1].key
    for student in world.students:
        grades = world.finals_of(student.key, last)
        periods = {grade.period_key for grade in grades if grade.kind is GradeKind.PERIOD}
        school = student.school_key
        assert periods == {period.key for period in world.periods_of_school(school, last)}
        assert any(grade.kind is GradeKind.YEAR for grade in grades)
        (group,) = world.classes_of(student.key, last)
        current = world.class_group(student.class_key).grade_level
        if student.key != "student-6":
            assert group.grade_level == (current or 0) - 1


def test_every_kind_and_status_of_a_final_grade_is_there(world: World) -> None:
    assert {grade.kind for grade in world.final_grades} == set(GradeKind)
    statuses = {grade.status for grade in world.final_grades}
    assert statuses == {MarkStatus.GRADED, MarkStatus.EXEMPT, MarkStatus.NOT_ASSESSED}
    assert {"н/а", "осв", "зач"} <= {grade.text for grade in world.final_grades}
    exams = [grade for grade in world.final_grades if grade.kind is GradeKind.EXAM]
    assert {grade.student_key for grade in exams} == {"student-3"}


def test_a_period_grade_rests_on_the_average_of_its_marks(world: World) -> None:
    period = world.periods_of("student-1")[0]
    checked = 0
    for grade in world.finals_of("student-1", world.current_year.key):
        if grade.period_key != period.key or grade.average is None:
            continue
        marks = [
            mark
            for mark in world.marks_of("student-1", period.starts, period.ends)
            if mark.subject_key == grade.subject_key
        ]
        assert average(marks) == grade.average
        assert grade.value is not None
        assert abs(grade.value - grade.average) <= Decimal("0.5")
        checked += 1
    assert checked >= 10


def test_year_grades_come_with_the_end_of_the_year(world: World) -> None:
    summer = build_world(1, date(2026, 7, 10))
    year = summer.current_year.key
    kinds = {grade.kind for grade in summer.finals_of("student-1", year)}
    assert {GradeKind.PERIOD, GradeKind.YEAR, GradeKind.ATTESTATION} <= kinds
    assert GradeKind.YEAR not in {g.kind for g in world.finals_of("student-1", year)}


def test_ranks_order_the_class_by_average(world: World) -> None:
    today = [rank for rank in world.ranks if rank.on == world.today]
    assert any(rank.subject_key is None for rank in today)
    tables: dict[tuple[str, str | None], list[tuple[int, Decimal]]] = {}
    for rank in today:
        tables.setdefault((rank.class_key, rank.subject_key), []).append((rank.place, rank.average))
        assert 1 <= rank.place <= rank.out_of
    for table in tables.values():
        averages = [mean for _, mean in sorted(table)]
        assert averages == sorted(averages, reverse=True)


def test_ranks_know_where_they_came_from(world: World) -> None:
    assert {rank.trend for rank in world.ranks} == set(Trend)
    for rank in world.ranks:
        if rank.trend is Trend.UP:
            assert rank.previous_place
            assert rank.place < rank.previous_place
    assert len({rank.on for rank in world.ranks_of("student-1")}) > 1
