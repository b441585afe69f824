"""Letters, people in them, and the board."""

import pytest

from gateway.core.model.talk import MessageFolder
from gateway_eljur.mapping.board import audience, notice_records
from gateway_eljur.mapping.letters import (
    letter_record,
    letter_records,
    person,
    recipient_records,
)
from gateway_eljur.wire.talk import (
    Correspondent,
    Letter,
    ListedLetter,
    Notice,
    ReceiverGroup,
    ReceiverSubgroup,
)
from tests.plugins.eljur.mapping.support import Notes, make_context

TEACHER = Correspondent(name=3001, lastname="Образцова", firstname="Анна", middlename="Павловна")


@pytest.mark.parametrize(
    "told, number, name",
    [
        (TEACHER, "3001", "Образцова Анна Павловна"),
        (Correspondent(name="3001", lastname="", firstname=""), "3001", "№ 3001"),
        (Correspondent(name="", lastname="Школа"), None, "Школа"),
        (Correspondent(name="0", lastname="Школа"), None, "Школа"),
        (Correspondent(name="admin", lastname="Школа"), None, "Школа"),
    ],
)
def test_somebody_is_known_by_number_and_name(told, number, name):
    pointer = person(make_context(), told)
    assert pointer.name == name
    assert pointer.id == (number and f"eljur@cloud.sch1:person:{number}")


@pytest.mark.parametrize("told", [None, [], Correspondent(), Correspondent(name="0")])
def test_nobody_is_nobody(told):
    assert person(make_context(), told) is None


def test_what_the_list_does_not_tell_is_not_told():
    (record,) = letter_records(make_context(), [ListedLetter(id=1)], MessageFolder.INBOX)
    assert record == {
        "id": "eljur@cloud.sch1:message:1",
        "folder": MessageFolder.INBOX,
        "folder_text": "inbox",
    }


def test_a_moment_that_cannot_be_read_is_noted_and_none_is_not():
    notes = Notes()
    letters = [ListedLetter(id=1, date="вчера"), ListedLetter(id=2, date="0000-00-00 00:00:00")]
    for record in letter_records(make_context(notes), letters, MessageFolder.INBOX):
        assert "sent_at" not in record
    assert notes.paths == ["$.messages[id=1].date"]


@pytest.mark.parametrize(
    "user, folder", [("3001", MessageFolder.SENT), ("1900", MessageFolder.INBOX), ("", "inbox")]
)
def test_what_the_account_wrote_lies_among_the_letters_sent(user, folder):
    record = letter_record(make_context(), Letter(id=1, user_from=TEACHER), user)
    assert record["folder"] == folder
    assert record["is_read"] is True


def test_moments_are_on_the_schools_clock():
    letter = ListedLetter(id=1, date="2026-11-24 18:05:00")
    context = make_context(zone="Asia/Yekaterinburg")
    (record,) = letter_records(context, [letter], MessageFolder.INBOX)
    assert record["sent_at"] == "2026-11-24T18:05:00+05:00"


def test_parents_of_two_classes_are_one_person():
    parent = Correspondent(name=2001, lastname="Вымышленная")
    subgroups = [ReceiverSubgroup(name=name, users=[parent]) for name in ("5А", "8А")]
    group = ReceiverGroup(key="parents", name="Родители", subgroups=subgroups)
    (record,) = recipient_records(make_context(), [group])
    assert record["group"] == "Родители 5А, Родители 8А"
    assert record["note"] is None


def test_a_group_without_a_name_is_called_by_its_key():
    group = ReceiverGroup(key="specialists", users=[TEACHER])
    assert recipient_records(make_context(), [group])[0]["group"] == "specialists"


@pytest.mark.parametrize(
    "told, text",
    [
        ("Родители&nbsp;<span>&middot;</span> Учителя", "Родители · Учителя"),
        ("", None),
        (None, None),
        ([], None),
    ],
)
def test_an_audience_is_one_line(told, text):
    assert audience(told) == text


@pytest.mark.parametrize("short, told", [("В четверг", True), ("В чет...", False), ("В…", False)])
def test_a_short_text_is_the_text_only_if_it_is_whole(short, told):
    notice = Notice(id=1, short_text=short, unread=True)
    (record,) = notice_records(make_context(), [notice], {})
    assert ("text" in record) is told
    assert "attachments" not in record
