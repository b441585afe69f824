"""Playing the person: what somebody with an account would answer to a step."""

from collections.abc import Mapping

from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Choice, Confirm, Form, OneTimeCode, Redirect, Step
from gateway.core.errors import IllegalAnswer
from gateway_gosuslugi.emulator.doors import COOKIES


def answer(step: Step, account: SandboxAccount) -> StepInput:
    """The answer of the person with this account.

    Raises:
        IllegalAnswer: Nobody here ever sees such a step.
    """
    match step:
        case Form():
            return {field.name: _typed(field.name, account) for field in step.fields}
        case Choice():
            return step.options[0].key
        case OneTimeCode():
            return account.code or ""
        case Redirect() if step.cookie_names:
            return {name: account.config.get(name, "") for name in step.cookie_names}
        case Confirm():
            return True
        case _:
            raise IllegalAnswer(f"nobody sees a step of type {step.type} here")


def _typed(name: str, account: SandboxAccount) -> str:
    """What the person types into a field; cookies as the browser's tools show them."""
    if name == "cookies":
        return "; ".join(f"{key}={value}" for key, value in cookie_values(account).items())
    return account.config.get(name, "")


def cookie_values(account: SandboxAccount) -> Mapping[str, str]:
    """The cookies of the browser that the person has signed in with."""
    return {name: account.config[name] for name in COOKIES if name in account.config}
