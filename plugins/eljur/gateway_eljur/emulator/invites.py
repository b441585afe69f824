"""Registration with an invite code. The wire shape is INVENTED: nobody has seen the real one.

What people see is known (notes 2.6): school, one-time code, own login and password, name and
e-mail, a confirming letter, the first sign-in. Paths, names and answers below are this emulator's
own; the plugin's `login/invite_wire.py` speaks the same and stays off for real hosts.

All requests are `POST https://{school's site}/ajaxregister/…` with form fields (a JSON body does
too). All answers are HTTP 200 with JSON. A refusal is

    {"result": false, "error": TEXT, "errors": [{"code": CODE, "text": TEXT}], "actions": []}

with TEXT in Russian and every problem of the request in `errors`. A good answer is
`{"result": true, "errors": [], "actions": [], …}` with the further fields told below.

1. `/ajaxregister/code`: `domain` (key of the school), `code`. Good: `registration` (a word that
   the further requests carry), `vendor`, `school` (its title), `role` (`student` or `parent`),
   `student` (surname and given name of the pupil), `class`. CODE: `school_unknown`,
   `code_unknown`, `code_used`, `code_expired`. Letter case, blanks and hyphens of the code do not
   matter.
2. `/ajaxregister/account`: `registration`, `login`, `password`, `password2`, `lastname`,
   `firstname`, `middlename` (may be empty), `email`. Good: `sent_to` (the e-mail, masked); a letter
   with a code of six digits is on its way. May be sent again to correct something. CODE:
   `login_invalid` (3 to 32 Latin letters, digits, `.`, `_`, `-`), `login_taken`, `password_weak`
   (at least 8 signs with a letter and a digit), `password_mismatch`, `name_required`,
   `email_invalid`, `registration_over`.
3. `/ajaxregister/confirm`: `registration`, `code` (that of the letter). Good: `vendor`, `login`;
   `actions` holds `{"type": "redirect", "url": "/authorize"}`, and login and password open the
   account as they open any other. CODE: `confirm_wrong`, `confirm_expired`, `registration_over`
   (the invite code was used meanwhile, the login was taken, or five codes were wrong).
4. `/ajaxregister/resend`: `registration`. Good: `sent_to`. CODE: `registration_over`.

A parent who has an account at the school adds a further child to it instead of steps 2 and 3:
`/ajaxregister/child`: `registration`, `login`, `password`. Good: as in step 3. CODE: `login_wrong`,
`role_mismatch` (the code is a pupil's, or the account is), `child_known`, `registration_over`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.world import WorldState
from gateway.sandbox.world import model as m
from gateway_eljur.emulator import doors
from gateway_eljur.emulator.vendors import Vendor

TRIES: Final = 5
"""Wrong letter codes after which a registration is over."""

_LOGIN: Final = re.compile(r"[A-Za-z0-9._-]{3,32}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_SHORTEST: Final = 8
_WORD: Final = 32


class Problem(StrEnum):
    """`code` of an error."""

    SCHOOL_UNKNOWN = "school_unknown"
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    LOGIN_INVALID = "login_invalid"
    LOGIN_TAKEN = "login_taken"
    LOGIN_WRONG = "login_wrong"
    PASSWORD_WEAK = "password_weak"  # noqa: S105 - a code, not a secret
    PASSWORD_MISMATCH = "password_mismatch"  # noqa: S105 - likewise
    NAME_REQUIRED = "name_required"
    EMAIL_INVALID = "email_invalid"
    CONFIRM_WRONG = "confirm_wrong"
    CONFIRM_EXPIRED = "confirm_expired"
    ROLE_MISMATCH = "role_mismatch"
    CHILD_KNOWN = "child_known"
    REGISTRATION_OVER = "registration_over"


WORDS: Final[Mapping[Problem, str]] = {
    Problem.SCHOOL_UNKNOWN: "Школа не найдена",
    Problem.CODE_UNKNOWN: "Неверный пригласительный код",
    Problem.CODE_USED: "Пригласительный код уже использован",
    Problem.CODE_EXPIRED: "Срок действия пригласительного кода истёк",
    Problem.LOGIN_INVALID: "Недопустимый логин",
    Problem.LOGIN_TAKEN: "Логин уже занят",
    Problem.LOGIN_WRONG: "Неправильный логин или пароль",
    Problem.PASSWORD_WEAK: "Слишком простой пароль",
    Problem.PASSWORD_MISMATCH: "Пароли не совпадают",
    Problem.NAME_REQUIRED: "Укажите фамилию и имя",
    Problem.EMAIL_INVALID: "Неверный адрес электронной почты",
    Problem.CONFIRM_WRONG: "Неверный код подтверждения",
    Problem.CONFIRM_EXPIRED: "Код подтверждения устарел",
    Problem.ROLE_MISMATCH: "Код выдан для другой роли",
    Problem.CHILD_KNOWN: "Этот ребёнок уже добавлен",
    Problem.REGISTRATION_OVER: "Регистрация устарела, начните снова",
}


@dataclass(slots=True)
class Registration:
    """A registration on its way.

    Attributes:
        word: What requests carry along.
        vendor: The school.
        invite: The code that it began with.
        login: Chosen login, once the account was described.
        password: Chosen password.
        email: Where the letter went.
        tries: Wrong letter codes so far.
    """

    word: str
    vendor: Vendor
    invite: m.InviteCode
    login: str = ""
    password: str = ""
    email: str = ""
    tries: int = 0


class Registrations:
    """The registrations of one running emulator."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._open: dict[str, Registration] = {}

    def begin(self, vendor: Vendor, invite: m.InviteCode) -> Registration:
        """A new one."""
        found = Registration(self._draws.letters(_WORD), vendor, invite)
        self._open[found.word] = found
        return found

    def find(self, word: str) -> Registration | None:
        """One that has not ended."""
        return self._open.get(word)

    def end(self, registration: Registration) -> None:
        """It is over, well or not."""
        self._open.pop(registration.word, None)


