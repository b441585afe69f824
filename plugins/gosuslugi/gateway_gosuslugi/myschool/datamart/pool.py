"""What a call was told, by query, in whatever order it came."""

from collections.abc import Sequence
from typing import Final, TypeVar

from gateway.core.errors import ProviderUnavailable, Text
from gateway.core.wire.decoding import Note, decode_value
from gateway_gosuslugi.myschool.datamart.queries import Query
from gateway_gosuslugi.myschool.wire.datamart import RawRecord

W = TypeVar("W")

_FAILED: Final = Text(
    "Госуслуги сейчас не отдают эту часть дневника. Попробуйте позже.",
    "Gosuslugi do not give this part of the diary just now. Try later.",
)


class Pool:
    """Answers to queries, and what came unasked.

    Attributes:
        queries: What was asked.
        told: Records of each query that was answered.
        failed: Queries that the service failed at.
    """

    def __init__(self, queries: Sequence[Query]) -> None:
        self.queries = tuple(dict.fromkeys(queries))
        self.told: dict[Query, list[RawRecord]] = {}
        self.failed: set[Query] = set()
        self._unasked: dict[Query, list[RawRecord]] = {}

    def left(self) -> list[Query]:
        """What has no answer yet."""
        return [query for query in self.queries if query not in self.told]

    def take_unasked(self, query: Query, records: list[RawRecord]) -> None:
        """Keeps a neighbour: a record may be filed there alone."""
        self._unasked.setdefault(query, records)

    def records(self, obj_type: str, shape: type[W], note: Note, *, needed: bool = True) -> list[W]:
        """The records of one type as `shape`, those of the last interval asked for first.

        A record may come twice, under two intervals: what is made of the first one counts. The
        later interval is the one that is still written to, and neighbours come last.

        Raises:
            ProviderUnavailable: The service failed at all of what is needed.
            ShapeChanged: More than half of an interval does not fit.
        """
        if needed:
            self.check(obj_type)
        own = [query for query in self.queries if query.obj_type == obj_type]
        students = {query.student for query in own}
        found: list[W] = []
        for query in reversed(own):
            found += _decoded(query, self.told.get(query, []), shape, note)
        for query, records in self._unasked.items():
            if query.obj_type == obj_type and query.student in students:
                found += _decoded(query, records, shape, note)
        return found

    def check(self, obj_type: str) -> None:
        """Refuses to take a failure for an empty answer.

        Raises:
            ProviderUnavailable: The service failed at all of it.
        """
        own = [query for query in self.queries if query.obj_type == obj_type]
        if own and all(query in self.failed for query in own):
            raise ProviderUnavailable("the service failed at every interval", text=_FAILED)

    def of(self, query: Query, shape: type[W], note: Note) -> list[W]:
        """The records of one query as `shape`.

        Raises:
            ShapeChanged: More than half of them do not fit.
        """
        return _decoded(query, self.told.get(query, []), shape, note)


def _decoded(query: Query, records: list[RawRecord], shape: type[W], note: Note) -> list[W]:
    if not records:
        return []
    path = f"$.{query.obj_type}[{query.interval}]"
    return decode_value(records, list[shape], note, path=path)  # type: ignore[valid-type]  # a shape in a variable
