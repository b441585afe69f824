"""Homework, its files, and handing it in."""

from datetime import date

from gateway.core.contract.adapter import AttachmentSource
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import StudentRef
from gateway.core.errors import BadResponse, InvalidRequest, NotFound, NotSupported, Text
from gateway.core.model.answer import DateRange
from gateway.core.text.printed import printed
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.mapping.bundle import Bundle
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.files import file_records
from gateway_dnevnik_ru.mapping.homework import homework_record, with_own_ticks
from gateway_dnevnik_ru.mapping.lessons import AppLessons
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import People, Subjects
from gateway_dnevnik_ru.reads.base import both, first_offered
from gateway_dnevnik_ru.reads.timetable import DIARIES, TimetableReads, parts_of
from gateway_dnevnik_ru.routes import (
    API,
    APP_LESSON_FILE,
    FILE,
    HOMEWORKS,
    SCHEDULES,
    WEB,
    WORK,
    fill,
    whole_days,
)
from gateway_dnevnik_ru.wire.works import Homeworks, Work
from gateway_dnevnik_ru.wire.writes import Upload

HOMEWORK_TELLS = ("Homework.is_done", "Homework.is_submission_required")
_LESSON_WIDE = "lesson"
_NEEDS_COOKIES = Text(
    "Файлы этого дневника открываются только после входа через сайт (в браузере).",
    "Files of this diary open only after a sign-in through its site (in a browser).",
)


class HomeworkReads(TimetableReads):
    """Homework."""

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days; the app's diary adds the student's ticks."""
        context = self.context(link, student)
        route = first_offered(link, ((HOMEWORKS, Homeworks), *DIARIES))
        if route == SCHEDULES:
            schedule = await self.schedule(link, student, start, end)
            records = Bundle(context, schedule).homework(None)
        elif route != HOMEWORKS:
            days = await self._app_days(link, student, context, start, end)
            records = parts_of(days, "homework")
        else:
            told, ticks = await both(
                link,
                self._homeworks(link, student, start, end),
                self.app_lessons(link, student, start, end, HOMEWORK_TELLS),
            )
            records = _records(context, told, ticks)
        first, last = start.isoformat(), end.isoformat()
        due = [item for item in records if first <= str(item.get("due_on", first)) <= last]
        due.sort(key=lambda item: (str(item.get("due_on", "")), str(item["id"])))
        return Reading(due, covered=DateRange(start, end))

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """The file's page at the site, which goes by the browser's cookies.

        Raises:
            NotSupported: The session has no cookies of the site.
        """
        number = self.ids.key("file", attachment_id)
        if not any(cookie.name.endswith("DnevnikAuth_a") for cookie in link.session.jar):
            raise NotSupported("the session has no cookies of the site", text=_NEEDS_COOKIES)
        return AttachmentSource(WEB, fill(FILE, file=number))

    async def submit_homework(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        homework_id: str,
        file_name: str,
        media_type: str,
        content: bytes,
        text: str | None = None,
    ) -> Written:
        """Hands in a file for the lesson at which the homework is due.

        Raises:
            InvalidRequest: A text was given: the service takes files only.
        """
        context = self.context(link, student)
        if text:
            raise InvalidRequest("this diary takes files without a text")
        path = fill(
            APP_LESSON_FILE,
            version=self.version(link),
            person=context.person,
            group=self.native(student, "group"),
            lesson=await self._lesson_of(link, homework_id),
        )
        answer = await link.request(
            API,
            "POST",
            path,
            kind=RequestKind.WRITE,
            body=Body.of_multipart((file_name, file_name, media_type, content)),
            template=APP_LESSON_FILE,
        )
        if printed(decode(answer, Upload, link.note).task_id) is None:
            raise BadResponse("the service did not say that it took the file")
        return Written(target=homework_id)

    async def _lesson_of(self, link: DiaryLink, homework_id: str) -> str:
        """Number of the lesson at which homework is due.

        Raises:
            NotFound: It is due at none.
        """
        keys = self.ids.keys("homework", homework_id)
        if keys[0] == _LESSON_WIDE:
            return keys[-1]
        path = fill(WORK, work=keys[0])
        work = await link.read(Work, API, path, template=WORK)
        if work.lesson is None:
            raise NotFound("the homework belongs to no lesson")
        return str(work.lesson)

    async def _homeworks(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> Homeworks:
        path = fill(
            HOMEWORKS, person=self.native(student, "person"), school=self.native(student, "school")
        )
        return await link.read(
            Homeworks, API, path, params=whole_days(start, end), template=HOMEWORKS
        )


def _records(context: MapContext, told: Homeworks, ticks: AppLessons | None) -> list[Record]:
    subjects = Subjects(context, told.subjects)
    people = People(context, told.teachers or ())
    files = file_records(context, told.files or ())
    lessons: dict[int, PlacedLesson] = {}
    for item in told.lessons or ():
        day = context.clock.day(item.date)
        if day is not None:
            lessons[item.id] = PlacedLesson(day, subject=subjects.get(item.subject_id))
    records: list[Record] = []
    for work in told.works or ():
        lesson = lessons.get(work.lesson) if work.lesson is not None else None
        due_on = context.clock.day(work.target_date) or (lesson.day if lesson else None)
        records.append(
            homework_record(
                context,
                work,
                due_on=due_on,
                lesson=lesson,
                subjects=subjects,
                people=people,
                files=files,
                told=ticks.get(work.lesson) if ticks and work.lesson is not None else None,
            )
        )
    return with_own_ticks(records)
