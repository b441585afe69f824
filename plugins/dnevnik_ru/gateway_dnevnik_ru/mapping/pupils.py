"""Accounts → the pupils whose diaries they open.

A parent's account is asked about each child; a pupil's about themselves. A child of two schools is
two students: the first regular school by number keeps the plain identifier, any other carries its
school.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import Record
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.mapping.people import naming, sex
from gateway_dnevnik_ru.wire.mobile import MobileContext, MobilePerson
from gateway_dnevnik_ru.wire.people import Child, Context, ContextSchool
from gateway_dnevnik_ru.wire.schools import EduGroup

_REGULAR: Final = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One pupil at one school.

    Attributes:
        person: Native number of the human being.
        user: Number of their own account, where told.
        school: Native number of the school.
        group: Native number of the class, where there is one.
        extra: Whether it is a further school of the same child.
    """

    person: int
    user: int | None = None
    school: int | None = None
    school_name: str | None = None
    group: int | None = None
    group_name: str | None = None
    grade_level: int | None = None
    last_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    short_name: str | None = None
    sex: str | None = None
    extra: bool = False

    def id(self, keys: Keys) -> str:
        """The unified identifier."""
        return keys.student_in(self.person, self.school if self.extra else None)

    @property
    def name(self) -> str:
        """Name to show."""
        return str(self._names()["name"])

    @property
    def native(self) -> dict[str, str]:
        """The provider's own keys, as a session keeps them."""
        keys = {
            "person": self.person,
            "school": self.school,
            "group": self.group,
            "user": self.user,
        }
        return {name: str(value) for name, value in keys.items() if value is not None}

    def record(self, keys: Keys, others: Iterable["Pupil"]) -> Record:
        """The student; `others` are all pupils of the account."""
        record: Record = {"id": self.id(keys), **self._names(), **sex(self.sex)}
        school = self.school_reference(keys)
        if school:
            record["school"] = school
        if self.group is not None:
            name = self.group_name or f"№ {self.group}"
            record["class_group"] = {"id": f"{keys.group}{self.group}", "name": name}
        if self.grade_level is not None:
            record["grade_level"] = self.grade_level
        also = [
            other.school_reference(keys)
            for other in others
            if other.person == self.person and other.school != self.school
        ]
        if any(also):
            record["also_in"] = [item for item in also if item]
        return record

    def school_reference(self, keys: Keys) -> Record | None:
        """A pointer to the school."""
        if self.school is None:
            return None
        name = self.school_name or f"№ {self.school}"
        return {"id": f"{keys.school}{self.school}", "name": name}

    def _names(self) -> Record:
        return naming(
            self.last_name, self.first_name, self.middle_name, self.short_name, self.person
        )


def pupils_of(context: Context) -> tuple[Pupil, ...]:
    """The pupils of an account as the partner interface tells them; none for staff."""
    schools = {item.id: item for item in context.schools or ()}
    groups = {item.id: item for item in context.edu_groups or ()}
    found: list[Pupil] = []
    roles = {role.lower() for role in context.roles or ()}
    if "edustudent" in roles or not (roles or context.children):
        own = Child(
            person_id=context.person_id,
            first_name=context.first_name,
            last_name=context.last_name,
            middle_name=context.middle_name,
            short_name=context.short_name,
            school_ids=context.school_ids or list(schools),
            group_ids=context.group_ids,
        )
        found += _at_schools(own, context.user_id, schools, groups)
    for child in context.children or ():
        found += _at_schools(child, None, schools, groups)
    return tuple(sorted(found, key=_main_first))


def pupils_of_app(context: MobileContext) -> tuple[Pupil, ...]:
    """The pupils of an account as the app's interface tells them."""
    persons = context.context_persons or ()
    by_person: dict[int, list[MobilePerson]] = {}
    for item in persons:
        by_person.setdefault(item.person_id, []).append(item)
    found: list[Pupil] = []
    for entries in by_person.values():
        main = _main([_place_of(item) for item in entries])
        found += [_from_app(item, extra=index != main) for index, item in enumerate(entries)]
    return tuple(sorted(found, key=_main_first))


