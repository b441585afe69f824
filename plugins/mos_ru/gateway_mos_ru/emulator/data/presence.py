"""Why a pupil is away, as numbers (protocol notes 4.6)."""

from datetime import date
from typing import Final

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.service import Service
from gateway_mos_ru.emulator.slots import Slot

REASONS: Final = (
    (1, "Семейные обстоятельства", True),
    (2, "Без уважительной причины", False),
    (3, "Причина не указана", False),
    (4, "Олимпиада, конкурс", True),
    (5, "Соревнования", True),
    (6, "Болезнь", True),
    (7, "Посещение врача", True),
    (8, "Санаторное лечение", True),
    (9, "Карантин", False),
    (10, "Отъезд", True),
    (11, "Дистанционное обучение", False),
    (12, "Другая причина", True),
)
"""Number, name, and whether parents may give it."""

NUMBERS: Final = {
    m.AbsenceReason.ILLNESS: 6,
    m.AbsenceReason.EXCUSED: 1,
    m.AbsenceReason.UNEXCUSED: 2,
    m.AbsenceReason.UNKNOWN: 3,
}
_WORLD: Final = {6: m.AbsenceReason.ILLNESS, 7: m.AbsenceReason.ILLNESS, 8: m.AbsenceReason.ILLNESS}


def reason_of(number: int) -> m.AbsenceReason | None:
    """What a parent's number means; None for one that parents may not give."""
    allowed = {known for known, _, parents in REASONS if parents}
    return _WORLD.get(number, m.AbsenceReason.EXCUSED) if number in allowed else None


def absence_reason(service: Service, student: m.Student, slot: Slot) -> int | None:
    """The reason that the register holds for a missed lesson."""
    absence = service.book.absence_at(student, slot)
    return None if absence is None else NUMBERS[absence.reason or m.AbsenceReason.UNKNOWN]


def notice_for(service: Service, student: m.Student, slot: Slot) -> m.AbsenceNotice | None:
    """A parent's living notice that covers a lesson."""
    for notice in notices_on(service, student, slot.date):
        if notice.lesson_numbers is None or slot.number in notice.lesson_numbers:
            return notice
    return None


def notices_on(service: Service, student: m.Student, day: date) -> list[m.AbsenceNotice]:
    """A parent's living notices of a day, newest first."""
    found = [
        notice
        for notice in service.state.notices_of(student.key, end=day)
        if notice.ends_on >= day and notice.state is m.NoticeState.ACTIVE
    ]
    return sorted(found, key=lambda notice: notice.created_at, reverse=True)


def announced_reason(service: Service, student: m.Student, slot: Slot) -> int | None:
    """The reason that a parent gave in advance."""
    notice = notice_for(service, student, slot)
    return None if notice is None else NUMBERS[notice.reason]
