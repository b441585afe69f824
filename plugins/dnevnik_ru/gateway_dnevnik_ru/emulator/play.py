"""Playing the person: what somebody with an account would answer to a step, without a network."""

from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlsplit

from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import (
    Captcha,
    Choice,
    CompletedBy,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Question,
    Redirect,
    Step,
)
from gateway.core.errors import IllegalAnswer
from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import doors
from gateway_dnevnik_ru.emulator.families import Family
from gateway_dnevnik_ru.emulator.ids import user_number
from gateway_dnevnik_ru.emulator.login.credentials import guid
from gateway_dnevnik_ru.emulator.png import read_digits
from gateway_dnevnik_ru.emulator.regions import BY_SLUG, DOORS, region_id

_EMAIL, _PHONE = "person@example.org", "+79000000099"


def answer(step: Step, account: SandboxAccount, family: Family, origin: str) -> StepInput:
    """The answer of the person with this account.

    Raises:
        IllegalAnswer: Nobody of this service ever sees such a step.
    """
    match step:
        case Form():
            return {field.name: _field(field, account, family) for field in step.fields}
        case Choice():
            return _choose(step, account)
        case OneTimeCode():
            return account.code or ""
        case Captcha():
            return read_digits(step.image)
        case Redirect():
            return _walk(step, account, family, origin)
        case Confirm():
            # Consents are given; linking with Gosuslugi, which the gateway cannot do, is put off.
            return account.state != m.AccountState.LINKING_OFFER
        case Question():
            return ""
        case _:
            raise IllegalAnswer(f"nobody sees a step of type {step.type} here")


def _field(field: FormField, account: SandboxAccount, family: Family) -> str:
    name = field.name.lower().replace("_", "")
    held = {**account.config, **cookie_values(account, family)}
    known = {key.lower().replace("_", ""): value for key, value in held.items()}
    if name in known:
        return known[name]
    if "new" in name or "repeat" in name:
        return doors.NEW_PASSWORD
    for part, value in (
        ("login", account.login),
        ("username", account.login),
        ("password", account.password),
        ("token", account.token),
        ("code", account.code),
        ("email", _EMAIL),
        ("phone", _PHONE),
        ("region", account.region),
    ):
        if part in name:
            return value or ""
    return ""


def _choose(step: Choice, account: SandboxAccount) -> StepInput:
    """The option that names the account's region, account or child; else the first one."""
    door = DOORS.get(account.region or "")
    wanted = {
        *(account.region, account.config.get("esia_region_id"), account.school, account.key),
        str(user_number(account.key)),
        *((door.slug, door.name) if door else ()),
        *(student.id for student in account.students),
    } - {None}
    chosen = [o for o in step.options if {o.key, o.label, o.note} & wanted] or step.options[:1]
    if step.multiple:
        return tuple(option.key for option in chosen)
    return chosen[0].key


def cookie_values(account: SandboxAccount, family: Family) -> Mapping[str, str]:
    """The two cookies of a browser that the person signed in with."""
    auth_a, auth_l = doors.cookies(account.provider, account.key)
    return {f"{family.cookie_prefix}_a": auth_a, f"{family.cookie_prefix}_l": auth_l}


def _walk(step: Redirect, account: SandboxAccount, family: Family, origin: str) -> StepInput:
    """Where the person's own browser ends up.

    No request is made: tokens, codes, cookies and state sign-ins of the sandbox's persons are
    known to every running emulator from the start (see `doors`).
    """
    if step.completes_by is CompletedBy.COOKIES:
        return cookie_values(account, family)
    parts = urlsplit(step.url)
    base = f"{parts.scheme}://{parts.netloc}" if parts.netloc else origin
    if "/login/esia" in parts.path.lower():
        door = BY_SLUG.get(parts.path.rstrip("/").rpartition("/")[2].lower())
        region = account.config.get("esia_region_id", "") if door is None else region_id(door.code)
        task = doors.esia_task(account.provider, account.key)
        return f"{base}/esia/auth?taskId={task}&regionId={region}"
    asked = parse_qs(parts.query, keep_blank_values=True)
    inner = asked.get("ReturnUrl") or asked.get("returnUrl")
    if inner:
        asked = parse_qs(urlsplit(inner[0]).query, keep_blank_values=True)
    return _final_address(base, {name: values[0] for name, values in asked.items()}, account)


def _final_address(base: str, asked: Mapping[str, str], account: SandboxAccount) -> str:
    """The address that the OAuth of the site ends at."""
    back, state = asked.get("redirect_uri"), quote(asked.get("state", ""))
    client = guid(asked.get("client_id", "")) or ""
    result = (
        f"{base}/oauth2/Authorization/Result?response_type={asked.get('response_type', 'token')}"
        f"&client_id={client}&scope={asked.get('scope', '')}&is_granted=False&result=success"
    )
    target = back or result
    if asked.get("response_type") == "code":
        code = doors.code(account.provider, account.key)
        tail = f"&state={state}" if state else ""
        return f"{target}{'&' if '?' in target else '?'}code={code}{tail}"
    return f"{target}#access_token={account.token or ''}&state={state}"
