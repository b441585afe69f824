"""What the platform tells a family, by the part of school life."""

from gateway_mos_ru.emulator.data import (
    attendance,
    calendar,
    cards,
    events,
    feed,
    finals,
    homework,
    lesson,
    marks,
    meals,
    old_meals,
    old_people,
    old_work,
    people,
    portfolio,
    rank,
    schedule,
    site,
    subject_marks,
    visits,
)
from gateway_mos_ru.emulator.rules import Router


def register(router: Router) -> None:
    """Every route of the data services."""
    for part in (
        *(people, cards, calendar, events, schedule, lesson, homework),
        *(marks, subject_marks, finals, attendance, rank, feed),
        *(meals, visits, portfolio, site, old_meals, old_people, old_work),
    ):
        part.register(router)
