"""The account's children, and the people around them."""

from zoneinfo import ZoneInfo

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway_mos_ru.mapping.clock import SchoolClock
from gateway_mos_ru.mapping.context import Record
from gateway_mos_ru.mapping.people import guardian_records, teacher_records
from gateway_mos_ru.mapping.pupils import (
    child_of,
    children_of,
    group_records,
    is_known,
    student_record,
)
from gateway_mos_ru.mapping.schools import curriculum_records, school_record, subject_records
from gateway_mos_ru.reads.base import MosBase, native_or_none
from gateway_mos_ru.routes import API, CURRICULUM, PROFILE, SCHOOL, SUBJECTS, fill
from gateway_mos_ru.wire.base import Payload
from gateway_mos_ru.wire.people import Child, FamilyProfile
from gateway_mos_ru.wire.schools import Curriculum, SchoolInfo, Subject

_ANY: str = "0"
"""A person of a replay that does not tell which."""


class PeopleReads(MosBase):
    """Students, those around them, and what their school teaches."""

    async def list_students(self, link: DiaryLink) -> Reading:
        """The students whose diaries the account opens."""
        profile = await link.read(FamilyProfile, API, PROFILE, template=PROFILE)
        known = {item.id: item for item in link.session.students}
        records: list[Record] = []
        children = children_of(profile)
        for index, child in enumerate(profile.children or ()):
            if not is_known(child):
                link.note(f"$.children[{index}]", "a child without a number")
        for child in children:
            ref = known.get(self.keys.student_of(child.contingent_guid or ""))
            zone = ref.zone if ref is not None else self.instance.zone
            record = student_record(self.keys, SchoolClock(ZoneInfo(zone)), child)
            record.update(zone=zone, region=self.node.region, account=link.session.account)
            if ref is not None and ref.label:
                record["label"] = ref.label
            records.append(record)
        return Reading(records)

    async def list_class_groups(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The class with the student's subgroups and clubs."""
        child = await self._child(link, student)
        return Reading(group_records(self.context(link, student), child))

    async def list_guardians(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Legal representatives."""
        child = await self._child(link, student)
        context = self.context(link, student)
        return Reading(guardian_records(context, child.representatives or ()))

    async def get_school(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's school."""
        school = await self._school(link, student)
        return Reading(school_record(self.context(link, student), school, self.node.region))

    async def list_teachers(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Teachers of the class with their subjects."""
        school = await self._school(link, student)
        return Reading(teacher_records(self.context(link, student), school))

    async def list_subjects(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Subjects of the student."""
        told = await link.read(
            Payload[Subject],
            API,
            SUBJECTS,
            params={"student_id": self.native(student, "student")},
            template=SUBJECTS,
        )
        return Reading(subject_records(self.context(link, student), told.payload or ()))

    async def list_curriculum(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The study plan of the student's parallel."""
        number = self.native(student, "curriculum")
        plan = await link.read(
            Curriculum,
            API,
            fill(CURRICULUM, curriculum=number),
            params={"student_id": self.native(student, "student")},
            template=CURRICULUM,
        )
        return Reading(curriculum_records(self.context(link, student), plan, number))

    async def _school(self, link: DiaryLink, student: StudentRef) -> SchoolInfo:
        return await link.read(
            SchoolInfo,
            API,
            SCHOOL,
            params={
                "school_id": self.native(student, "school"),
                "class_unit_id": native_or_none(student, "class_unit"),
            },
            template=SCHOOL,
        )

    async def _child(self, link: DiaryLink, student: StudentRef) -> Child:
        """The student in the account's profile.

        Raises:
            NotFound: The account no longer has them.
        """
        profile = await link.read(FamilyProfile, API, PROFILE, template=PROFILE)
        person = self.native(student, "person")
        children = children_of(profile)
        if person == _ANY and len(children) == 1:
            return children[0]
        child = child_of(profile, person)
        if child is None:
            raise NotFound("the account has no such child")
        return child
