"""Schools, classes and subjects (protocol notes 3, 4.11)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Wire


class School(Wire, frozen=True):
    """A school."""

    id: Annotated[int, Seen(3)]
    name: Annotated[str | None, Seen(3)] = None
    full_name: Annotated[str | None, Seen(3)] = None
    city: Annotated[str | None, Seen(2)] = None
    mark_type: Annotated[str | None, Seen(3)] = None
    education_type: Annotated[str | None, Seen(3)] = None


class Subject(Wire, frozen=True):
    """A subject in lists and inside a lesson."""

    id: Annotated[int, Seen(10)]
    name: Annotated[str | None, Seen(10)] = None
    knowledge_area: Annotated[str | None, Seen(4)] = None


class EduGroup(Wire, frozen=True):
    """A class or a part of one."""

    id: Annotated[int, Seen(10)]
    name: Annotated[str | None, Seen(10)] = None
    full_name: Annotated[str | None, Seen(3)] = None
    parent_ids: Annotated[list[int] | None, Seen(4)] = None
    type: Annotated[str | None, Seen(4)] = None
    parallel: Annotated[int | None, Seen(3)] = None
    status: Annotated[str | None, Seen(3)] = None
    studyyear: Annotated[int | None, Seen(3)] = None
    subjects: Annotated[list[Subject] | None, Seen(2)] = None


class BundleSubject(Wire, frozen=True):
    """A subject beside the lessons that name it."""

    id: Annotated[int, Seen(11)]
    name: Annotated[str | None, Seen(11)] = None
