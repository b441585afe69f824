"""The sign-in system's question whether to trust this device (protocol notes 2.2, 2.3)."""

from gateway.core.contract.steps import Confirm
from gateway.core.wire.request import Body
from gateway_mos_ru.login import words


def question() -> Confirm:
    """The question, which only the person may answer with yes."""
    return Confirm(question=words.TRUST)


def answer_of(*, trust: bool) -> Body:
    """The answer; the application calls the field `trust`, the site `action`, at one address."""
    return Body.of_form(
        {"trust": "true", "action": "trust"}
        if trust
        else {"trust": "false", "action": "do_not_trust"}
    )
