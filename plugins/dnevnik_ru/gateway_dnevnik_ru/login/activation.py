"""First sign-ins and forced changes of a password in the app's interface (protocol notes 2.4).

Pure functions: which form to show, what to send, and where.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from gateway.core.contract.steps import Form, FormField, StepError, Words
from gateway_dnevnik_ru.login import words
from gateway_dnevnik_ru.login.addresses import MOBILE_SCOPE
from gateway_dnevnik_ru.login.wire import ActivationData, MobileSignIn, ValidationRule
from gateway_dnevnik_ru.settings import DnevnikSettings

FIRST_LOGIN: Final = "FirstLogin"
CHANGE_PASSWORD: Final = "ChangePassword"  # noqa: S105 - a reason of the service
REASONS: Final = frozenset({FIRST_LOGIN, CHANGE_PASSWORD})

_LONGEST_PATTERN: Final = 200
# A repeated group that repeats inside, and references back, may take for ever to match.
_COSTLY: Final = re.compile(r"[*+}]\)[*+{]|\\[1-9]|\(\?P=")


def form(answer: MobileSignIn, data: ActivationData, error: StepError | None = None) -> Form:
    """What the person must fill in; a new password only, unless they sign in for the first time.

    Args:
        answer: The service's answer with its rules.
        data: What it knows of the person.
        error: Why the last try did not do.
    """
    rules = answer.validation_rules
    hints = messages(None if rules is None else rules.password_unacceptable_rules)
    passwords = words.new_password_fields(hints)
    if answer.reason == CHANGE_PASSWORD:
        return Form(title=words.CHANGE_PASSWORD, fields=passwords, error=error)
    email = None if rules is None else rules.email_validation_rules
    phone = None if rules is None else rules.phone_validation_rules
    return Form(
        title=words.FIRST_LOGIN,
        fields=(
            _field("email", words.EMAIL, email, required=True),
            _field("phone", words.PHONE, phone, required=bool(data.is_phone_required)),
            *passwords,
        ),
        error=error,
    )


def path(version: str, reason: str | None, person: int | str) -> str:
    """Where the form goes."""
    action = "password" if reason == CHANGE_PASSWORD else "activation"
    return f"/mobile/{version}/persons/{person}/{action}"


def body(
    settings: DnevnikSettings,
    data: ActivationData,
    fields: Mapping[str, str],
    *,
    secret: str | None,
    agree: bool,
) -> dict[str, object]:
    """The whole body of the sign-in with what was filled in.

    Args:
        settings: The application's keys.
        data: What the service knows of the person, with a one-time token.
        fields: The form's answer.
        secret: The application's secret in clear.
        agree: Whether the person agreed to the terms.
    """
    return {
        "agreeTerms": agree,
        "clientId": settings.mobile_client_id,
        "clientSecret": secret,
        "scope": settings.scope or MOBILE_SCOPE,
        "username": data.username or "",
        "password": data.password or "",
        "passwordRepeat": data.password or "",
        "newPassword": fields["new_password"],
        "newPasswordRepeat": fields["repeat"],
        "email": fields.get("email", ""),
        "phone": fields.get("phone", ""),
        "token": data.token or "",
    }


def messages(rules: Iterable[ValidationRule | None] | None) -> str | None:
    """What rules say to the person."""
    return words.joined(rule.message for rule in rules or () if rule is not None)


def pattern(rules: Iterable[ValidationRule | None] | None) -> str | None:
    """One expression for a field: each rule holds by one of its expressions.

    They come from the service, so one that does not compile here, is long or may be costly to
    match is left out; the service checks the field itself anyway.
    """
    alternatives = [
        "|".join(f"(?:{item})" for item in rule.regexs)
        for rule in rules or ()
        if rule is not None and rule.regexs and all(_is_harmless(item) for item in rule.regexs)
    ]
    if not alternatives:
        return None
    joint = "".join(f"(?=.*?(?:{item}))" for item in alternatives) + ".*"
    return joint if _is_valid(joint) else None


def _field(
    name: str, label: Words, rules: list[ValidationRule | None] | None, *, required: bool
) -> FormField:
    hint = messages(rules)
    return FormField(
        name=name,
        label=label,
        required=required,
        pattern=pattern(rules),
        hint=None if hint is None else Words(ru=hint, en=hint),
    )


def _is_harmless(expression: str) -> bool:
    return (
        len(expression) <= _LONGEST_PATTERN
        and _COSTLY.search(expression) is None
        and _is_valid(expression)
    )


def _is_valid(expression: str) -> bool:
    try:
        re.compile(expression)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
