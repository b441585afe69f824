"""The app's diary beside the partner interface: which weeks are asked, and how."""

from datetime import date, timedelta
from typing import TypeVar

from gateway.core.contract.link import DiaryLink, Params
from gateway.core.contract.session import StudentRef
from gateway_dnevnik_ru.mapping.app_diary import lessons_by_number
from gateway_dnevnik_ru.mapping.lessons import AppLessons
from gateway_dnevnik_ru.reads.base import DnevnikBase
from gateway_dnevnik_ru.routes import (
    API,
    APP_DIARY,
    APP_DIARY_10,
    SCHEDULES,
    fill,
    whole_days,
)
from gateway_dnevnik_ru.signing import DEFAULT_APP_VERSION, major
from gateway_dnevnik_ru.wire.mobile_diary import MobileDiary
from gateway_dnevnik_ru.wire.schedule import Schedule, Timetable

W = TypeVar("W")

MOST_APP_WEEKS = 2
"""Weeks for which the app's diary is asked beside another answer: each costs a request."""

_WEEK = timedelta(days=7)
_WITHOUT_SCHOOL = 10
_DIARY_VERSION = "v8.6"  # the only one of version 8 whose diary was seen


class DiaryAccess(DnevnikBase):
    """Asks for the diary bundle and the app's diary."""

    async def schedule(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> Schedule:
        """The diary bundle between two days."""
        return await self._bundle(Schedule, link, student, start, end)

    async def timetable(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> Timetable:
        """The same, read for its timetable only."""
        return await self._bundle(Timetable, link, student, start, end)

    async def _bundle(
        self, shape: type[W], link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> W:
        path = fill(
            SCHEDULES, person=self.native(student, "person"), group=self.native(student, "group")
        )
        return await link.read(shape, API, path, params=whole_days(start, end), template=SCHEDULES)

    async def app_diary(self, link: DiaryLink, student: StudentRef, monday: date) -> MobileDiary:
        """A week of the app's diary."""
        template, path = self._app_route(link, student)
        return await link.read(
            MobileDiary, API, path, params=_week_after(monday - _WEEK), template=template
        )

    async def app_lessons(
        self, link: DiaryLink, student: StudentRef, start: date, end: date, tells: tuple[str, ...]
    ) -> AppLessons | None:
        """Lessons of the app's diary between two days, for what only it tells.

        None where it cannot be had, or where the range touches too many weeks: what it would tell
        is then not loaded.
        """
        monday = start - timedelta(days=start.weekday())
        weeks = [monday + _WEEK * index for index in range((end - monday).days // 7 + 1)]
        if len(weeks) > MOST_APP_WEEKS:
            return None
        template, path = self._app_route(link, student)
        calls = (
            link.enrich(
                MobileDiary,
                API,
                path,
                tells=tells,
                params=_week_after(week - _WEEK),
                template=template,
            )
            for week in weeks
        )
        return lessons_by_number(*await link.gather(*calls))

    def _app_route(self, link: DiaryLink, student: StudentRef) -> tuple[str, str]:
        version = self.version(link)
        without_school = major(version) >= _WITHOUT_SCHOOL
        if not without_school and not link.offers(APP_DIARY, MobileDiary):
            without_school = True  # offline, the captured payloads decide
        template = APP_DIARY_10 if without_school else APP_DIARY
        keys = {name: self.native(student, name) for name in ("person", "school", "group")}
        if version == DEFAULT_APP_VERSION:
            version = _DIARY_VERSION
        return template, fill(template, version=version, **keys)


def _week_after(monday: date) -> Params:
    """Two clients say that `Future` leads from a week to the one after it."""
    return {"id": monday.isoformat(), "loadType": "Future"}
