"""What clients change while a sandbox runs; the world itself stays as it was."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from gateway.sandbox.world import model as m
from gateway.sandbox.world.files import attachment_bytes
from gateway.sandbox.world.world import World


class WorldState:
    """Overlays over one world, a fresh set per running sandbox. Moments are passed in, aware.

    The dictionaries are public so that a test can look at them; change them by the methods.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.done: dict[tuple[str, str], bool] = {}  # (student, homework) -> ticked off
        self.read: set[tuple[str, str]] = set()  # (person, message | announcement | notification)
        self.signatures: dict[tuple[str, date], m.WeekSignature] = {}  # (student, Monday)
        self.notices: dict[str, m.AbsenceNotice] = {}
        self.messages: dict[str, m.Message] = {}
        self.uploads: dict[str, tuple[m.Attachment, bytes]] = {}
        self.passwords: dict[str, str] = {}  # account -> password after a change
        self.settled: set[str] = set()  # accounts whose one-time obstacle was dealt with
        self.labels: dict[tuple[str, str], str] = {}  # (account, student) -> user's own label
        self.new_accounts: dict[str, m.Account] = {}
        self.used_invites: dict[str, str] = {}  # invite -> account
        self.failed_logins: Counter[str] = Counter()  # account or identity -> wrong tries in a row

    # -- homework -------------------------------------------------------------------------------

    def is_done(self, student_key: str, homework_key: str) -> bool:
        """Whether the pupil has ticked a homework off."""
        done = student_key in self.world.homework_item(homework_key).done_by
        return self.done.get((student_key, homework_key), done)

    def set_done(self, student_key: str, homework_key: str, done: bool) -> None:
        """Tick a homework off, or take the tick away; KeyError for an unknown homework."""
        self.world.homework_item(homework_key)
        self.done[student_key, homework_key] = done

    # -- reading and signing --------------------------------------------------------------------

    def is_read(self, person_key: str, item: m.Message | m.Announcement | m.Notification) -> bool:
        """Whether a person has opened it."""
        return person_key in item.read_by or (person_key, item.key) in self.read

    def mark_read(self, person_key: str, item_key: str) -> None:
        """Note that a person has opened a message, announcement or notification."""
        self.read.add((person_key, item_key))

    def signature(self, student_key: str, week_start: date) -> m.WeekSignature | None:
        """The signature record of a week, signed or not; None where the week has none."""
        original = self.world.signatures_of(student_key, week_start, week_start)
        return self.signatures.get((student_key, week_start), original[0] if original else None)

    def sign_week(
        self, student_key: str, week_start: date, person_key: str, at: datetime
    ) -> m.WeekSignature:
        """Sign a week for a guardian; KeyError when the pupil has no such week to sign."""
        blank = self.signature(student_key, week_start)
        if blank is None:
            raise KeyError((student_key, week_start))
        signed = replace(blank, signed_by=person_key, signed_at=at)
        self.signatures[student_key, week_start] = signed
        return signed

    # -- absence notices ------------------------------------------------------------------------

    def notices_of(
        self, student_key: str, start: date | None = None, end: date | None = None
    ) -> tuple[m.AbsenceNotice, ...]:
        """Absence notices by their first day, changed and new ones included."""
        before = {item.key: item for item in self.world.notices_of(student_key)}
        now = before | {k: v for k, v in self.notices.items() if v.student_key == student_key}
        return tuple(
            item
            for item in sorted(now.values(), key=lambda item: item.starts_on)
            if (start is None or item.starts_on >= start) and (end is None or item.starts_on <= end)
        )

    def add_notice(
        self,
        student_key: str,
        author_person_key: str,
        starts_on: date,
        ends_on: date,
        *,
        reason: m.AbsenceReason,
        comment: str,
        at: datetime,
        lesson_numbers: tuple[int, ...] | None = None,
    ) -> m.AbsenceNotice:
        """Hand in a notice; ValueError when it ends before it starts."""
        if ends_on < starts_on:
            raise ValueError("a notice cannot end before it starts")
        notice = m.AbsenceNotice(
            key=f"notice-new-{len(self.notices) + 1}",
            student_key=student_key,
            school_key=self.world.student(student_key).school_key,
            author_person_key=author_person_key,
            starts_on=starts_on,
            ends_on=ends_on,
            lesson_numbers=lesson_numbers,
            reason=reason,
            comment=comment,
            created_at=at,
            state=m.NoticeState.ACTIVE,
            cancelled_at=None,
            seen_at=None,
        )
        self.notices[notice.key] = notice
        return notice

    def cancel_notice(self, student_key: str, notice_key: str, at: datetime) -> m.AbsenceNotice:
        """Take a notice back (again: no change); KeyError for an unknown one."""
        found = {item.key: item for item in self.notices_of(student_key)}[notice_key]
        if found.state is m.NoticeState.ACTIVE:
            found = replace(found, state=m.NoticeState.CANCELLED, cancelled_at=at)
            self.notices[notice_key] = found
        return found

    # -- messages and files ---------------------------------------------------------------------

    def messages_of(self, person_key: str, folder: m.Folder) -> tuple[m.Message, ...]:
        """A person's letters in one folder, oldest first, new ones included."""
        sent = folder is m.Folder.SENT
        new = tuple(
            item
            for item in self.messages.values()
            if (item.sender_person_key == person_key if sent else person_key in _to(item))
        )
        return self.world.messages_of(person_key, folder) + new

    def message(self, key: str) -> m.Message:
        """A letter, old or new; KeyError for a stranger."""
        return self.messages[key] if key in self.messages else self.world.message(key)

    def send_message(
        self,
        sender_person_key: str,
        recipient_person_keys: tuple[str, ...],
        *,
        subject: str,
        text: str,
        at: datetime,
        school_key: str,
        replies_to: str | None = None,
        attachments: tuple[m.Attachment, ...] = (),
    ) -> m.Message:
        """Send a letter; KeyError for unknown recipients or an unknown letter replied to."""
        for person_key in recipient_person_keys:
            self.world.person(person_key)
        key = f"message-new-{len(self.messages) + 1}"
        message = m.Message(
            key=key,
            thread_key=self.message(replies_to).thread_key if replies_to else f"thread-{key}",
            replies_to=replies_to,
            school_key=school_key,
            student_key=None,
            sender_person_key=sender_person_key,
            recipient_person_keys=recipient_person_keys,
            subject=subject,
            text=text,
            html=None,
            attachments=attachments,
            sent_at=at,
            read_by=(sender_person_key,),
        )
        self.messages[key] = message
        return message

    def upload(self, name: str, mime: str, data: bytes, at: datetime) -> m.Attachment:
        """Keep a file that a client sent."""
        key = f"file-new-{len(self.uploads) + 1}"
        file = m.Attachment(key=key, name=name, mime=mime, size=len(data), uploaded_at=at)
        self.uploads[key] = (file, data)
        return file

    def file_bytes(self, attachment_key: str) -> bytes:
        """Content of any file, uploaded or the world's own; KeyError for a stranger."""
        if attachment_key in self.uploads:
            return self.uploads[attachment_key][1]
        return attachment_bytes(self.world.attachment(attachment_key))

    # -- accounts -------------------------------------------------------------------------------

    def account_by_login(self, login: str) -> m.Account | None:
        """The account with this login, registered ones included."""
        wanted = login.strip().casefold()
        new = [item for item in self.new_accounts.values() if item.login.casefold() == wanted]
        return new[0] if new else self.world.account_by_login(login)

    def password_of(self, account: m.Account) -> str | None:
        """The password that opens the account now."""
        return self.passwords.get(account.key, account.password)

    def change_password(self, account: m.Account, password: str) -> None:
        """Set a new password; a temporary one is dealt with by that."""
        self.passwords[account.key] = password
        if account.state is m.AccountState.TEMPORARY_PASSWORD:
            self.settled.add(account.key)

    def settle(self, account: m.Account) -> None:
        """Note that the person has dealt with a consent, a linking offer or the like."""
        self.settled.add(account.key)

    def state_of(self, account: m.Account) -> m.AccountState:
        """The account's state, OK once its one-time obstacle was dealt with."""
        return m.AccountState.OK if account.key in self.settled else account.state

    def label_of(self, account: m.Account, student_key: str) -> str | None:
        """The user's own name for a child."""
        return self.labels.get((account.key, student_key), account.label_of(student_key))

    def set_label(self, account: m.Account, student_key: str, label: str) -> None:
        """Name a child."""
        self.labels[account.key, student_key] = label

    def invite_state(self, invite: m.InviteCode) -> m.InviteState:
        """What became of an invite code by now."""
        return m.InviteState.USED if invite.key in self.used_invites else invite.state

    def register(self, invite: m.InviteCode, login: str, password: str) -> m.Account:
        """Make an account with an invite code.

        Raises:
            ValueError: the code was used or has expired, or the login is taken.
        """
        if self.invite_state(invite) is not m.InviteState.UNUSED:
            raise ValueError("the code cannot be used")
        if self.account_by_login(login) is not None:
            raise ValueError("the login is taken")
        school = self.world.school(invite.school_key)
        account = m.Account(
            key=f"account-new-{len(self.new_accounts) + 1}",
            label="registered with an invite code",
            role=invite.role,
            person_key=invite.person_key,
            login=login,
            password=password,
            student_keys=(invite.student_key,),
            former_student_keys=(),
            state=m.AccountState.OK,
            region_code=self.world.region(school.region_key).code,
            school_keys=(school.key,),
            esia_key=None,
            second_factor=None,
            one_time_code=None,
            captcha_answer=None,
            new_password=None,
            labels=(),
        )
        self.new_accounts[account.key] = account
        self.used_invites[invite.key] = account.key
        return account

    def add_child(self, invite: m.InviteCode, account: m.Account) -> m.Account:
        """Add the child of an invite code to an account that is there; it stands for the old one.

        Raises:
            ValueError: the code was used or has expired.
        """
        if self.invite_state(invite) is not m.InviteState.UNUSED:
            raise ValueError("the code cannot be used")
        now = self.new_accounts.get(account.key, account)
        grown = replace(
            now,
            student_keys=tuple(dict.fromkeys((*now.student_keys, invite.student_key))),
            school_keys=tuple(dict.fromkeys((*now.school_keys, invite.school_key))),
        )
        self.new_accounts[account.key] = grown
        self.used_invites[invite.key] = account.key
        return grown


def _to(message: m.Message) -> tuple[str, ...]:
    return message.recipient_person_keys
