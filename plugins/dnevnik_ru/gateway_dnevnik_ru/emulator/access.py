"""Who may see whom: own children everything, classmates a little, other people nothing."""

from dataclasses import dataclass

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.service import Service

ME = "me"


@dataclass(frozen=True, slots=True)
class Group:
    """A class, or one of its teaching groups: both are one kind of thing to the service."""

    klass: m.ClassGroup
    part: m.TeachingGroup | None = None

    @property
    def key(self) -> str:
        """Key of the class or the group."""
        return self.klass.key if self.part is None else self.part.key

    @property
    def part_key(self) -> str | None:
        """Key of the teaching group, if it is one."""
        return None if self.part is None else self.part.key

    @property
    def student_keys(self) -> tuple[str, ...]:
        """Pupils."""
        return self.klass.student_keys if self.part is None else self.part.student_keys


def group_by_key(service: Service, key: str) -> Group:
    """The class or teaching group with this key.

    Raises:
        KeyError: There is none.
    """
    world = service.world
    try:
        return Group(world.class_group(key))
    except KeyError:
        part = world.group(key)
        return Group(world.class_group(part.class_key), part)


class Access:
    """What one account reaches. Every lookup takes the service's own number or `me`."""

    def __init__(self, service: Service, account: m.Account) -> None:
        self.service = service
        self.account = account
        self.world = service.world
        self.person = self.world.person(account.person_key)
        self.students = tuple(self.world.student(key) for key in account.student_keys)
        places = [place for each in self.students for place in each.enrollments]
        self.class_keys = {place.class_key for place in places}
        self.school_keys = {place.school_key for place in places} | set(account.school_keys)
        year = self.world.current_year.key
        current = {place.class_key for place in places if place.year_key == year}
        self.mate_keys = {s.key for key in current for s in self.world.students_in(key)}
        self._known = self._known_persons()

    def _known_persons(self) -> set[str]:
        world = self.world
        family = {g.person_key for s in self.students for g in world.guardians_of(s.key)}
        mates = {world.student(key).person_key for key in self.mate_keys}
        own = {student.person_key for student in self.students}
        staff = {t.person_key for t in world.teachers if t.school_key in self.school_keys}
        return {self.person.key} | family | mates | own | staff

    def knows(self, person_key: str) -> bool:
        """Whether a person's card may be seen."""
        return person_key in self._known

    # -- people ---------------------------------------------------------------------------------

    def any_person(self, number: str) -> m.Person:
        """Someone whose card may be seen: the family, classmates, the schools' staff."""
        if number.lower() == ME:
            return self.person
        key = self.service.ids.key(ids.PERSON, number)
        if key is None:
            raise invalid("person")
        if key not in self._known:
            raise ApiError("ownerForbidden")
        return self.world.person(key)

    def any_user(self, number: str) -> tuple[m.Person, m.Account | None]:
        """A person by account number."""
        if number.lower() == ME:
            return self.person, self.account
        key = self.service.ids.key(ids.USER, number)
        if key is None:
            raise invalid("user")
        if key == self.account.key:
            return self.person, self.account
        account = None if key.startswith("user-of-") else self.world.account(key)
        person_key = account.person_key if account else key.removeprefix("user-of-")
        if person_key not in self._known:
            raise ApiError("ownerForbidden")
        return self.world.person(person_key), account

    def student(self, number: str) -> m.Student:
        """An own child, or oneself: whose diary may be read."""
        found = self.mate(number)
        if found not in self.students:
            raise ApiError("ownerForbidden")
        return found

    def mate(self, number: str) -> m.Student:
        """An own child or a classmate."""
        if number.lower() == ME:
            key: str | None = self.person.key
        else:
            key = self.service.ids.key(ids.PERSON, number)
        if key is None:
            raise invalid("person")
        found = self.world.student_of(key)
        if found is None or found.key not in self.mate_keys:
            raise ApiError("ownerForbidden")
        return found

    # -- places ---------------------------------------------------------------------------------

    def group(self, number: str) -> Group:
        """A class or group of an own school."""
        key = self.service.ids.key(ids.GROUP, number)
        if key is None:
            raise invalid("group")
        group = group_by_key(self.service, key)
        if group.klass.school_key not in self.school_keys:
            raise ApiError("systemForbidden")
        return group

    def own_group(self, number: str) -> Group:
        """A class or group of an own child."""
        group = self.group(number)
        if group.klass.key not in self.class_keys:
            raise ApiError("systemForbidden")
        return group

    def pupils_in(self, group: Group) -> list[m.Student]:
        """Own children in a class or group."""
        found = [
            student
            for student in self.students
            if any(place.class_key == group.klass.key for place in student.enrollments)
        ]
        if group.part is None:
            return found
        return [student for student in found if group.part.key in student.group_keys]

    def school(self, number: str) -> m.School:
        """An own school."""
        key = self.service.ids.key(ids.SCHOOL, number)
        if key is None:
            raise invalid("school")
        if key not in self.school_keys:
            raise ApiError("systemForbidden")
        return self.world.school(key)

    # -- things of the class --------------------------------------------------------------------

    def lesson(self, number: str) -> m.Lesson:
        """A lesson of an own child's class."""
        key = self.service.ids.key(ids.LESSON, number)
        if key is None:
            raise invalid("lesson")
        lesson = self.world.lesson(key)
        if lesson.class_key not in self.class_keys:
            raise ApiError("systemForbidden")
        return lesson

    def subject(self, number: str) -> m.Subject:
        """Any subject."""
        key = self.service.ids.key(ids.SUBJECT, number)
        if key is None:
            raise invalid("subject")
        return self.world.subject(key)

    def period(self, number: str) -> m.AcademicPeriod:
        """A period of an own school."""
        key = self.service.ids.key(ids.PERIOD, number)
        if key is None:
            raise invalid("period")
        period = self.world.period(key)
        if period.school_key not in self.school_keys:
            raise ApiError("systemForbidden")
        return period
