from collections.abc import Callable, Sequence

import pytest

from gateway.sandbox.world import World
from gateway.sandbox.world.index import Keyed


def test_every_record_is_found_by_its_key(world: World) -> None:
    tables: tuple[tuple[Callable[[str], Keyed], Sequence[Keyed]], ...] = (
        (world.region, world.regions),
        (world.school, world.schools),
        (world.year, world.years),
        (world.period, world.periods),
        (world.scale, world.scales),
        (world.subject, world.subjects),
        (world.class_group, world.classes),
        (world.group, world.groups),
        (world.person, world.persons),
        (world.student, world.students),
        (world.teacher, world.teachers),
        (world.lesson, world.lessons),
        (world.homework_item, world.homework),
        (world.work_kind, world.work_kinds),
        (world.assignment, world.assignments),
        (world.mark, world.marks),
        (world.message, world.messages),
        (world.announcement, world.announcements),
        (world.account, world.accounts),
        (world.esia_identity, world.esia_identities),
    )
    for find, records in tables:
        assert records
        assert find(records[-1].key) is records[-1]
        with pytest.raises(KeyError):
            find("stranger")


def test_a_lesson_knows_its_works_and_marks(world: World) -> None:
    mark = world.marks[-1]
    assert mark in world.marks_at(mark.lesson_key)
    assert world.assignment(mark.assignment_key) in world.assignments_at(mark.lesson_key)
    assert world.marks_at("stranger") == ()
    assert world.assignments_at("stranger") == ()


def test_persons_lead_to_the_parts_they_play(world: World) -> None:
    assert world.student_of("person-student-1") is world.student("student-1")
    assert world.student_of("person-mother-a") is None
    assert world.teacher_of("person-mother-a") is None
    assert world.children_of("person-student-1") == ()


def test_questions_about_strangers_have_empty_answers(world: World) -> None:
    assert world.marks_of("stranger") == ()
    assert world.attendance_of("stranger") == ()
    assert world.meal_account_of("stranger") is None
    assert world.study_plan_of("student-6") is None


def test_the_world_is_shown_by_seed_and_day_alone(world: World) -> None:
    assert repr(world) == "World(seed=1, today=2026-02-12)"
