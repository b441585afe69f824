"""State sign-ins on their way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class SignIn(Generic[T]):
    """A sign-in on its way.

    Attributes:
        id: Its number, which pages carry along.
        purpose: What the service that sent the person keeps with it.
        identity_key: Who has given the right password, if anybody yet.
        code_given: Whether a second factor was given.
    """

    id: str
    purpose: T
    identity_key: str | None = None
    code_given: bool = False


class SignIns(Generic[T]):
    """The sign-ins of one running emulator; `draw` gives their numbers."""

    def __init__(self, draw: Callable[[], str]) -> None:
        self._draw = draw
        self._open: dict[str, SignIn[T]] = {}

    def begin(self, purpose: T) -> SignIn[T]:
        """A new one."""
        sign_in = SignIn(self._draw(), purpose)
        self._open[sign_in.id] = sign_in
        return sign_in

    def find(self, number: str) -> SignIn[T] | None:
        """One that has not ended."""
        return self._open.get(number)

    def end(self, sign_in: SignIn[T]) -> None:
        """It is over, well or not."""
        self._open.pop(sign_in.id, None)
