"""Exit codes of the `diary` command: who has to act."""

from enum import IntEnum

from gateway.core.errors import Actor, GatewayError


class ExitCode(IntEnum):
    """What the command ended with.

    Attributes:
        OK: Everything was done.
        INTERNAL: A defect of the gateway itself.
        USAGE: The command line is not valid.
        PERSON: The person has to do something, such as signing in.
        SCHOOL: The school has to do something, such as linking a child.
        OPERATOR: Whoever runs the gateway has to do something.
        PROVIDER: The provider is not answering as it should.
        PARTIAL: Done in part; the output says what is lacking.
        INTERRUPTED: Stopped by the person.
    """

    OK = 0
    INTERNAL = 1
    USAGE = 2
    PERSON = 3
    SCHOOL = 4
    OPERATOR = 5
    PROVIDER = 6
    PARTIAL = 7
    INTERRUPTED = 130


_BY_ACTOR = {
    Actor.PERSON: ExitCode.PERSON,
    Actor.SCHOOL: ExitCode.SCHOOL,
    Actor.OPERATOR: ExitCode.OPERATOR,
    Actor.PROVIDER: ExitCode.PROVIDER,
    Actor.US: ExitCode.INTERNAL,
}


def exit_code(error: GatewayError) -> ExitCode:
    """The exit code of an error."""
    return _BY_ACTOR[error.actor]
