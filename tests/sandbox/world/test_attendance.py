from datetime import date, timedelta

from gateway.sandbox.world import World, build_world
from gateway.sandbox.world.model import (
    AbsenceReason,
    AttendanceKind,
    LessonStatus,
    NoticeState,
    RemarkKind,
)

PUPILS = ("student-1", "student-2", "student-3", "student-4", "student-5")


def test_every_kind_and_reason_of_absence_is_there_for_each_featured_pupil(world: World) -> None:
    for student in PUPILS:
        records = world.attendance_of(student)
        assert {item.kind for item in records} == set(AttendanceKind)
        reasons = {item.reason for item in records}
        wanted = {AbsenceReason.ILLNESS, AbsenceReason.EXCUSED, AbsenceReason.UNEXCUSED}
        assert wanted <= reasons
        assert any(item.reason_text for item in records)
        assert any(item.minutes for item in records)


def test_a_fresh_absence_waits_for_its_reason() -> None:
    days = (date(2026, 2, 2) + timedelta(days=number) for number in range(0, 12, 3))
    reasons = {item.reason for day in days for item in build_world(1, day).attendance}
    assert AbsenceReason.UNKNOWN in reasons


def test_attendance_is_noted_at_held_lessons(world_of_day: World) -> None:
    for item in world_of_day.attendance:
        lesson = world_of_day.lesson(item.lesson_key)
        assert lesson.status is LessonStatus.HELD
        assert lesson.date == item.date
        assert lesson.subject_key == item.subject_key


def test_there_are_notices_of_the_past_of_days_to_come_and_a_cancelled_one(
    world_of_day: World,
) -> None:
    for student in PUPILS:
        notices = world_of_day.notices_of(student)
        assert any(item.starts_on > world_of_day.today for item in notices)
        assert {item.state for item in notices} == set(NoticeState)
        assert any(item.lesson_numbers for item in notices)
        guardians = {item.person_key for item in world_of_day.guardians_of(student)}
        assert {item.author_person_key for item in notices} <= guardians


def test_past_notices_explain_excused_days(world: World) -> None:
    past = [item for item in world.notices_of("student-1") if item.ends_on <= world.today]
    assert past
    for notice in past:
        missed = world.attendance_of("student-1", notice.starts_on, notice.ends_on)
        assert any(item.reason is AbsenceReason.EXCUSED for item in missed)


def test_remarks_and_commendations_come_with_and_without_a_lesson(world: World) -> None:
    assert {item.kind for item in world.remarks_of("student-1")} == set(RemarkKind)
    assert {item.lesson_key is None for item in world.remarks} == {True, False}


def test_each_week_that_began_may_be_signed(world_of_day: World) -> None:
    for student in PUPILS:
        weeks = world_of_day.signatures_of(student)
        assert weeks
        assert all(item.week_start.weekday() == 0 for item in weeks)
        assert all(item.week_start <= world_of_day.today for item in weeks)
        assert all((item.signed_by is None) == (item.signed_at is None) for item in weeks)


def test_some_weeks_are_signed_and_this_one_is_not(world: World) -> None:
    weeks = world.signatures_of("student-1")
    assert {item.signed_by is None for item in weeks} == {True, False}
    assert weeks[-1].signed_by is None
