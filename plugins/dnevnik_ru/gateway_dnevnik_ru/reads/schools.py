"""School, classes and subjects."""

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway_dnevnik_ru.mapping.schools import group_records, school_record, subject_records
from gateway_dnevnik_ru.reads.base import DnevnikBase
from gateway_dnevnik_ru.routes import API, GROUP_SUBJECTS, GROUPS, SCHOOL, fill
from gateway_dnevnik_ru.wire.schools import EduGroup, School, Subject


class SchoolReads(DnevnikBase):
    """What the student's school is made of."""

    async def get_school(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's school."""
        context = self.context(link, student)
        path = fill(SCHOOL, school=self.native(student, "school"))
        school = await link.read(School, API, path, template=SCHOOL)
        regions = self.instance.regions
        region = regions[0] if len(regions) == 1 else None
        return Reading(school_record(context, school, region))

    async def list_class_groups(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The class with the subgroups that the student belongs to."""
        context = self.context(link, student)
        path = fill(GROUPS, person=context.person)
        groups = await link.read(list[EduGroup], API, path, template=GROUPS)
        return Reading(group_records(context, groups))

    async def list_subjects(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Subjects of the class."""
        context = self.context(link, student)
        path = fill(GROUP_SUBJECTS, group=self.native(student, "group"))
        subjects = await link.read(list[Subject], API, path, template=GROUP_SUBJECTS)
        return Reading(subject_records(context, subjects))
