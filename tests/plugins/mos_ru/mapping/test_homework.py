"""What is homework, and what teachers write when there is none."""

import pytest

from gateway.core.model.homework import SubmissionStatus
from gateway_mos_ru.mapping.homework import (
    due_of_events,
    homework_records,
    lesson_homework_records,
    with_lessons,
)
from gateway_mos_ru.mapping.lessons import placed_events
from gateway_mos_ru.wire.events import Event, EventHomework, HomeworkEntry
from gateway_mos_ru.wire.homework import Homework, WrittenAnswer
from tests.plugins.mos_ru.mapping.support import make_context

CONTEXT = make_context()


@pytest.mark.parametrize("text", [None, "", " . ", "…", "—", "Не задано", "не задано.", "\n-\n"])
def test_signs_for_nothing_are_no_homework(text):
    assert homework_records(CONTEXT, [Homework(1, homework=text)]) == []


@pytest.mark.parametrize("text", ["№ 5", "§ 3.", "Не задано устно: читать § 3", "-5 + 3"])
def test_anything_else_is_homework(text):
    (record,) = homework_records(CONTEXT, [Homework(1, homework=text)])
    assert record["text"] == text


def test_homework_of_other_lessons_keeps_the_kind_that_a_tick_must_name():
    (record,) = homework_records(CONTEXT, [Homework(7, homework="Модель", type="EC")])
    assert record["id"] == "mos_ru:homework:7/ec"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, None),
        ({"has_teacher_answer": False}, SubmissionStatus.NOT_SUBMITTED),
        ({"has_teacher_answer": False, "written_answer": "  "}, SubmissionStatus.NOT_SUBMITTED),
        ({"written_answer": "Готово"}, SubmissionStatus.SUBMITTED),
        ({"written_answer": WrittenAnswer(text="Готово")}, SubmissionStatus.SUBMITTED),
        ({"has_teacher_answer": True, "written_answer": "Готово"}, SubmissionStatus.RETURNED),
    ],
)
def test_a_written_answer_tells_how_far_the_work_has_come(told, status):
    (record,) = homework_records(CONTEXT, [Homework(1, homework="§ 5", **told)])
    assert record["submission"] is status


def make_event(number, subject, homework=None, hour="08"):
    return Event(
        number,
        source="PLAN",
        start_at=f"2026-10-05T{hour}:30:00",
        subject_id=subject,
        subject_name=f"Предмет {subject}",
        homework=homework,
    )


def test_an_entry_that_the_timetable_numbers_finds_its_lesson_and_duration():
    entry = HomeworkEntry(homework_entry_id=70, duration=30)
    placed = placed_events(CONTEXT, [make_event(4, 1, EventHomework(entries=[entry]))])
    works = [Homework(1, homework="§ 5", homework_entry_id=70, date="2026-10-05", subject_id=9)]
    (record,) = homework_records(CONTEXT, works, due_of_events(placed))
    assert (record["lesson_id"], record["duration"]) == ("mos_ru:lesson:4", 30)


def test_without_a_number_the_only_lesson_of_the_subject_on_the_day_is_meant():
    alone = placed_events(CONTEXT, [make_event(4, 1), make_event(5, 2, hour="09")])
    twice = placed_events(CONTEXT, [make_event(4, 1), make_event(5, 1, hour="09")])
    work = Homework(1, homework="§ 5", date="2026-10-05", subject_id=1, subject_name="Иначе")
    for placed, lesson in ((alone, "mos_ru:lesson:4"), (twice, None)):
        records = homework_records(CONTEXT, [work])
        with_lessons(records, placed)
        assert records[0].get("lesson_id") == lesson


def test_the_timetables_texts_add_only_what_the_list_lacks():
    told = EventHomework(descriptions=["§ 5", "Не задано", "§ 5", "№ 6"])
    placed = placed_events(CONTEXT, [make_event(4, 1, told), make_event(5, 2, told, hour="09")])
    work = Homework(1, homework="§ 5", date="2026-10-05", subject_id=1)
    (record,) = lesson_homework_records(CONTEXT, placed, homework_records(CONTEXT, [work]))
    assert record["id"] == "mos_ru:homework:lesson/5"
    assert record["text"] == "§ 5\n№ 6"
