"""What all operations share: identifiers, the student's own keys and their part of an answer."""

from collections.abc import Awaitable
from typing import TypeVar, cast

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink, Link
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import AccessDenied
from gateway.core.ids import Ids
from gateway.core.local_time import LocalTime
from gateway_eljur.mapping.context import MapContext
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.routes import API
from gateway_eljur.wire.base import Numbered, Several, own

N = TypeVar("N", bound=Numbered)
A = TypeVar("A")
B = TypeVar("B")


class EljurBase(Adapter):
    """Base of the parts of the adapter."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(declaration, instance, settings)
        self.ids = Ids(declaration.name, instance.key)
        self.keys = Keys(self.ids)

    def context(self, link: DiaryLink, student: StudentRef) -> MapContext:
        """What mapping needs to know of a student."""
        return MapContext(
            self.keys,
            LocalTime(link.zone_of(student)),
            student.native["student"],
            link.note,
            student.native.get("balls"),
            self.bases(link),
        )

    def bases(self, link: DiaryLink) -> tuple[tuple[str, str], ...]:
        """Host roles with their base URLs, the operator's first.

        The site comes before the interface, whose requests carry the account's token.
        """
        told = (*link.session.base_urls.items(), *self.instance.hosts.items())
        return tuple(sorted(told, key=lambda item: item[0] == API))


def own_part(students: Several[N], student: StudentRef) -> N:
    """The student's part of an answer.

    A student whom the account may not see is simply left out of an answer, which must not be read
    as "nothing there" (notes 5). Where the whole answer is empty, nobody is left out of anything:
    callers look at that before.

    Raises:
        AccessDenied: The answer tells nothing of the student.
    """
    found = own(students, student.native["student"])
    if found is None:
        raise AccessDenied("the answer tells nothing of the student")
    return found


async def both(link: Link, first: Awaitable[A], second: Awaitable[B]) -> tuple[A, B]:
    """Two calls side by side."""
    calls: list[Awaitable[object]] = [first, second]
    one, other = await link.gather(*calls)
    return cast("A", one), cast("B", other)
