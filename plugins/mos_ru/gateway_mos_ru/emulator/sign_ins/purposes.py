"""What a state sign-in or a node's own sign-in is for, and the codes that they end in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.sign_ins.sessions import SignIn
from gateway_mos_ru.nodes import Node


@dataclass(frozen=True, slots=True)
class AppReturn:
    """Where an application waits for the code, and the `state` that it sent."""

    redirect_url: str
    state: str


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """A sign-in to a regional node: for an application, or for the browser itself."""

    app: AppReturn | None


Purpose = NodeEntry | SignIn
"""A node's entry, or a sign-in at mos.ru that goes on through Gosuslugi."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    account_key: str
    entry: NodeEntry


class NodeCodes:
    """Codes of one node: those that its callbacks take, and those that applications exchange.

    Args:
        node: The installation.
        draw: Gives GUIDs.
        holders: Accounts whose persons can end a sign-in in a browser without asking us.
    """

    def __init__(self, node: Node, draw: Callable[[], str], holders: Iterable[str]) -> None:
        self._node = node
        self._draw = draw
        self._holders = tuple(holders)
        self._arrivals: dict[str, _Arrival] = {}
        self._app: dict[tuple[str, str], str] = {}
        self._used: set[tuple[str, str]] = set()

    def arrive(self, account_key: str, entry: NodeEntry) -> str:
        """A code for a callback, used once."""
        code = self._draw()
        self._arrivals[code] = _Arrival(account_key, entry)
        return code

    def arrival(self, code: str) -> tuple[str, NodeEntry] | None:
        """Whose code it is and what for; it dies by that."""
        found = self._arrivals.pop(code, None)
        return None if found is None else (found.account_key, found.entry)

    def for_app(self, account_key: str, state: str) -> str:
        """A code for an application, used once and with its `state` only."""
        code = self._draw()
        self._app[code, state] = account_key
        return code

    def redeem(self, code: str, state: str) -> str | None:
        """The account of an application's code."""
        issued = self._app.pop((code, state), None)
        if issued is not None:
            return issued
        if (code, state) in self._used:
            return None
        for key in self._holders:
            if doors.node_code(self._node, key, state) == code:
                self._used.add((code, state))
                return key
        return None
