"""Children, their school and class, subjects and teachers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway_gosuslugi.myschool.datamart.asking import ask
from gateway_gosuslugi.myschool.datamart.intervals import school_year_of, week_keys, year_key
from gateway_gosuslugi.myschool.datamart.queries import CLASSES, LESSONS, Query, asked
from gateway_gosuslugi.myschool.mapping.classes import group_records, pointer, school_record
from gateway_gosuslugi.myschool.mapping.context import Record
from gateway_gosuslugi.myschool.mapping.lessons import PlacedLesson, placed_lessons
from gateway_gosuslugi.myschool.mapping.people import (
    STUDENT,
    native_of,
    student_record,
    student_ref,
)
from gateway_gosuslugi.myschool.mapping.taught import subject_records, teacher_records
from gateway_gosuslugi.myschool.reads.base import MySchoolBase, declare, native_region
from gateway_gosuslugi.myschool.routes import API, STUDENTS
from gateway_gosuslugi.myschool.wire.classes import SchoolClass
from gateway_gosuslugi.myschool.wire.lessons import Lesson
from gateway_gosuslugi.myschool.wire.people import Student
from gateway_gosuslugi.myschool.zones import region_of

STUDENTS_PARAMS: Final = {"role": "student"}
"""What clients send for parents as well (notes 3)."""

_PLACE_TELLS: Final = ("Student.school", "Student.class_group", "Student.grade_level")
_TAUGHT_WEEKS: Final = 9
_LAST_MONTH, _LAST_DAY, _FIRST_MONTH = 5, 31, 9


class PeopleReads(MySchoolBase):
    """Students, and who and what their lessons tell of."""

    async def list_students(self, link: DiaryLink) -> Reading:
        """The students whose diaries the account opens, with school and class of this year."""
        told = await link.read(
            list[Student], API, STUDENTS, params=STUDENTS_PARAMS, template=STUDENTS
        )
        known = {item.id: item for item in link.session.students}
        listed: list[tuple[StudentRef, Record]] = []
        for index, item in enumerate(told):
            native = native_of(item)
            if native is None:
                link.note(f"$[{index}]", "a child without an identifier")
                continue
            record = student_record(self.ids, native, item)
            ref = known.get(str(record["id"])) or student_ref(
                self.ids, native, item, otherwise=self.instance.zone
            )
            record.update(zone=ref.zone, account=link.session.account)
            region = region_of(native_region(ref))
            if region is not None:
                record["region"] = region.code
            if ref.label:
                record["label"] = ref.label
            listed.append((ref, record))
        await self._add_places(link, listed)
        return Reading([record for _, record in listed])

    async def get_school(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's school."""
        places = await self._places(link, student)
        for place in places:
            record = self._school(link, student, place)
            if record is not None:
                return Reading(record)
        raise NotFound("the school year tells no school")

    async def list_class_groups(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's class."""
        places = await self._places(link, student)
        year = school_year_of(self.today(link, student))
        return Reading(group_records(self.context(link, student), places, year))

    async def list_subjects(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Subjects of the lessons of the last weeks."""
        return Reading(subject_records(await self._taught(link, student)))

    async def list_teachers(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Teachers of the lessons of the last weeks."""
        return Reading(teacher_records(await self._taught(link, student)))

    async def _places(self, link: DiaryLink, student: StudentRef) -> list[SchoolClass]:
        year = year_key(school_year_of(self.today(link, student)))
        queries = asked(CLASSES, student.native[STUDENT], (year,))
        pool = await self.ask(link, student, queries)
        return pool.records(CLASSES, SchoolClass, link.note)

    async def _add_places(
        self, link: DiaryLink, listed: Sequence[tuple[StudentRef, Record]]
    ) -> None:
        """Adds school and class, one question for each student; nothing where it has no answer."""
        queries: dict[Query, tuple[StudentRef, Record]] = {}
        for ref, record in listed:
            await declare(link, ref)
            year = school_year_of(self.today(link, ref))
            queries[Query(CLASSES, ref.native[STUDENT], year_key(year))] = ref, record
        pool = await ask(link, tuple(queries), tells=_PLACE_TELLS)
        for query, (ref, record) in queries.items():
            context = self.context(link, ref)
            places = pool.of(query, SchoolClass, link.note)
            groups = group_records(context, places, int(query.interval))
            schools = [self._school(link, ref, place) for place in places]
            fields: Record = {
                "school": pointer(next((item for item in schools if item is not None), None)),
                "class_group": pointer(groups[0] if groups else None),
                "grade_level": groups[0]["grade_level"] if groups else None,
            }
            record |= {name: value for name, value in fields.items() if value is not None}

    def _school(self, link: DiaryLink, student: StudentRef, place: SchoolClass) -> Record | None:
        region = region_of(native_region(student))
        return school_record(
            self.context(link, student),
            place,
            region=None if region is None else region.code,
            zone=student.zone,
        )

    async def _taught(self, link: DiaryLink, student: StudentRef) -> list[PlacedLesson]:
        """Lessons of the last ten school weeks: one request, and no break is as long."""
        last = last_school_day(self.today(link, student))
        weeks = week_keys(last - timedelta(weeks=_TAUGHT_WEEKS), last)
        pool = await self.ask(link, student, asked(LESSONS, student.native[STUDENT], weeks))
        return placed_lessons(self.context(link, student), pool.records(LESSONS, Lesson, link.note))


def last_school_day(today: date) -> date:
    """Today, in the summer the end of the last school year."""
    if _LAST_MONTH < today.month < _FIRST_MONTH:
        return today.replace(month=_LAST_MONTH, day=_LAST_DAY)
    return today
