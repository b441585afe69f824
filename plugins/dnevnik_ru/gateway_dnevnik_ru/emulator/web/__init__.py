"""The diary's own pages: cookies, embedded state, JSON, and the old pages in use."""

from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.web import (
    files,
    marks,
    old_homework,
    old_marks,
    old_people,
    old_progress,
    posts,
    schedule,
    start,
)


def register(router: Router) -> None:
    """Add the paths of every part."""
    for part in (
        *(start, schedule, marks, posts, files),
        *(old_homework, old_marks, old_people, old_progress),
    ):
        part.register(router)
