"""Playing the person: what somebody with an account would answer to a step, without a network."""

from typing import Final
from urllib.parse import urlsplit

from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import (
    Choice,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Question,
    Redirect,
    Step,
)
from gateway.core.errors import IllegalAnswer
from gateway_eljur.emulator.people import INVITE

_ESIA: Final = "/journal-esia"


def answer(step: Step, account: SandboxAccount, origin: str) -> StepInput:
    """The answer of the person with this account.

    Raises:
        IllegalAnswer: Nobody of this service ever sees such a step.
    """
    match step:
        case Form():
            return {field.name: _field(field, account) for field in step.fields}
        case Choice():
            return _choose(step, account)
        case OneTimeCode():
            return account.code or ""
        case Redirect():
            return _walk(step, account, origin)
        case Confirm():
            return True
        case Question():
            return ""
        case _:
            raise IllegalAnswer(f"nobody sees a step of type {step.type} here")


def _field(field: FormField, account: SandboxAccount) -> str:
    """What the person types; a new password and its repetition are the account's own."""
    name = field.name.lower().replace("_", "")
    held = {key.replace("_", ""): value for key, value in account.config.items()}
    if name in held:
        return held[name]
    for parts, value in (
        (("school", "vendor", "domain"), account.school),
        (("password", "repeat", "verify"), account.password),
        (("login", "username"), account.login),
        (("token",), account.token),
        (("code",), held.get("invitecode", account.code)),
        (("mail",), held.get("email")),
        (("surname", "last", "family"), held.get("lastname")),
        (("middle", "patronymic"), held.get("middlename")),
        (("first", "given"), held.get("firstname")),
        (("region",), account.region),
    ):
        if any(part in name for part in parts):
            return value or ""
    return ""


def _choose(step: Choice, account: SandboxAccount) -> StepInput:
    """The options that name the account's school; else the first one.

    Who holds an invite code is new, where that is asked.
    """
    wanted = {account.school, account.login, account.key} - {None}
    wanted |= {student.gateway_id for student in account.students}
    if INVITE in account.methods:
        wanted |= {"new", "register"}
    chosen = [
        option
        for option in step.options
        if {option.key, *_words(option.key), option.label, option.note} & wanted
    ]
    chosen = chosen or list(step.options[:1])
    if step.multiple:
        return tuple(option.key for option in chosen)
    return chosen[0].key


def _words(key: str) -> list[str]:
    """Parts of a composed key, such as school and user."""
    for sign in ":/|#.":
        key = key.replace(sign, " ")
    return key.split()


def _walk(step: Redirect, account: SandboxAccount, origin: str) -> StepInput:
    """Where the person's own browser ends up.

    No request is made: the token of the sign-in is known to every running emulator (see `doors`).
    """
    parts = urlsplit(step.url)
    word = account.config.get("v_token")
    if not parts.path.startswith(_ESIA) or word is None:
        raise IllegalAnswer(f"nobody of {origin} is sent to {parts.path}")
    base = f"{parts.scheme}://{parts.netloc}" if parts.netloc else origin
    return f"{base}/journal-app?v_token={word}"
