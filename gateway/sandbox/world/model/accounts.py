"""Accounts of the diaries, identities of the state sign-in system, invite codes."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """In which part a person signs in."""

    STUDENT = "student"
    GUARDIAN = "guardian"
    TRUSTED_PERSON = "trusted_person"
    TEACHER = "teacher"


class AccountState(StrEnum):
    """What awaits the one who signs in."""

    OK = "ok"
    LOCKED = "locked"
    TEMPORARY_PASSWORD = "temporary_password"  # noqa: S105 - a state, not a secret
    NO_CHILDREN = "no_children"
    UNLINKED = "unlinked"  # the school's data do not match those of the account
    SECOND_FACTOR = "second_factor"
    CAPTCHA = "captcha"  # asked before the password is accepted
    CONSENT = "consent"  # must be accepted once
    LINKING_OFFER = "linking_offer"  # «link with Gosuslugi?» stands before the diary
    TWO_IDENTITIES = "two_identities"  # its ЕСИА identity hangs on two diary accounts
    ESIA_ONLY = "esia_only"  # has no password of the diary
    NO_LONGER_STUDENT = "no_longer_student"
    SIMPLIFIED_IDENTITY = "simplified_identity"  # its ЕСИА identity is too weak


class EsiaLevel(StrEnum):
    """How far ЕСИА has checked a person."""

    SIMPLIFIED = "simplified"
    STANDARD = "standard"
    CONFIRMED = "confirmed"


class SecondFactor(StrEnum):
    """How a second factor is asked."""

    SMS = "sms"
    TOTP = "totp"


class InviteState(StrEnum):
    """What became of an invite code."""

    UNUSED = "unused"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A diary account. ``password`` None means that only ЕСИА opens it.

    ``one_time_code`` is the right answer where ``second_factor`` is asked; ``captcha_answer`` that
    of the captcha; ``new_password`` is what the person chooses where ``state`` is
    TEMPORARY_PASSWORD. ``labels`` are the user's own names for children (student key, label).
    ``student_keys`` is what a sign-in shows; ``former_student_keys`` what it showed once.
    """

    key: str
    label: str
    role: Role
    person_key: str
    login: str
    password: str | None = field(repr=False)
    student_keys: tuple[str, ...]
    former_student_keys: tuple[str, ...]
    state: AccountState
    region_code: str
    school_keys: tuple[str, ...]
    esia_key: str | None
    second_factor: SecondFactor | None
    one_time_code: str | None = field(repr=False)
    captcha_answer: str | None = field(repr=False)
    new_password: str | None = field(repr=False)
    labels: tuple[tuple[str, str], ...]

    def label_of(self, student_key: str) -> str | None:
        """The user's own name for this child, if one was set."""
        return dict(self.labels).get(student_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class EsiaIdentity:
    """A person at ЕСИА. Any of ``logins`` (phone, e-mail, СНИЛС) opens it with ``password``.

    ``code`` is the right one-time code where ``second_factor`` is set; ``totp_secret`` is base32.
    ``account_keys`` are the diary accounts that hang on it, in the order to be offered.
    """

    key: str
    person_key: str
    logins: tuple[str, ...]
    password: str = field(repr=False)
    level: EsiaLevel
    locked: bool
    second_factor: SecondFactor | None
    code: str | None = field(repr=False)
    totp_secret: str | None = field(repr=False)
    account_keys: tuple[str, ...]
    child_person_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteCode:
    """A one-time code that lets a person register at a school."""

    key: str
    code: str = field(repr=False)
    school_key: str
    role: Role
    student_key: str
    person_key: str
    state: InviteState
    issued_on: date
    expires_on: date
    used_by: str | None  # account key
