"""What a route asks of a request before its handler sees it (protocol notes 2.1)."""

from dataclasses import dataclass, replace
from typing import Final

from gateway.sandbox.web import router as web
from gateway.sandbox.web.router import Handler
from gateway_mos_ru.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The checks of one route.

    Attributes:
        token: A living token is needed.
        activated: Its session must have been shown to `profile_info`.
        family: Only the family's roles are let in.
        subsystem: X-Mes-Subsystem is needed.
        role: X-Mes-Role is needed.
        profile: Profile-Id must be the signed-in profile's, where it is sent.
        parent: Only parents are let in.
        moscow: Regional nodes lack the route.
    """

    token: bool = True
    activated: bool = True
    family: bool = True
    subsystem: bool = True
    role: bool = False
    profile: bool = False
    parent: bool = False
    moscow: bool = False


FAMILY: Final = Rules()
"""The site's interface and most services."""
MOBILE: Final = Rules(profile=True)
"""The application's interface."""
EVENTS: Final = Rules(profile=True, role=True)
"""The timetable."""
MOSCOW: Final = replace(FAMILY, moscow=True)
"""Services that only Moscow has."""
LEGACY: Final = Rules(subsystem=False)
"""Old interfaces and the site's own pages."""
OPEN: Final = Rules(token=False, activated=False, family=False, subsystem=False)
"""Sign-in, pictures and files."""

Route = web.Route[Rules]
Match = web.Match[Rules]
Router = web.Router[Rules]

FAMILY_BASES: Final = (("api/family/web/v1", FAMILY), ("api/family/mobile/v1", MOBILE))


def both(
    router: Router,
    path: str,
    handler: Handler,
    *,
    methods: tuple[str, ...] = ("GET",),
    cached: bool = False,
    parent: bool = False,
) -> None:
    """Register a path of both families' interfaces, the site's and the application's."""
    for base, rules in FAMILY_BASES:
        checks = replace(rules, parent=parent)
        router.add(f"{base}/{path}", handler, dress=checks, methods=methods, cached=cached)


def missing_on(node: Node, rules: Rules) -> bool:
    """Whether an installation lacks a route."""
    return rules.moscow and not node.is_moscow
