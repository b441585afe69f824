"""What all operations share: identifiers and the student's own numbers."""

from collections.abc import Awaitable
from datetime import date
from typing import TypeVar, cast

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import NotSupported, Text
from gateway.core.ids import Ids
from gateway_mos_ru.mapping.clock import SchoolClock
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.keys import Keys
from gateway_mos_ru.nodes import BY_PROVIDER

A = TypeVar("A")
B = TypeVar("B")

NOT_TOLD = Text(
    "Дневник не сообщил об ученике нужных сведений, поэтому этих данных не получить.",
    "The diary did not tell what is needed about the student, so these data cannot be had.",
)


class MosBase(Adapter):
    """Base of the parts of the adapter."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(declaration, instance, settings)
        self.node = BY_PROVIDER[declaration.name]
        self.ids = Ids(declaration.name, instance.key)
        self.keys = Keys(self.ids)

    def context(self, link: DiaryLink, student: StudentRef) -> MapContext:
        """What mapping needs to know of a student."""
        clock = SchoolClock(link.zone_of(student))
        return MapContext(
            self.keys,
            clock,
            self.native(student, "person"),
            link.note,
            school=native_or_none(student, "school"),
            bases=(*link.session.base_urls.items(), *self.instance.hosts.items()),
        )

    def native(self, student: StudentRef, name: str) -> str:
        """One of the student's own numbers.

        They are `student` (profile), `person` (UUID), and where the profile told them `school`,
        `class_unit`, `contract` and `curriculum`.

        Raises:
            NotSupported: The profile did not tell it.
        """
        value = native_or_none(student, name)
        if value is None:
            raise NotSupported(f"the profile told no {name}", text=NOT_TOLD)
        return value


def native_or_none(student: StudentRef, name: str) -> str | None:
    """One of the student's own numbers, if they have it; a replay makes up what it lacks."""
    try:
        return student.native[name]
    except KeyError:
        return None


async def both(link: DiaryLink, first: Awaitable[A], second: Awaitable[B]) -> tuple[A, B]:
    """Two calls side by side."""
    calls: list[Awaitable[object]] = [first, second]
    one, other = await link.gather(*calls)
    return cast("A", one), cast("B", other)


def within(records: list[Record], start: date, end: date) -> list[Record]:
    """The records of a range, both days included."""
    first, last = start.isoformat(), end.isoformat()
    return [record for record in records if first <= str(record["date"]) <= last]
