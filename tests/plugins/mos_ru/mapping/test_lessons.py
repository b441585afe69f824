"""Lessons of every source."""

import pytest

from gateway.core.model.lessons import LessonKind, LessonStatus
from gateway_mos_ru.mapping.lessons import placed_events, told_of_days
from gateway_mos_ru.wire.events import Event
from gateway_mos_ru.wire.people import PersonName
from gateway_mos_ru.wire.schedule import Activity, DayLesson, DaySchedule
from tests.plugins.mos_ru.mapping.support import Notes, make_context

CONTEXT = make_context()
START = "2026-10-05T08:30:00+03:00"


def read(**told):
    values = {"id": 1, "source": "PLAN", "start_at": START, **told}
    (placed,) = placed_events(CONTEXT, [Event(**values)])
    return placed.record


@pytest.mark.parametrize(
    ("told", "key", "kind"),
    [
        ({}, "mos_ru:lesson:1", LessonKind.LESSON),
        ({"course_lesson_type": "LAB"}, "mos_ru:lesson:1", LessonKind.LESSON),
        ({"course_lesson_type": "THEMATIC_TEST"}, "mos_ru:lesson:1", LessonKind.CONTROL),
        ({"course_lesson_type": "MODULE_TEST"}, "mos_ru:lesson:1", LessonKind.CONTROL),
        ({"source": "EC"}, "mos_ru:lesson:1/EC", LessonKind.EXTRACURRICULAR),
        ({"source": "ae"}, "mos_ru:lesson:1/AE", LessonKind.ADDITIONAL),
    ],
)
def test_the_source_tells_the_kind_and_stands_in_the_identifier(told, key, kind):
    record = read(**told)
    assert (record["id"], record.get("kind", LessonKind.LESSON)) == (key, kind)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, None),
        ({"cancelled": False, "replaced": False}, None),
        ({"replaced": True}, LessonStatus.SUBSTITUTED),
        ({"cancelled": True, "replaced": True}, LessonStatus.CANCELLED),
    ],
)
def test_what_became_of_a_lesson(told, status):
    assert read(**told).get("status") is status


@pytest.mark.parametrize(
    ("told", "remote"),
    [
        ({"lesson_type": "NORMAL"}, False),
        ({"lesson_type": "REMOTE"}, True),
        ({"lesson_type": "ELECTRONIC"}, None),
        ({"lesson_type": ""}, None),
        ({"lesson_type": "NORMAL", "link_to_join": "https://meet.example.test"}, True),
    ],
)
def test_whether_a_lesson_is_remote(told, remote):
    assert read(**told).get("is_remote") is remote


@pytest.mark.parametrize(
    ("told", "room"),
    [
        ({"room_number": "301", "room_name": "Математика"}, "301"),
        ({"room_number": "", "room_name": "Спортзал"}, "Спортзал"),
        ({}, None),
    ],
)
def test_a_room_goes_by_its_number_or_its_name(told, room):
    assert read(**told).get("room") == room


def test_a_subject_without_a_number_is_a_name_only():
    assert read(subject_id=0, subject_name="Шахматы")["subject"].id is None
    assert read()["subject"].name == "—"


def test_other_events_are_no_lessons_and_one_without_a_moment_is_noted():
    notes = Notes()
    events = [
        Event(1, source="OLYMPIAD", start_at=START),
        Event(2, source="PLAN", start_at=None),
        Event(3, source=None, start_at=START),
    ]
    assert placed_events(make_context(notes), events) == []
    assert notes.paths == ["$.response[1].start_at"]


def make_activity(info, **lesson):
    return Activity(type="LESSON", info=info, lesson=DayLesson(**lesson))


def test_the_timetable_of_a_day_adds_number_and_teacher_to_its_own_lessons():
    teacher = PersonName(last_name="Задачкин")
    days = [
        DaySchedule(
            [
                make_activity("1 урок", schedule_item_id=1, teacher=teacher),
                Activity(type="BREAK", info="Перемена"),
                make_activity("Внеурочное", schedule_item_id=1, lesson_education_type="EC"),
                make_activity("12 УРОК", schedule_item_id=2, lesson_education_type="OO"),
                make_activity("3 урок"),
            ]
        ),
        None,
    ]
    told = told_of_days(CONTEXT, days)
    assert {key: item.number for key, item in told.items()} == {
        "mos_ru:lesson:1": 1,
        "mos_ru:lesson:1/EC": None,
        "mos_ru:lesson:2": 12,
    }
    (placed,) = placed_events(CONTEXT, [Event(1, source="PLAN", start_at=START)], told)
    assert placed.record["number"] == 1
    assert [item.name for item in placed.record["teachers"]] == ["Задачкин"]
