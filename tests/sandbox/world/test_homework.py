from datetime import timedelta

import pytest

from gateway.sandbox.world import World, attachment_bytes
from gateway.sandbox.world.model import LessonStatus, MaterialKind


def test_homework_goes_from_a_held_lesson_to_a_later_one_of_the_subject(
    world_of_day: World,
) -> None:
    world = world_of_day
    for item in world.homework:
        given, due = world.lesson(item.given_lesson_key), world.lesson(item.due_lesson_key)
        assert given.status is LessonStatus.HELD
        assert given.subject_key == item.subject_key
        assert item.subject_key in {due.subject_key, due.change and due.change.subject_key}
        assert (given.date, due.date) == (item.given_on, item.due_on)
        assert item.given_on < item.due_on <= item.given_on + timedelta(days=7)
        assert item.due_on <= world.today + timedelta(days=7)


def test_homework_leaves_a_lost_lesson_when_there_is_another_in_time(world: World) -> None:
    stuck = 0
    for item in world.homework:
        due = world.lesson(item.due_lesson_key)
        if due.status in (LessonStatus.HELD, LessonStatus.PLANNED):
            continue
        stuck += 1
        lessons = world.lessons_of_class(
            item.class_key, item.given_on + timedelta(days=1), item.given_on + timedelta(days=7)
        )
        assert not [
            lesson
            for lesson in lessons
            if lesson.subject_key == item.subject_key
            and lesson.group_key == item.group_key
            and lesson.status in (LessonStatus.HELD, LessonStatus.PLANNED)
        ]
    assert stuck < len(world.homework) / 20


def test_homework_has_every_trait(world: World) -> None:
    work = world.homework
    assert any("\n" in item.text for item in work)
    assert any("<" in item.text and "&" in item.text for item in work)
    assert any(item.html and "<br>" in item.html for item in work)
    assert any("Без задания" in item.text and item.is_empty for item in work)
    assert {item.mandatory for item in work} == {True, False}
    assert {item.individual for item in work} == {True, False}
    assert any(item.edited_at for item in work)
    assert any(item.minutes for item in work)
    assert any(item.links for item in work)
    assert any(item.needs_file for item in work)
    assert any(len(item.attachments) == 2 for item in work)
    assert {part.kind for item in work for part in item.materials} == set(MaterialKind)
    assert any(len(world.homework_at(item.due_lesson_key)) > 1 for item in work)


def test_html_is_the_text_with_its_signs_escaped(world: World) -> None:
    found = [item for item in world.homework if item.html and "&" in item.text]
    assert found
    for item in found:
        assert "&amp;" in (item.html or "")
        assert "\n" not in (item.html or "")


def test_an_individual_task_is_seen_by_its_pupils_only(world: World) -> None:
    item = next(item for item in world.homework if item.student_keys and not item.group_key)
    for student in world.students_in(item.class_key):
        seen = item in world.homework_of(student.key, item.due_on, item.due_on)
        assert seen == (student.key in (item.student_keys or ()))


def test_homework_is_found_by_due_day_and_by_the_day_it_was_given(world: World) -> None:
    item = next(
        item for item in world.homework_of("student-1") if item.given_on < world.today < item.due_on
    )
    assert item in world.homework_of("student-1", item.due_on, item.due_on)
    assert item not in world.homework_of("student-1", item.given_on, item.given_on)
    given = world.homework_of("student-1", item.given_on, item.given_on, by_given=True)
    assert item in given


def test_some_is_done_and_some_of_that_is_checked(world: World) -> None:
    due = [item for item in world.homework if item.due_on <= world.today and not item.is_empty]
    assert any(item.done_by and len(item.done_by) < 4 for item in due)
    assert any(item.checked_for for item in due)
    assert all(set(item.checked_for) <= set(item.done_by) for item in world.homework)


def test_files_are_valid_and_of_the_promised_size(world: World) -> None:
    heads = {
        "application/pdf": b"%PDF-1.4",
        "image/png": b"\x89PNG\r\n\x1a\n",
        "text/plain": b"Demo file",
    }
    seen = set()
    for item in world.homework:
        for file in item.attachments:
            if file.mime in seen:
                continue
            seen.add(file.mime)
            data = attachment_bytes(file)
            assert len(data) == file.size
            assert data == attachment_bytes(file)
            assert data.startswith(heads.get(file.mime, b"PK\x03\x04"))
    assert len(seen) == 4


@pytest.mark.parametrize("student", ["student-1", "student-3", "student-4", "student-5"])
def test_there_is_homework_for_tomorrow_in_a_working_week(world: World, student: str) -> None:
    tomorrow = world.today + timedelta(days=1)
    assert world.homework_of(student, tomorrow, tomorrow)
