"""The account's students, their classes, school and teachers."""

from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import BadResponse, NotFound, NotSupported, Text
from gateway_eljur.mapping.classmates import classmate_records
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.pupils import (
    group_records,
    has_several_schools,
    region_of,
    relations_of,
    school_of,
    school_record,
    student_record,
    students_of,
)
from gateway_eljur.mapping.text import label
from gateway_eljur.reads.base import EljurBase
from gateway_eljur.routes import API, PROFILE, RECIPIENTS, RULES
from gateway_eljur.wire.base import Envelope, several
from gateway_eljur.wire.people import Profile, PupilCard, Rules
from gateway_eljur.wire.talk import Receivers

_SCHOOL: Final = ("Student.school",)
_NO_CLASSMATES: Final = Text(
    "Эта школа не показывает вашей учётной записи учеников класса.",
    "This school does not show your account the pupils of the class.",
)


class PeopleReads(EljurBase):
    """Students and those around them."""

    async def list_students(self, link: DiaryLink) -> Reading:
        """The students whose diaries the account opens.

        On a host of several schools each student's card is asked for the name of theirs.
        """
        rules = await self.rules(link)
        relations = relations_of(rules)
        known = {item.id: item for item in link.session.students}
        records: list[Record] = []
        for number, student in students_of(rules).items():
            school = None
            if has_several_schools(relations):
                card = await link.enrich(
                    Envelope[Profile],
                    API,
                    PROFILE,
                    tells=_SCHOOL,
                    params={"student": number},
                    template=PROFILE,
                )
                school = _school_name(card)
            record = student_record(self.keys, number, student, relations, school)
            ref = known.get(str(record["id"]))
            record["zone"] = ref.zone if ref is not None else self.instance.zone
            record["account"] = link.session.account
            region = self._region(rules)
            if region is not None:
                record["region"] = region
            if ref is not None and ref.label:
                record["label"] = ref.label
            records.append(record)
        return Reading(records)

    async def list_class_groups(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The class and those of its parts that the account may look at.

        Schools of one region have classes of the same names: of several, the student's is asked.
        """
        rules = await self.rules(link)
        number, class_name = student.native["student"], student.native.get("class")
        school = None
        if link.offers(PROFILE, Envelope[Profile]):
            school = await self._told_school(link, student, rules)
        return Reading(group_records(self.keys, rules, number, class_name, school))

    async def list_classmates(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Classmates, out of the list of those who may be written to.

        Raises:
            NotSupported: The school lets the account write to no pupils of the class.
        """
        class_name = student.native.get("class")
        if class_name is None:
            own = students_of(await self.rules(link)).get(student.native["student"])
            class_name = label(own.class_) if own is not None else None
        told = await link.read(Envelope[Receivers], API, RECIPIENTS, template=RECIPIENTS)
        groups = several(told.result.groups) if told.result is not None else []
        records = classmate_records(self.context(link, student), groups, class_name or "")
        if records is None:
            raise NotSupported("nobody of the class may be written to", text=_NO_CLASSMATES)
        return Reading(records)

    async def get_school(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's school.

        Raises:
            NotFound: The account sees several, and the student's card names none of them.
        """
        rules = await self.rules(link)
        name = await self._told_school(link, student, rules)
        school = school_of(relations_of(rules), name)
        if school is None:
            raise NotFound("the account does not tell the student's school")
        own = students_of(rules).get(student.native["student"])
        record = school_record(self.keys, school, (own.city if own else None) or rules.city)
        record["zone"] = student.zone
        region = self._region(rules)
        if region is not None:
            record["region"] = region
        return Reading(record)

    async def rules(self, link: DiaryLink) -> Rules:
        """The account with everything that it may look at.

        Raises:
            BadResponse: The service says nothing of the account.
        """
        told = (await link.read(Envelope[Rules], API, RULES, template=RULES)).result
        if told is None:
            raise BadResponse("the service says nothing of the account")
        return told

    async def _told_school(self, link: DiaryLink, student: StudentRef, rules: Rules) -> str | None:
        """Name of the student's school, out of their card; None where it is the only one."""
        if not has_several_schools(relations_of(rules)):
            return None
        params = {"student": student.native["student"]}
        return _school_name(
            await link.read(Envelope[Profile], API, PROFILE, params=params, template=PROFILE)
        )

    def _region(self, rules: Rules) -> str | None:
        regions = self.instance.regions
        return regions[0] if regions else region_of(rules)


def _school_name(card: Envelope[Profile] | None) -> str | None:
    told = card.result if card is not None else None
    found = told.profile_user_info if told is not None else None
    return label(found.school_name) if isinstance(found, PupilCard) else None
