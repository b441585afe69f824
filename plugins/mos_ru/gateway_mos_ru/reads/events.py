"""Access to eventcalendar, the main timetable, and to the timetables of single days."""

from collections.abc import Sequence
from datetime import date

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway_mos_ru.mapping.notices import reason_names
from gateway_mos_ru.reads.base import MosBase
from gateway_mos_ru.routes import ABSENCE_REASONS, API, EVENTS, SCHEDULE
from gateway_mos_ru.wire.attendance import AbsenceReason
from gateway_mos_ru.wire.events import Events
from gateway_mos_ru.wire.schedule import DaySchedule

_EXPANDED = "marks,homework,absence_reason_id,health_status,nonattendance_reason_id"


class EventAccess(MosBase):
    """Asks for events and for days."""

    async def events(
        self,
        link: DiaryLink,
        student: StudentRef,
        start: date,
        end: date,
        sources: Sequence[str],
        *,
        expanded: bool = False,
    ) -> Events:
        """Events of these sources between two days; with marks and homework if `expanded`."""
        return await link.read(
            Events,
            API,
            EVENTS,
            params={
                "person_ids": self.native(student, "person"),
                "begin_date": start.isoformat(),
                "end_date": end.isoformat(),
                "expand": _EXPANDED if expanded else None,
                "source_types": ",".join(sources),
            },
            template=EVENTS,
        )

    async def day_schedules(
        self, link: DiaryLink, student: StudentRef, days: Sequence[date], tells: Sequence[str]
    ) -> tuple[DaySchedule | None, ...]:
        """The timetables of single days; None for each that cannot be had."""
        number = self.native(student, "student")
        calls = (
            link.enrich(
                DaySchedule,
                API,
                SCHEDULE,
                tells=tells,
                params={"student_id": number, "date": day.isoformat()},
                template=SCHEDULE,
            )
            for day in days
        )
        return await link.gather(*calls)

    async def absence_reasons(self, link: DiaryLink, field: str) -> dict[int, str]:
        """Names of reasons of absence by number; none where they cannot be had.

        Args:
            link: The way to the service.
            field: What they tell.
        """
        told = await link.enrich(
            list[AbsenceReason], API, ABSENCE_REASONS, tells=(field,), template=ABSENCE_REASONS
        )
        return reason_names(told or ())

    def today(self, link: DiaryLink, student: StudentRef) -> date:
        """Today at the student's school."""
        return link.today(link.zone_of(student).key)
