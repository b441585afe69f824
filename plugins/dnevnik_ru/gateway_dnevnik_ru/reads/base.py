"""What all operations share: identifiers, the student's numbers, and the choice of interface.

The partner interface is the main one: its shapes have been stable for years, and the app's tokens
open it too. The app's interface is asked beside it for what only it tells, and alone where only
its answers are at hand (an offline replay).
"""

from collections.abc import Awaitable, Sequence
from typing import TypeVar, cast

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import NotSupported, Text
from gateway.core.ids import Ids
from gateway_dnevnik_ru.mapping.clock import SchoolClock
from gateway_dnevnik_ru.mapping.context import MapContext
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.signing import DEFAULT_APP_VERSION

Route = tuple[str, object]
"""A template with the wire type of its answer."""

A = TypeVar("A")
B = TypeVar("B")

NEEDS_TOKEN = Text(
    "Вход через браузер (cookies) открывает в этом дневнике не всё. Войдите другим способом.",
    "A browser sign-in (cookies) does not open this part of the diary. Sign in another way.",
)
NEEDS_CLASS = Text(
    "У ученика нет класса в этой школе, поэтому этих данных в дневнике нет.",
    "The student has no class at this school, so the diary does not have this.",
)


class DnevnikBase(Adapter):
    """Base of the parts of the adapter."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(declaration, instance, settings)
        self.ids = Ids(declaration.name, instance.key)
        self.keys = Keys(self.ids)

    def context(self, link: DiaryLink, student: StudentRef) -> MapContext:
        """What mapping needs to know of a student.

        Raises:
            NotSupported: The session has no token.
        """
        self.require_token(link)
        return self.any_context(link, student)

    def any_context(self, link: DiaryLink, student: StudentRef) -> MapContext:
        """The same for what a browser's session opens too."""
        clock = SchoolClock(link.zone_of(student))
        return MapContext(self.keys, clock, self.native(student, "person"), link.note)

    def require_token(self, link: DiaryLink) -> None:
        """Raises NotSupported for a session that holds a browser's cookies only."""
        if is_web(link):
            raise NotSupported("the session has cookies only", text=NEEDS_TOKEN)

    def native(self, student: StudentRef, name: str) -> str:
        """One of the student's own numbers.

        Raises:
            NotSupported: The student has none, such as no class at this school.
        """
        value = native_or_none(student, name)
        if value is None:
            raise NotSupported(f"the student has no {name}", text=NEEDS_CLASS)
        return value

    def version(self, link: DiaryLink) -> str:
        """The version of the app's interface that the session was opened with."""
        return link.session.data.get("mobile_version", DEFAULT_APP_VERSION)


def is_web(link: DiaryLink) -> bool:
    """Whether the session has a browser's cookies and no token."""
    return link.session.data.get("family") == "web"


def native_or_none(student: StudentRef, name: str) -> str | None:
    """One of the student's own numbers, if they have it; a replay makes up what it lacks."""
    try:
        return student.native[name]
    except KeyError:
        return None


def first_offered(link: DiaryLink, routes: Sequence[Route]) -> str:
    """The first route that can be asked; the first of all where none can."""
    for template, shape in routes:
        if link.offers(template, shape):
            return template
    return routes[0][0]


async def both(link: DiaryLink, first: Awaitable[A], second: Awaitable[B]) -> tuple[A, B]:
    """Two calls side by side."""
    calls: list[Awaitable[object]] = [first, second]
    one, other = await link.gather(*calls)
    return cast("A", one), cast("B", other)
