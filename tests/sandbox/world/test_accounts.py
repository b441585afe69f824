import pytest

from gateway.sandbox.world import World
from gateway.sandbox.world.model import (
    AccountState,
    EsiaLevel,
    InviteState,
    Role,
    SecondFactor,
)


def test_every_state_and_role_has_an_account(world: World) -> None:
    assert {account.state for account in world.accounts} == set(AccountState)
    assert {account.role for account in world.accounts} == set(Role)
    assert len({account.login for account in world.accounts}) == len(world.accounts)


def test_the_accounts_that_must_work_reach_their_children(world_of_day: World) -> None:
    world = world_of_day
    wanted = {
        "demo.student": ("student-1",),
        "demo.parent-two": ("student-1", "student-3"),
        "demo.parent-one": ("student-4",),
        "demo.student-two-schools": ("student-2",),
        "demo.trusted": ("student-1",),
    }
    for login, children in wanted.items():
        account = world.account_by_login(login)
        assert account
        assert account.state is AccountState.OK
        assert account.password
        assert account.student_keys == children
        for key in children:
            assert world.lessons_of(key)
            assert world.school(world.student(key).school_key).key in account.school_keys


def test_accounts_show_nobody_elses_children(world: World) -> None:
    for account in world.accounts:
        for key in account.student_keys:
            guardians = {item.person_key for item in world.guardians_of(key)}
            trusted = {item.person_key for item in world.trusted_persons_of(key)}
            own = world.student(key).person_key
            assert account.person_key in {own} | guardians | trusted


def test_states_come_with_what_the_person_needs(world: World) -> None:
    by_state = {account.state: account for account in world.accounts}
    assert by_state[AccountState.TEMPORARY_PASSWORD].new_password
    assert by_state[AccountState.SECOND_FACTOR].one_time_code
    assert by_state[AccountState.CAPTCHA].captcha_answer
    assert by_state[AccountState.ESIA_ONLY].password is None
    assert by_state[AccountState.NO_CHILDREN].student_keys == ()
    assert by_state[AccountState.UNLINKED].student_keys == ()
    gone = by_state[AccountState.NO_LONGER_STUDENT]
    assert gone.student_keys == ()
    assert gone.former_student_keys == ("student-6",)
    weak = by_state[AccountState.SIMPLIFIED_IDENTITY]
    assert world.esia_identity(weak.esia_key or "").level is EsiaLevel.SIMPLIFIED


def test_one_identity_hangs_on_two_accounts(world: World) -> None:
    both = [item for item in world.accounts if item.state is AccountState.TWO_IDENTITIES]
    (identity,) = {item.esia_key for item in both}
    keys = world.esia_identity(identity or "").account_keys
    assert keys == tuple(account.key for account in both)
    assert both[0].student_keys != both[1].student_keys


def test_identities_are_found_by_phone_mail_and_snils_however_spelled(world: World) -> None:
    identity = world.esia_identity("esia-mother-a")
    person = world.person(identity.person_key)
    assert person.phone
    assert person.email
    phone = person.phone
    spellings = (
        phone,
        f"8{phone[2:]}",
        f"+7({phone[2:5]}){phone[5:]}",
        phone[2:],
        person.email.upper(),
        person.snils,
        person.snils.replace("-", "").replace(" ", ""),
    )
    assert [world.esia_by_login(item) for item in spellings] == [identity] * len(spellings)
    assert world.esia_by_login("nobody@example.org") is None


def test_identities_have_factors_a_stranger_and_a_locked_one(world: World) -> None:
    factors = {item.second_factor for item in world.esia_identities}
    assert factors == {None, *SecondFactor}
    assert all(
        (item.second_factor is None) == (item.code is None) for item in world.esia_identities
    )
    assert {item.level for item in world.esia_identities} == set(EsiaLevel)
    assert any(item.locked for item in world.esia_identities)
    assert any(not item.account_keys and not item.locked for item in world.esia_identities)


def test_parents_label_their_children(world: World) -> None:
    account = world.account("account-parent-two")
    assert account.label_of("student-1") == "Ребёнок1"
    assert account.label_of("student-3") == "Ребёнок2"
    assert account.label_of("student-2") is None


def test_invite_codes_are_unused_used_and_expired(world: World) -> None:
    assert {invite.state for invite in world.invite_codes} == set(InviteState)
    for invite in world.invite_codes:
        expired = invite.expires_on < world.today
        assert expired == (invite.state is InviteState.EXPIRED)
        assert (invite.used_by is None) == (invite.state is not InviteState.USED)


@pytest.mark.parametrize("login", ["DEMO.Student", " demo.student "])
def test_logins_ignore_case_and_blanks(world: World, login: str) -> None:
    account = world.account_by_login(login)
    assert account
    assert account.key == "account-student"
    assert world.account_by_login("nobody") is None


def test_secrets_stay_out_of_repr(world: World) -> None:
    for account in world.accounts:
        assert not account.password or account.password not in repr(account)
    for identity in world.esia_identities:
        assert identity.password not in repr(identity)
    for invite in world.invite_codes:
        assert invite.code not in repr(invite)
