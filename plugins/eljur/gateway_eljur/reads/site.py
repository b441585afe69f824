"""What only the pages of the school's site tell, for accounts that are signed in to it."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import quote_plus

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import (
    AccessDenied,
    BadResponse,
    NotFound,
    NotSupported,
    ProviderUnavailable,
    RateLimited,
    Refused,
    ShapeChanged,
)
from gateway.core.model.answer import DateRange
from gateway.core.model.people import Role
from gateway_eljur.capabilities import NEEDS_SITE
from gateway_eljur.mapping.absence_page import AbsenceReport, absence_report
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.periods import ToldPeriod, school_year_of
from gateway_eljur.mapping.plans import control_work_records, course_task_records
from gateway_eljur.reads.base import EljurBase
from gateway_eljur.routes import ABSENCES, CONTROL_WORKS, COURSE_TASKS, WEB
from gateway_eljur.signing import SITE
from gateway_eljur.wire.base import several
from gateway_eljur.wire.plans import ControlWorks, CourseTasks, TaskList

_OPTIONAL: Final = (
    AccessDenied,
    BadResponse,
    NotFound,
    NotSupported,
    ProviderUnavailable,
    RateLimited,
    Refused,
)
"""What a page that only adds something may fail with, as for `enrich()`, which reads JSON only."""


class SiteReads(EljurBase):
    """The plan of works, and the report of missed lessons."""

    async def list_events(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Planned control works; tasks of courses too, where the operator allows them.

        Tasks are told of the account's holder alone: whose child's they are, nothing says.

        Raises:
            NotSupported: The account is not signed in to the site.
        """
        if not has_site(link.session):
            raise NotSupported("the account is not signed in to the site", text=NEEDS_SITE)
        context = self.context(link, student)
        params = {
            "method": "getByStudentId",
            "1": student.native["student"],
            "2": start.isoformat(),
            "3": end.isoformat(),
            "4": "",
        }
        told = await link.read(
            ControlWorks, WEB, CONTROL_WORKS, params=params, template=CONTROL_WORKS
        )
        records = control_work_records(context, several(told.rows))
        if self.settings.allow_unverified and link.session.role is Role.STUDENT:
            records += await self._course_tasks(link, student, start)
        first, last = start.isoformat(), end.isoformat()
        found = [record for record in records if first <= str(record["date"]) <= last]
        found.sort(key=lambda record: str(record["date"]))
        return Reading(found, covered=DateRange(start, end))

    async def missed(
        self,
        link: DiaryLink,
        student: StudentRef,
        period: ToldPeriod | None,
        *,
        tells: Sequence[str],
    ) -> AbsenceReport | None:
        """The report of a period; None where it cannot be had, or has no days of its own.

        For a period that the site does not know it may show another, so years are left out.
        """
        if period is None or period.start is None or not has_site(link.session):
            return None
        if not link.offers(ABSENCES):
            return None
        path = ABSENCES.format(student=student.native["student"], period=quote_plus(period.name))
        try:
            page = await link.request(WEB, "GET", path, template=ABSENCES)
            report = absence_report(page.body.decode("utf-8", "replace"))
            if report is None:
                raise ShapeChanged("the page is no report of missed lessons")
        except _OPTIONAL as error:
            for name in tells:
                link.note(name, error.code)
            return None
        return report

    async def _course_tasks(
        self, link: DiaryLink, student: StudentRef, start: date
    ) -> list[Record]:
        year = school_year_of(start)
        told = await link.enrich(
            CourseTasks,
            WEB,
            COURSE_TASKS,
            tells=("SchoolEvent.ends_at",),
            params={
                "action": "lms.get_tasks",
                "study_year": f"{year}/{year + 1}",
                "status": "assigned",
            },
            template=COURSE_TASKS,
        )
        if told is None or not isinstance(told.result, TaskList):
            return []
        return course_task_records(self.context(link, student), several(told.result.tasks))


def has_site(session: Session) -> bool:
    """Whether an account is signed in to the school's site; a capture may hold its pages."""
    try:
        return bool(session.data[SITE])
    except KeyError:
        return False