def completed(pupils: Sequence[Pupil], app: MobileContext) -> tuple[Pupil, ...]:
    """The same pupils with names of schools and classes that only the app's interface tells."""
    told = {(item.person, item.school): item for item in pupils_of_app(app)}
    return tuple(_merged(item, told.get((item.person, item.school))) for item in pupils)


def _at_schools(
    child: Child,
    user: int | None,
    schools: Mapping[int, ContextSchool],
    groups: Mapping[int, EduGroup],
) -> list[Pupil]:
    numbers: list[int | None] = list(dict.fromkeys(child.school_ids or ())) or [None]
    main = _main([(_kind_of(schools, number), number) for number in numbers])
    found = []
    left = [number for number in child.group_ids or () if _is_class(groups.get(number))]
    for index, number in enumerate(numbers):
        school = schools.get(number) if number is not None else None
        group = _class_of(school, left, alone=len(numbers) == 1)
        told = groups.get(group) if group is not None else None
        found.append(
            Pupil(
                person=child.person_id,
                user=user,
                school=number,
                school_name=plain(school.name) if school else None,
                group=group,
                group_name=plain(told.name) if told else None,
                grade_level=told.parallel if told else None,
                last_name=child.last_name,
                first_name=child.first_name,
                middle_name=child.middle_name,
                short_name=child.short_name,
                extra=index != main,
            )
        )
    return found


def _class_of(school: ContextSchool | None, groups: Sequence[int], *, alone: bool) -> int | None:
    """The pupil's class at a school: the first of theirs that belongs to it."""
    if school is not None and school.group_ids:
        return next((number for number in groups if number in school.group_ids), None)
    return groups[0] if alone and groups else None


def _is_class(group: EduGroup | None) -> bool:
    """Whether it is a class and no part of one; what is not described is taken for a class."""
    if group is None:
        return True
    return (group.type or "group").lower() == "group" and not group.parent_ids


def _main_first(pupil: Pupil) -> bool:
    """Sorts further schools behind the main ones; otherwise the order stays."""
    return pupil.extra


def _main(places: Sequence[tuple[str | None, int | None]]) -> int:
    """Which of several schools, by kind and number, is the main one."""
    ordered = sorted(
        range(len(places)),
        key=lambda index: (
            (places[index][0] or "").lower() != _REGULAR,
            places[index][1] or 0,
        ),
    )
    return ordered[0]


def _kind_of(schools: Mapping[int, ContextSchool], number: int | None) -> str | None:
    school = schools.get(number) if number is not None else None
    return school.type if school else None


def _place_of(person: MobilePerson) -> tuple[str | None, int | None]:
    return (person.school.type, person.school.id) if person.school else (None, None)


def _from_app(person: MobilePerson, *, extra: bool) -> Pupil:
    school, group = person.school, person.group
    return Pupil(
        person=person.person_id,
        user=person.user_id,
        school=school.id if school else None,
        school_name=plain(school.name) if school else None,
        group=group.id if group else None,
        group_name=plain(group.name) if group else None,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
        sex=person.sex,
        extra=extra,
    )


def _merged(pupil: Pupil, told: Pupil | None) -> Pupil:
    if told is None:
        return pupil
    return Pupil(
        person=pupil.person,
        user=pupil.user or told.user,
        school=pupil.school,
        school_name=pupil.school_name or told.school_name,
        group=pupil.group or told.group,
        group_name=pupil.group_name or told.group_name,
        grade_level=pupil.grade_level,
        last_name=pupil.last_name or told.last_name,
        first_name=pupil.first_name or told.first_name,
        middle_name=pupil.middle_name or told.middle_name,
        short_name=pupil.short_name,
        sex=pupil.sex or told.sex,
        extra=pupil.extra,
    )