def look_up(state: WorldState, vendor: Vendor, code: str) -> m.InviteCode | Problem:
    """The usable invite of a school with this code, or why there is none."""
    wanted = _plain(code)
    for invite in state.world.invite_codes:
        if _plain(invite.code) == wanted and invite.school_key in vendor.school_keys:
            match state.invite_state(invite):
                case m.InviteState.UNUSED:
                    return invite
                case m.InviteState.USED:
                    return Problem.CODE_USED
                case m.InviteState.EXPIRED:
                    return Problem.CODE_EXPIRED
    return Problem.CODE_UNKNOWN


def describe(
    state: WorldState, registration: Registration, fields: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Take login, password, name and e-mail; nothing is kept while anything is wrong.

    Args:
        state: Who has which login.
        registration: Where they are kept.
        fields: `login`, `password`, `password2`, `lastname`, `firstname`, `email`.
    """
    login, password = fields["login"].strip(), fields["password"]
    found = []
    if _LOGIN.fullmatch(login) is None:
        found.append(Problem.LOGIN_INVALID)
    elif state.account_by_login(login) is not None:
        found.append(Problem.LOGIN_TAKEN)
    if not is_strong(password):
        found.append(Problem.PASSWORD_WEAK)
    if fields["password2"] != password:
        found.append(Problem.PASSWORD_MISMATCH)
    if not fields["lastname"].strip() or not fields["firstname"].strip():
        found.append(Problem.NAME_REQUIRED)
    if _EMAIL.fullmatch(fields["email"].strip()) is None:
        found.append(Problem.EMAIL_INVALID)
    if not found:
        registration.login, registration.password = login, password
        registration.email = fields["email"].strip()
    return tuple(found)


def confirm(state: WorldState, registration: Registration, code: str) -> Problem | None:
    """Take the code of the letter: the account is there from then on, or why it is not."""
    if not registration.email:
        return Problem.REGISTRATION_OVER
    if code.strip() == doors.expired_letter_code(registration.email):
        return Problem.CONFIRM_EXPIRED
    if code.strip() != doors.letter_code(registration.email):
        registration.tries += 1
        over = registration.tries >= TRIES
        return Problem.REGISTRATION_OVER if over else Problem.CONFIRM_WRONG
    try:
        state.register(registration.invite, registration.login, registration.password)
    except ValueError:
        return Problem.REGISTRATION_OVER
    return None


def add_child(
    state: WorldState, registration: Registration, account: m.Account | None, password: str
) -> Problem | None:
    """Add the child of the invite to a parent's account, or tell why that cannot be."""
    invite = registration.invite
    held = None if account is None else state.password_of(account)
    if account is None or held is None or password != held:
        return Problem.LOGIN_WRONG
    if invite.role is not m.Role.GUARDIAN or account.role is not m.Role.GUARDIAN:
        return Problem.ROLE_MISMATCH
    if invite.student_key in account.student_keys:
        return Problem.CHILD_KNOWN
    try:
        state.add_child(invite, account)
    except ValueError:
        return Problem.REGISTRATION_OVER
    return None


def is_strong(password: str) -> bool:
    """Whether a password follows the rules."""
    kinds = any(sign.isalpha() for sign in password) and any(sign.isdigit() for sign in password)
    return len(password) >= _SHORTEST and kinds


def masked(email: str) -> str:
    """An e-mail as it is shown: `p***@example.org`."""
    name, _, host = email.partition("@")
    return f"{name[:1]}***@{host}"


def _plain(code: str) -> str:
    return "".join(sign for sign in code if sign.isalnum()).casefold()
