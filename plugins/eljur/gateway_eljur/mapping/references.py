"""Pointers to things together with their names.

They are models already, unlike everything else that mapping makes: a week names a dozen subjects
and teachers a hundred times, and one shared frozen pointer each saves validation and memory.
"""

from functools import lru_cache
from typing import Final

from gateway.core.model.base import Reference
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import Key, key_text

NO_SUBJECT: Final = Reference(id=None, name="—")
"""Stands for a subject that nothing tells."""


@lru_cache(maxsize=4096)
def named(name: str | None) -> Reference | None:
    """A pointer that is a name only, as for teachers in the diary; None without one."""
    text = label(name)
    return Reference(id=None, name=text) if text else None


@lru_cache(maxsize=4096, typed=True)
def subject_of(prefix: str, number: Key | None, name: str | None) -> Reference:
    """A pointer to a subject; without a number it is a name only.

    Args:
        prefix: `keys.subject`.
        number: `lesson_id`, which in spite of its name is the subject's.
        name: Its name.
    """
    key = key_text(number)
    if not key.isalnum() or key == "0":
        return named(name) or NO_SUBJECT
    return Reference(id=f"{prefix}{key}", name=label(name) or f"№ {key}")
