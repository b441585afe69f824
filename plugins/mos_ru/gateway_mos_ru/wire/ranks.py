"""Places in the class (protocol notes 4.7); classmates have no names here."""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_mos_ru.wire.base import CamelWire, Printed


class Rank(CamelWire, frozen=True):
    """A place; `rank_status` says where it is going, the average is weighted and of the year."""

    average_mark_five: Annotated[Printed | None, Seen(6)] = None
    rank_place: Annotated[int | None, Seen(6)] = None
    rank_status: Annotated[str | None, Seen(3)] = None
    trend: Annotated[str | None, Seen(4)] = None


class ClassPlace(CamelWire, frozen=True):
    """One pupil of the class."""

    person_id: Annotated[str | None, Seen(6)] = None
    rank: Annotated[Rank | None, Seen(6)] = None
    previous_rank: Annotated[Rank | None, Seen(3)] = None


class SubjectPlace(CamelWire, frozen=True):
    """The pupil's place in one subject."""

    subject_id: Annotated[int | None, Seen(6)] = None
    subject_name: Annotated[str | None, Seen(6)] = None
    rank: Annotated[Rank | None, Documented()] = None
