"""What the server has seen, asked over a connection of its own."""

import json
from typing import NamedTuple
from urllib.request import urlopen


class Served(NamedTuple):
    """Totals since the server began; each question adds a connection."""

    connections: int
    requests: int


def served(origin: str) -> Served:
    """The totals now."""
    with urlopen(f"{origin}/stats", timeout=10) as answer:
        told = json.load(answer)
    return Served(told["connections"], told["requests"])
