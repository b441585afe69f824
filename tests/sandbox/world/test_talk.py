from gateway.sandbox.world import World
from gateway.sandbox.world.model import (
    Audience,
    EventKind,
    EventState,
    Folder,
    NotificationKind,
)
from gateway.sandbox.world.talk import plain

MOTHER = "person-mother-a"


def test_markup_becomes_plain_text() -> None:
    html = "<p>Раз &amp; <b>два</b><br>три</p><ul><li>четыре</li></ul>"
    assert plain(html) == "Раз & два\nтри\nчетыре"


def test_announcements_are_of_the_school_and_of_the_own_class(world_of_day: World) -> None:
    world = world_of_day
    found = world.announcements_of("student-1")
    assert {item.audience for item in found} <= set(Audience)
    classes = {group.key for group in world.classes_of("student-1")}
    for item in found:
        assert item.school_key == "school-1"
        assert (item.class_key is None) == (item.audience is Audience.SCHOOL)
        assert item.class_key is None or item.class_key in classes
        assert item.text == plain(item.html)


def test_announcements_have_files_and_terms(world: World) -> None:
    found = world.announcements_of("student-1")
    assert {item.audience for item in found} == set(Audience)
    assert any(item.attachments for item in found)
    assert any(item.expires_on for item in found)
    assert any(item.important for item in found)
    last = found[-1].published_at.date()
    assert found[-1] in world.announcements_of("student-1", last, last)


def test_a_mailbox_has_both_folders_threads_and_unread_letters(world: World) -> None:
    inbox = world.messages_of(MOTHER, Folder.INBOX)
    sent = world.messages_of(MOTHER, Folder.SENT)
    assert sent
    assert {item.student_key for item in inbox} == {"student-1", "student-3"}
    assert {MOTHER in item.read_by for item in inbox} == {True, False}
    assert any(item.attachments for item in inbox)
    assert {item.html is None for item in world.messages} == {True, False}
    replies = [item for item in inbox if item.replies_to]
    assert replies
    for item in replies:
        assert world.message(item.replies_to or "").thread_key == item.thread_key


def test_even_the_second_day_of_the_year_has_a_letter_and_news(world_of_day: World) -> None:
    assert world_of_day.messages_of(MOTHER, Folder.INBOX)
    assert world_of_day.news_of("student-1")
    assert world_of_day.announcements_of("student-1")


def test_pupils_write_letters_too(world: World) -> None:
    assert world.messages_of("person-student-1", Folder.SENT)


def test_events_are_of_many_kinds_some_to_come(world: World) -> None:
    assert {item.kind for item in world.events} == set(EventKind)
    assert {item.state for item in world.events} >= {EventState.CONFIRMED, EventState.CANCELLED}
    assert any(item.starts_at.date() > world.today for item in world.events_of("student-1"))
    for item in world.events:
        assert item.starts_at < item.ends_at
        assert item.place
        assert item.organiser


def test_notifications_tell_of_everything_new(world: World) -> None:
    kinds = {item.kind for item in world.notifications}
    assert kinds >= set(NotificationKind) - {NotificationKind.FINAL_GRADE}
    feed = world.notifications_of("student-1")
    assert {bool(item.read_by) for item in feed} == {True, False}
    assert list(feed) == sorted(feed, key=lambda item: item.created_at)


def test_a_corrected_mark_is_told_twice(world: World) -> None:
    changed = [i for i in world.notifications if i.kind is NotificationKind.CHANGED_MARK]
    for item in changed:
        mark = world.mark(item.ref_key)
        assert item.new_value == mark.text
        assert item.old_value == mark.corrections[0].before
