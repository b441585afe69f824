from datetime import UTC, datetime, timedelta

import pytest

from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world.model import (
    AbsenceReason,
    AccountState,
    Folder,
    InviteState,
    NoticeState,
)

NOW = datetime(2026, 2, 12, 15, 0, tzinfo=UTC)
MOTHER = "person-mother-a"


@pytest.fixture
def state(world: World) -> WorldState:
    return WorldState(world)


def test_a_homework_is_ticked_off_and_back_for_one_pupil(world: World, state: WorldState) -> None:
    item = next(i for i in world.homework_of("student-1") if "student-1" not in i.done_by)
    others = [state.is_done(key, item.key) for key in ("student-7", "student-8")]
    assert not state.is_done("student-1", item.key)
    state.set_done("student-1", item.key, done=True)
    assert state.is_done("student-1", item.key)
    assert [state.is_done(key, item.key) for key in ("student-7", "student-8")] == others
    state.set_done("student-1", item.key, done=False)
    assert not state.is_done("student-1", item.key)
    with pytest.raises(KeyError):
        state.set_done("student-1", "homework-0", done=True)


def test_two_states_of_a_world_do_not_meet(world: World, state: WorldState) -> None:
    letter = world.messages_of(MOTHER, Folder.INBOX)[-1]
    state.mark_read(MOTHER, letter.key)
    assert state.is_read(MOTHER, letter)
    assert not state.is_read("person-father-a", letter)
    assert not WorldState(world).is_read(MOTHER, letter)


def test_a_week_is_signed(world: World, state: WorldState) -> None:
    week = world.signatures_of("student-1")[-1].week_start
    signed = state.sign_week("student-1", week, MOTHER, NOW)
    assert (signed.signed_by, signed.signed_at) == (MOTHER, NOW)
    assert state.signature("student-1", week) == signed
    future = week + timedelta(days=70)
    assert state.signature("student-1", future) is None
    with pytest.raises(KeyError):
        state.sign_week("student-1", future, MOTHER, NOW)


def test_a_notice_is_added_and_cancelled_once(world: World, state: WorldState) -> None:
    day = world.today + timedelta(days=3)
    before = state.notices_of("student-1", day, day)
    notice = state.add_notice(
        "student-1", MOTHER, day, day, reason=AbsenceReason.ILLNESS, comment="ОРВИ", at=NOW
    )
    assert set(state.notices_of("student-1", day, day)) == {*before, notice}
    cancelled = state.cancel_notice("student-1", notice.key, NOW)
    assert cancelled.state is NoticeState.CANCELLED
    later = NOW + timedelta(hours=1)
    assert state.cancel_notice("student-1", notice.key, later).cancelled_at == NOW
    with pytest.raises(KeyError):
        state.cancel_notice("student-4", notice.key, NOW)
    with pytest.raises(ValueError, match="end before"):
        state.add_notice(
            "student-1",
            MOTHER,
            day,
            day - timedelta(days=1),
            reason=AbsenceReason.ILLNESS,
            comment="",
            at=NOW,
        )


def test_a_notice_of_the_world_is_cancelled_too(world: World, state: WorldState) -> None:
    coming = next(item for item in world.notices_of("student-1") if item.key.endswith("coming"))
    state.cancel_notice("student-1", coming.key, NOW)
    found = {item.key: item for item in state.notices_of("student-1")}
    assert found[coming.key].state is NoticeState.CANCELLED
    assert coming.state is NoticeState.ACTIVE


def test_a_reply_lands_in_both_mailboxes_and_in_its_thread(world: World, state: WorldState) -> None:
    letter = world.messages_of(MOTHER, Folder.INBOX)[-1]
    file = state.upload("Ответ.txt", "text/plain", "да".encode(), NOW)
    reply = state.send_message(
        MOTHER,
        (letter.sender_person_key,),
        subject="Re",
        text="Хорошо",
        at=NOW,
        school_key=letter.school_key,
        replies_to=letter.key,
        attachments=(file,),
    )
    assert reply.thread_key == letter.thread_key
    assert state.messages_of(MOTHER, Folder.SENT)[-1] == reply
    inbox = state.messages_of(letter.sender_person_key, Folder.INBOX)
    assert inbox[-1] == reply
    assert not state.is_read(letter.sender_person_key, reply)
    assert state.message(reply.key) == reply
    assert state.file_bytes(file.key) == "да".encode()
    with pytest.raises(KeyError):
        state.send_message(
            MOTHER, ("person-0",), subject="", text="", at=NOW, school_key=letter.school_key
        )


def test_files_of_the_world_are_read_through_the_state(world: World, state: WorldState) -> None:
    file = next(f for item in world.homework for f in item.attachments)
    assert len(state.file_bytes(file.key)) == file.size
    with pytest.raises(KeyError):
        state.file_bytes("file-0")


def test_a_temporary_password_is_changed(world: World, state: WorldState) -> None:
    account = world.account("account-temporary-password")
    assert state.state_of(account) is AccountState.TEMPORARY_PASSWORD
    state.change_password(account, account.new_password or "")
    assert state.password_of(account) == account.new_password
    assert state.state_of(account) is AccountState.OK


def test_a_changed_password_unlocks_nothing_else(world: World, state: WorldState) -> None:
    account = world.account("account-locked")
    state.change_password(account, "another")
    assert state.state_of(account) is AccountState.LOCKED


def test_a_consent_is_asked_once(world: World, state: WorldState) -> None:
    account = world.account("account-consent")
    state.settle(account)
    assert state.state_of(account) is AccountState.OK


def test_children_get_new_labels(world: World, state: WorldState) -> None:
    account = world.account("account-parent-two")
    state.set_label(account, "student-1", "Старший")
    assert state.label_of(account, "student-1") == "Старший"
    assert state.label_of(account, "student-3") == "Ребёнок2"


def test_an_invite_code_registers_once(world: World, state: WorldState) -> None:
    invites = {item.key: item for item in world.invite_codes}
    invite = invites["invite-parent"]
    account = state.register(invite, "new.parent", "new-password-1")
    assert state.account_by_login("NEW.parent") == account
    assert account.student_keys == ("student-5",)
    assert state.invite_state(invite) is InviteState.USED
    for key, login in (
        ("invite-parent", "again"),
        ("invite-expired", "late"),
        ("invite-used", "thief"),
        ("invite-pupil", "demo.student"),
    ):
        with pytest.raises(ValueError, match=r"code|login"):
            state.register(invites[key], login, "x")
    assert world.account_by_login("new.parent") is None


def test_an_invite_code_adds_a_child_to_an_account(world: World, state: WorldState) -> None:
    invites = {item.key: item for item in world.invite_codes}
    account = world.account("account-parent-two")
    grown = state.add_child(invites["invite-parent"], account)
    assert grown.student_keys == ("student-1", "student-3", "student-5")
    assert grown.school_keys == ("school-1", "school-3", "school-4")
    assert state.account_by_login(account.login) == grown
    assert state.password_of(grown) == account.password
    for key in ("invite-parent", "invite-expired"):
        with pytest.raises(ValueError, match="code"):
            state.add_child(invites[key], grown)


def test_known_accounts_are_found_through_the_state(state: WorldState) -> None:
    account = state.account_by_login("demo.teacher")
    assert account
    assert state.password_of(account) == account.password
