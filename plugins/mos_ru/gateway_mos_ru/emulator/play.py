"""Playing the person: what somebody with an account would answer to a step."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from urllib.request import urlopen

from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import (
    Choice,
    CodeMedium,
    CompletedBy,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Question,
    Redirect,
    ShowQr,
    Step,
    WaitForApproval,
)
from gateway.core.errors import IllegalAnswer
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.people import ACCESS_COOKIE, REFRESH_COOKIE
from gateway_mos_ru.nodes import Node

_CALL_DIGITS: Final = 4
_PHONE_SECONDS: Final = 5.0


def answer(step: Step, account: SandboxAccount, node: Node, origin: str) -> StepInput:
    """The answer of the person with this account.

    Only a QR code makes the person use the network: the phone opens the link of the code.

    Raises:
        IllegalAnswer: Nobody of this service ever sees such a step.
    """
    match step:
        case Form():
            return {field.name: _field(field, account) for field in step.fields}
        case Choice():
            return _choose(step, account)
        case OneTimeCode():
            code = account.code or ""
            return code[-_CALL_DIGITS:] if step.medium is CodeMedium.CALL else code
        case Redirect():
            return _walk(step, account, node, origin)
        case Confirm():
            return True
        case ShowQr():
            approve(step.content, account)
            return ""
        case Question() | WaitForApproval():
            return ""
        case _:
            raise IllegalAnswer(f"nobody sees a step of type {step.type} here")


def phone_visit(link: str, account: SandboxAccount) -> tuple[str, dict[str, str]]:
    """What the phone of an account sends for the link of a QR code: address and form."""
    return link, {"account": account.key, "action": "approve"}


def approve(link: str, account: SandboxAccount) -> None:
    """The phone of an account opens the link of a QR code and approves."""
    url, form = phone_visit(link, account)
    data = urlencode(form).encode()
    with urlopen(url, data, timeout=_PHONE_SECONDS) as page:  # noqa: S310 - a sandbox's own link
        page.read()


def _field(field: FormField, account: SandboxAccount) -> str:
    held = account.config.get(field.name)
    if held is not None:
        return held
    name = field.name.lower()
    for part, value in (
        ("refresh", account.config.get(REFRESH_COOKIE)),
        ("login", account.login),
        ("password", account.password),
        ("token", account.token),
        ("code", account.code),
        ("region", account.region),
    ):
        if part in name:
            return value or ""
    return ""


def _choose(step: Choice, account: SandboxAccount) -> StepInput:
    """The option that names the account or one of its children; else the first one."""
    wanted = {
        *(account.key, account.school, account.region),
        *(item for student in account.students for item in (student.id, student.gateway_id)),
    } - {None}
    chosen = [o for o in step.options if {o.key, o.label, o.note} & wanted] or step.options[:1]
    if step.multiple:
        return tuple(option.key for option in chosen)
    return chosen[0].key


def cookie_values(account: SandboxAccount) -> Mapping[str, str]:
    """The two cookies of a browser that the person signed in with."""
    names = (ACCESS_COOKIE, REFRESH_COOKIE)
    return {name: account.config[name] for name in names if name in account.config}


def _walk(step: Redirect, account: SandboxAccount, node: Node, origin: str) -> StepInput:
    """Where the person's own browser ends up.

    No request is made: codes and cookies of the sandbox's persons are known to every running
    emulator from the start (see `doors`).
    """
    if step.completes_by is CompletedBy.COOKIES:
        held = cookie_values(account)
        wanted = step.cookie_names or tuple(held)
        return {name: value for name, value in held.items() if name in wanted}
    parts = urlsplit(step.url)
    query = parse_qs(parts.query, keep_blank_values=True)
    asked = {name: values[0] for name, values in query.items()}
    state = asked.get("state", "")
    if "redirect_uri" in asked:
        code = doors.authorization_code(
            node,
            account.key,
            client_id=asked.get("client_id", ""),
            challenge=asked.get("code_challenge", ""),
            redirect_uri=asked["redirect_uri"],
        )
        return _final(asked["redirect_uri"], code, state)
    if "redirect_url" in asked:
        return _final(asked["redirect_url"], doors.node_code(node, account.key, state), state)
    raise IllegalAnswer(f"nobody of {origin} is sent to {parts.path}")


def _final(back: str, code: str, state: str) -> str:
    tail = f"&state={quote(state, safe='')}" if state else ""
    return f"{back}{'&' if '?' in back else '?'}code={code}{tail}"
