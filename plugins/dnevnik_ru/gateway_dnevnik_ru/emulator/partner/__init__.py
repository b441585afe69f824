"""The partner interface v2 (protocol notes 3 and 4), a module per part."""

from gateway_dnevnik_ru.emulator.partner import (
    attendance,
    averages,
    feed,
    files,
    finals,
    groups,
    homework,
    lessons,
    marks,
    people,
    schedule,
    schools,
    tasks,
)
from gateway_dnevnik_ru.emulator.router import Router


def register(router: Router) -> None:
    """Add the paths of every part."""
    for part in (
        *(people, groups, schools, schedule, lessons, homework, tasks, marks),
        *(averages, finals, attendance, feed, files),
    ):
        part.register(router)
