"""The account's children, and the people around them."""

from typing import cast

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.people import Role
from gateway_dnevnik_ru.mapping.context import Record
from gateway_dnevnik_ru.mapping.people import (
    classmate_records,
    guardian_records,
    teacher_records,
)
from gateway_dnevnik_ru.mapping.pupils import Pupil, completed, pupils_of, pupils_of_app
from gateway_dnevnik_ru.reads.base import DnevnikBase, both, first_offered, native_or_none
from gateway_dnevnik_ru.routes import (
    API,
    APP_CONTEXT,
    CHILDREN_RELATIVES,
    CONTEXT,
    GROUP_PERSONS,
    GROUP_TEACHERS,
    RELATIVES,
    SCHOOL_TEACHERS,
    fill,
)
from gateway_dnevnik_ru.wire.mobile import MobileContext
from gateway_dnevnik_ru.wire.people import Context, Person, Relative, Relatives, SchoolTeacher

_RELATIVES = cast("type[list[Relative] | Relatives]", list[Relative] | Relatives)
"""Most clients read a list, one an object around it."""
_TELLS = ("Student.school", "Student.class_group")
_SELF = "me"


class PeopleReads(DnevnikBase):
    """Students, teachers, classmates and guardians."""

    async def list_students(self, link: DiaryLink) -> Reading:
        """The pupils whose diaries the account opens, once for each school."""
        self.require_token(link)
        app_path = fill(
            APP_CONTEXT, version=self.version(link), user=link.session.data.get("user_id", "me")
        )
        routes = ((CONTEXT, Context), (APP_CONTEXT, MobileContext))
        if first_offered(link, routes) == APP_CONTEXT:
            told = await link.read(MobileContext, API, app_path, template=APP_CONTEXT)
            return Reading(self._students(link, pupils_of_app(told)))
        pupils = pupils_of(await link.read(Context, API, CONTEXT, template=CONTEXT))
        if any(_lacks_names(pupil) for pupil in pupils):
            told_too = await link.enrich(
                MobileContext, API, app_path, template=APP_CONTEXT, tells=_TELLS
            )
            if told_too is not None:
                pupils = completed(pupils, told_too)
        return Reading(self._students(link, pupils))

    async def list_teachers(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Teachers of the class; the school's directory adds subjects and posts."""
        context = self.context(link, student)
        directory_path = fill(SCHOOL_TEACHERS, school=self.native(student, "school"))
        group = native_or_none(student, "group")
        routes = ((GROUP_TEACHERS, list[Person]), (SCHOOL_TEACHERS, list[SchoolTeacher]))
        if group is None or first_offered(link, routes) == SCHOOL_TEACHERS:
            directory = await link.read(
                list[SchoolTeacher], API, directory_path, template=SCHOOL_TEACHERS
            )
            return Reading(teacher_records(context, None, directory))
        persons, posts = await both(
            link,
            link.read(
                list[Person],
                API,
                fill(GROUP_TEACHERS, group=group),
                template=GROUP_TEACHERS,
            ),
            link.enrich(
                list[SchoolTeacher],
                API,
                directory_path,
                template=SCHOOL_TEACHERS,
                tells=("Teacher.subjects", "Teacher.position", "Teacher.email"),
            ),
        )
        return Reading(teacher_records(context, persons, posts))

    async def list_classmates(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The other pupils of the class."""
        context = self.context(link, student)
        path = fill(GROUP_PERSONS, group=self.native(student, "group"))
        persons = await link.read(list[Person], API, path, template=GROUP_PERSONS)
        return Reading(classmate_records(context, persons))

    async def list_guardians(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Relatives of the student: asked by the student themselves, or found at the child.

        Raises:
            NotFound: The account has no such child, as for a trusted person.
        """
        context = self.context(link, student)
        if link.session.role is Role.STUDENT or not link.offers(CHILDREN_RELATIVES, list[Relative]):
            path = fill(RELATIVES, user=native_or_none(student, "user") or _SELF)
            answer = await link.read(_RELATIVES, API, path, template=RELATIVES)
            return Reading(guardian_records(context, answer))
        children = await link.read(
            list[Relative], API, CHILDREN_RELATIVES, template=CHILDREN_RELATIVES
        )
        for child in children:
            if child.person is not None and context.is_own(child.person.id):
                return Reading(guardian_records(context, child.relatives or []))
        raise NotFound("the account has no such child")

    def _students(self, link: DiaryLink, pupils: tuple[Pupil, ...]) -> list[Record]:
        known = {item.id: item for item in link.session.students}
        zone = next((item.zone for item in known.values()), self.instance.zone)
        regions = self.instance.regions
        records: list[Record] = []
        for pupil in pupils:
            record = pupil.record(self.keys, pupils)
            ref = known.get(str(record["id"]))
            record["zone"] = ref.zone if ref else zone
            if ref is not None and ref.label:
                record["label"] = ref.label
            if len(regions) == 1:
                record["region"] = regions[0]
            record["account"] = link.session.account
            records.append(record)
        return records


def _lacks_names(pupil: Pupil) -> bool:
    return pupil.school_name is None or (pupil.group is not None and pupil.group_name is None)
