"""Whether an answer has the form that its step asks for."""

import re
from collections.abc import Mapping, Sequence

from pydantic import SecretStr

from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Choice, CompletedBy, Confirm, Form, Redirect, Step
from gateway.core.errors import IllegalAnswer


def check_fit(step: Step, answer: StepInput) -> None:
    """Checks the form of an answer, never its truth.

    Raises:
        IllegalAnswer: It does not fit; the message names the field.
    """
    match step:
        case Form():
            _check_form(step, answer)
        case Choice():
            _check_choice(step, answer)
        case Confirm():
            if not isinstance(answer, bool):
                raise IllegalAnswer("a confirmation is answered by true or false")
        case Redirect() if step.completes_by is CompletedBy.COOKIES:
            if not isinstance(answer, Mapping):
                raise IllegalAnswer("this redirect is answered by cookies")
        case _:
            if not isinstance(answer, str | SecretStr):
                raise IllegalAnswer(f"{step.type} is answered by text")


def _check_form(step: Form, answer: StepInput) -> None:
    if not isinstance(answer, Mapping):
        raise IllegalAnswer("a form is answered by its fields")
    known = {field.name for field in step.fields}
    if unknown := sorted(set(answer) - known):
        raise IllegalAnswer(f"the form has no field {unknown[0]!r}")
    for field in step.fields:
        value = answer.get(field.name, "")
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if field.required and not text:
            raise IllegalAnswer(f"the field {field.name!r} is empty")
        if text and field.pattern and not re.fullmatch(field.pattern, text):
            raise IllegalAnswer(f"the field {field.name!r} breaks its rules")


def _check_choice(step: Choice, answer: StepInput) -> None:
    keys: Sequence[object]
    if isinstance(answer, str):
        keys = (answer,)
    elif isinstance(answer, Sequence):
        keys = answer
    else:
        raise IllegalAnswer("a choice is answered by one or several keys")
    known = {option.key for option in step.options}
    if not keys or any(key not in known for key in keys):
        raise IllegalAnswer("the choice has no such key")
    if len(keys) > 1 and not step.multiple:
        raise IllegalAnswer("only one may be chosen")
