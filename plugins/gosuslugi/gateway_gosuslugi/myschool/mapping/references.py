"""Pointers to things together with their names; one shared pointer each saves validation."""

from functools import lru_cache
from typing import Final

from gateway.core.ids import Ids
from gateway.core.model.base import Reference
from gateway_gosuslugi.myschool.mapping.context import MapContext
from gateway_gosuslugi.myschool.mapping.text import plain
from gateway_gosuslugi.myschool.wire.base import Printed

NO_SUBJECT: Final = Reference(id=None, name="—")
"""Stands for a subject that nothing tells."""

_BY_NAME: Final = "name"


def subject_of(context: MapContext, native: Printed | None, name: str | None) -> Reference | None:
    """A pointer to a subject, by its key or else by its name; each stands for the other."""
    key, title = plain(native), plain(name)
    keys = (key,) if key is not None else (_BY_NAME, title) if title is not None else ()
    if not keys:
        return None
    own = (context.keys.student, *(part for part in keys if part))
    return _made(context.keys.ids, "subject", own, title or f"№ {key}")


def subject_keys(context: MapContext, subject: Reference) -> tuple[str, ...]:
    """The keys of a subject behind the pupil's."""
    return context.keys.own("subject", subject.id or "")


def teacher_of(
    context: MapContext, surname: str | None, given: str | None, patronymic: str | None
) -> Reference | None:
    """A pointer to a teacher, whom the diary knows by name only."""
    parts = [part for part in map(plain, (surname, given, patronymic)) if part]
    if not parts:
        return None
    return _made(context.keys.ids, "teacher", (context.keys.student, *parts), " ".join(parts))


@lru_cache(maxsize=4096)
def _made(ids: Ids, kind: str, keys: tuple[str, ...], name: str) -> Reference:
    return Reference(id=ids.of(kind, *keys), name=name)
