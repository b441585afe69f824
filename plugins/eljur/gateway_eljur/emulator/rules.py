"""What a route asks of a request before its handler sees it (notes 2.1)."""

from enum import Enum, auto
from typing import Final

from gateway.sandbox.web import router as web
from gateway.sandbox.web.router import Handler


class Access(Enum):
    """Who may ask.

    `PAGE` routes answer as the site does; the others are methods of the interface, in its
    envelope: `TOKEN` ones for those who are signed in, `APPLICATION` ones for every application,
    `BARE` ones without envelope and key.
    """

    PAGE = auto()
    BARE = auto()
    APPLICATION = auto()
    TOKEN = auto()


Route = web.Route[Access]
Match = web.Match[Access]
Router = web.Router[Access]

BASES: Final = ("apiv3", "api")
BOTH: Final = ("GET", "POST")


def method(
    router: Router, name: str, handler: Handler, access: Access = Access.TOKEN, *aliases: str
) -> None:
    """Register a method of the interface under both of its prefixes."""
    for base in BASES:
        for word in (name, *aliases):
            router.add(f"{base}/{word}", handler, dress=access, methods=BOTH)


def page(router: Router, path: str, handler: Handler, methods: tuple[str, ...] = ("GET",)) -> None:
    """Register a page of the site."""
    router.add(path, handler, dress=Access.PAGE, methods=methods)
