import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.sandbox.world import World, build_world
from gateway.sandbox.world.model import Lesson, LessonStatus
from gateway.sandbox.world.school_year import make_years

_ROOT = Path(__file__).parents[3]


def test_the_same_arguments_give_an_equal_world(world: World) -> None:
    assert build_world(world.seed, world.today) == world


_DIGEST = """
import hashlib
from dataclasses import fields
from datetime import date
from gateway.sandbox.world import build_world
world = build_world(1, date(2026, 2, 12))
text = "".join(repr(getattr(world, field.name)) for field in fields(world))
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_every_process_makes_the_same_world() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(_ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_gives_other_people_and_marks(world: World) -> None:
    other = build_world(2, world.today)
    assert [p.full_name for p in other.persons] != [p.full_name for p in world.persons]
    assert [m.text for m in other.marks] != [m.text for m in world.marks]


def test_another_seed_keeps_schools_accounts_and_keys(world: World) -> None:
    other = build_world(2, world.today)
    assert other.schools == world.schools
    assert [a.login for a in other.accounts] == [a.login for a in world.accounts]
    assert [s.key for s in other.students] == [s.key for s in world.students]


def test_without_a_day_the_world_is_of_about_now() -> None:
    assert abs(build_world().today - date.today()) <= timedelta(days=1)  # noqa: DTZ011 - a day's slack


def test_a_world_is_immutable(world: World) -> None:
    with pytest.raises(AttributeError):
        world.today = date(2000, 1, 1)  # type: ignore[misc]  # what the test is about
    with pytest.raises(AttributeError):
        world.persons[0].surname = "Иванов"  # type: ignore[misc]  # what the test is about


def test_building_is_quick() -> None:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        build_world(1, date(2026, 2, 12))
        best = min(best, time.process_time() - start)
    assert best < 1.5  # a third of it on a quiet machine


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2025, 8, 31), 2024),
        (date(2025, 9, 1), 2025),
        (date(2026, 1, 3), 2025),
        (date(2026, 6, 1), 2025),
        (date(2026, 7, 10), 2025),
    ],
)
def test_summer_belongs_to_the_year_just_ended(today: date, start: int) -> None:
    years = make_years(today)
    assert [year.start_year for year in years] == [start, start - 1]
    assert [year.is_current for year in years] == [True, False]


@settings(max_examples=4, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    today=st.dates(date(2024, 9, 1), date(2028, 8, 31)),
)
def test_any_seed_and_day_make_a_world(seed: int, today: date) -> None:
    world = build_world(seed, today)
    assert world.students_in(world.student("student-1").class_key)
    assert all(mark.given_at.date() <= today for mark in world.marks)
    for account in world.accounts:
        assert all(world.person_of(key) for key in account.student_keys)


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 1000), day=st.dates(date(2025, 9, 10), date(2026, 5, 20)))
def test_a_later_day_keeps_what_was_and_adds_to_it(seed: int, day: date) -> None:
    before, after = build_world(seed, day), build_world(seed, day + timedelta(days=9))
    old, new = ({m.key: m for m in w.marks} for w in (before, after))
    gone = {key for key in old.keys() - new.keys() if old[key].status != "debt"}
    assert not gone  # only a debt may vanish
    for key in old.keys() & new.keys():
        assert old[key].given_at == new[key].given_at
        if old[key].text != new[key].text:
            assert old[key].status == "debt" or new[key].status == "retaken" or new[key].corrections
    assert {h.key for h in before.homework} <= {h.key for h in after.homework}
    assert {a.key for a in before.attendance} <= {a.key for a in after.attendance}
    assert {m.key for m in before.messages} <= {m.key for m in after.messages}
    assert {e.key for e in before.entries} <= {e.key for e in after.entries}
    held = [item for item in before.lessons if item.status is LessonStatus.HELD]
    later = {item.key: item for item in after.lessons}
    assert all(_place(later[item.key]) == _place(item) for item in held)


def _place(lesson: Lesson) -> tuple[object, ...]:
    return lesson.starts_at, lesson.subject_key, lesson.teacher_key, lesson.room, lesson.status
