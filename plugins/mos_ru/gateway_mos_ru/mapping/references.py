"""Pointers to things together with their names.

They are models already, unlike everything else that mapping makes: a week names a dozen subjects
and teachers a hundred times, and one shared frozen pointer each saves validation and memory.
"""

from functools import lru_cache

from gateway.core.model.base import Reference
from gateway.core.text.printed import plain


def named(name: str | None) -> Reference | None:
    """A pointer that is a name only; None without one."""
    text = plain(name)
    return Reference(id=None, name=text) if text else None


def subject_of(prefix: str, number: int | None, name: str | None) -> Reference | None:
    """A pointer to a subject; a number of 0 is none, and without a name it stands for one.

    Args:
        prefix: `keys.subject`.
        number: The service's number.
        name: Its name.
    """
    return _subject(prefix, number or None, name)


@lru_cache(maxsize=4096)
def _subject(prefix: str, number: int | None, name: str | None) -> Reference | None:
    if number is None:
        return named(name)
    return Reference(id=f"{prefix}{number}", name=plain(name) or f"№ {number}")
