"""Every key leads somewhere, no key is used twice, everything lies where it belongs."""

from dataclasses import fields
from itertools import chain

from gateway.sandbox.world import World
from gateway.sandbox.world.index import Keyed
from gateway.sandbox.world.model import Attachment, SpanKind, SubjectKind


def test_keys_are_unique_over_the_whole_world(world_of_day: World) -> None:
    seen: set[str] = set()
    for field in fields(world_of_day):
        value = getattr(world_of_day, field.name)
        for record in value if isinstance(value, tuple) else ():
            assert record.key not in seen
            seen.add(record.key)
    assert len(seen) > 5000


def test_every_reference_leads_to_a_record(world_of_day: World) -> None:
    world = world_of_day
    sources: tuple[tuple[str, tuple[Keyed, ...]], ...] = (
        ("school_key", world.schools),
        ("region_key", world.regions),
        ("year_key", world.years),
        ("period_key", world.periods),
        ("class_key", world.classes),
        ("previous_key", world.classes),
        ("group_key", world.groups),
        ("subject_key", world.subjects),
        ("scale_key", world.scales),
        ("teacher_key", world.teachers),
        ("homeroom_teacher_key", world.teachers),
        ("homeroom_class_key", world.classes),
        ("student_key", world.students),
        ("person_key", world.persons),
        ("principal_person_key", world.persons),
        ("author_person_key", world.persons),
        ("sender_person_key", world.persons),
        ("invited_by", world.persons),
        ("signed_by", world.persons),
        ("lesson_key", world.lessons),
        ("given_lesson_key", world.lessons),
        ("due_lesson_key", world.lessons),
        ("homework_key", world.homework),
        ("assignment_key", world.assignments),
        ("work_kind_key", world.work_kinds),
        ("replaces", world.marks),
        ("replaced_by", world.marks),
        ("replies_to", world.messages),
        ("account_key", world.meal_accounts),
        ("esia_key", world.esia_identities),
        ("used_by", world.accounts),
        ("student_keys", world.students),
        ("former_student_keys", world.students),
        ("done_by", world.students),
        ("checked_for", world.students),
        ("group_keys", world.groups),
        ("teacher_keys", world.teachers),
        ("school_keys", world.schools),
        ("account_keys", world.accounts),
        ("read_by", world.persons),
        ("recipient_person_keys", world.persons),
        ("child_person_keys", world.persons),
    )
    known = {name: {record.key for record in records} for name, records in sources}
    checked = 0
    for field in fields(world):
        value = getattr(world, field.name)
        for record in value if isinstance(value, tuple) else ():
            for name in known.keys() & {item.name for item in fields(record)}:
                found = getattr(record, name)
                keys = found if isinstance(found, tuple) else (found,)
                assert {key for key in keys if key is not None} <= known[name], (record.key, name)
                checked += 1
    assert checked > 10_000


def test_notifications_speak_of_things_that_exist(world_of_day: World) -> None:
    world = world_of_day
    things: chain[Keyed] = chain(
        world.marks,
        world.homework,
        world.lessons,
        world.remarks,
        world.announcements,
        world.final_grades,
    )
    known = {thing.key for thing in things}
    assert {item.ref_key for item in world.notifications} <= known


def test_pupils_have_marks_and_homework_of_their_own_lessons_only(world: World) -> None:
    for student in world.students:
        own = {lesson.key for lesson in world.lessons_of(student.key)}
        assert {mark.lesson_key for mark in world.marks_of(student.key)} <= own
        assert {item.due_lesson_key for item in world.homework_of(student.key)} <= own
        assert {item.lesson_key for item in world.attendance_of(student.key)} <= own


def test_nothing_of_the_future_is_known(world_of_day: World) -> None:
    world = world_of_day
    moments = chain(
        (mark.given_at for mark in world.marks),
        (mark.updated_at for mark in world.marks if mark.updated_at),
        (item.created_at for item in world.homework),
        (item.edited_at for item in world.homework if item.edited_at),
        (item.recorded_at for item in world.attendance),
        (item.created_at for item in world.remarks),
        (item.created_at for item in world.absence_notices),
        (item.signed_at for item in world.signatures if item.signed_at),
        (item.published_at for item in world.announcements),
        (item.published_at for item in world.news),
        (item.sent_at for item in world.messages),
        (item.announced_at for item in world.events),
        (item.created_at for item in world.notifications),
        (item.entered_at for item in world.entries if item.entered_at),
        (item.left_at for item in world.entries if item.left_at),
        (item.at for item in world.meal_transactions),
        (item.answered_at for item in world.trusted_persons if item.answered_at),
        (item.change.announced_at for item in world.lessons if item.change),
    )
    assert all(moment.date() <= world.today for moment in moments)
    assert all(grade.given_on <= world.today for grade in world.final_grades)


def test_every_moment_has_the_zone_of_its_school(world: World) -> None:
    for lesson in world.lessons:
        assert lesson.starts_at.tzinfo is world.zone_of(lesson.school_key)
    for mark in world.marks:
        assert mark.given_at.tzinfo is world.zone_of(mark.school_key)


def test_attachments_are_found_by_key(world: World) -> None:
    files: list[Attachment] = [file for item in world.homework for file in item.attachments]
    assert files
    assert all(world.attachment(file.key) is file for file in files)


def test_the_world_has_all_kinds_of_subjects_and_days(world: World) -> None:
    assert {subject.kind for subject in world.subjects} == set(SubjectKind)
    assert {span.kind for span in world.spans} == set(SpanKind)
