"""What a provider implements for one way of signing in."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.contract.steps import Step, StepAction
from gateway.core.errors import FlowError, IllegalAnswer

StepInput = Mapping[str, str | SecretStr] | Sequence[str] | str | SecretStr | bool
"""An answer to a step: fields, keys, text or a decision, as the step's class says."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The end of a flow: the accounts that were opened, often one."""

    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The good end of a flow that opens no account, such as recovery of access."""


Next = Step | SignedIn | Finished


class LoginFlow(ABC):
    """One login method of one provider.

    A flow object holds no state: what it must remember lies in `link.state` (JSON-able text) and
    `link.secrets`, which the login machine keeps encrypted between steps, perhaps in another
    process. An error that the person can mend is raised as it is; the machine shows the same
    step again where `link.retry_step` allows, and ends the flow otherwise.
    """

    @abstractmethod
    async def start(self, link: LoginLink) -> Next:
        """The first step."""

    @abstractmethod
    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows the answer to `step`.

        Raises:
            LoginError: The answer does not do, or the sign-in cannot end well.
        """

    async def poll(self, link: LoginLink, step: Step) -> Next:
        """What follows without an answer: `step` again, or the next one."""
        raise FlowError(f"nothing to wait for at {step.type}")

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """What follows `resend` or `switch`."""
        raise FlowError(f"{action} is not possible at {step.type}")


def fields_of(answer: StepInput) -> dict[str, str]:
    """The fields of a form's answer in clear.

    Raises:
        IllegalAnswer: It is no mapping.
    """
    if not isinstance(answer, Mapping):
        raise IllegalAnswer("a form is answered by its fields")
    return {key: text_of(value) for key, value in answer.items()}


def text_of(answer: object) -> str:
    """A textual answer in clear.

    Raises:
        IllegalAnswer: It is no text.
    """
    if isinstance(answer, SecretStr):
        return answer.get_secret_value()
    if isinstance(answer, str):
        return answer
    raise IllegalAnswer("this step is answered by text")


def keys_of(answer: StepInput) -> tuple[str, ...]:
    """The keys chosen at a `Choice`.

    Raises:
        IllegalAnswer: They are no texts.
    """
    if isinstance(answer, str):
        return (answer,)
    if isinstance(answer, Sequence):
        return tuple(text_of(item) for item in answer)
    raise IllegalAnswer("a choice is answered by one or several keys")


def decision_of(answer: StepInput) -> bool:
    """The decision at a `Confirm`.

    Raises:
        IllegalAnswer: It is neither true nor false.
    """
    if isinstance(answer, bool):
        return answer
    raise IllegalAnswer("a confirmation is answered by true or false")
