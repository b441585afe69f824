"""Pointers to things together with their names."""

from collections.abc import Iterable

from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.people import full_name, person_reference
from gateway_dnevnik_ru.mapping.text import plain
from gateway_dnevnik_ru.wire.mobile import MobileSubject, MobileTeacher
from gateway_dnevnik_ru.wire.people import Person
from gateway_dnevnik_ru.wire.schools import BundleSubject, Subject


def reference(prefix: str, number: int, name: str | None) -> Record:
    """A pointer; without a name, the number stands for it."""
    return {"id": f"{prefix}{number}", "name": plain(name) or f"№ {number}"}


def subject_of(context: MapContext, subject: BundleSubject | Subject | None) -> Record | None:
    """A pointer to a described subject."""
    return reference(context.keys.subject, subject.id, subject.name) if subject else None


class Subjects:
    """Subjects by native number."""

    __slots__ = ("_known", "_prefix")

    def __init__(
        self, context: MapContext, *told: Iterable[BundleSubject | Subject] | None
    ) -> None:
        self._prefix = context.keys.subject
        self._known = {
            item.id: reference(self._prefix, item.id, item.name)
            for subjects in told
            for item in subjects or ()
        }

    def get(self, number: int | None) -> Record | None:
        """The subject; one that nobody described goes by its number."""
        if number is None:
            return None
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = reference(self._prefix, number, None)
        return found


class People:
    """Persons by native number, of the human being or of the account."""

    __slots__ = ("_known", "_prefix", "_users")

    def __init__(self, context: MapContext, told: Iterable[Person]) -> None:
        self._prefix = context.keys.person
        persons = tuple(told)
        self._known = {item.id: person_reference(context, item) for item in persons}
        self._users = {
            item.user_id: self._known[item.id] for item in persons if item.user_id is not None
        }

    def get(self, number: int) -> Record:
        """The person; one that nobody described goes by the number."""
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = reference(self._prefix, number, None)
        return found

    def find(self, number: int | None) -> Record | None:
        """The person with this number of their own or of their account, if described."""
        if number is None:
            return None
        return self._known.get(number) or self._users.get(number)


def app_subject(context: MapContext, subject: MobileSubject | None) -> Record | None:
    """A subject as the app's interface tells it."""
    if subject is None:
        return None
    name = plain(subject.name)
    if subject.id is None:
        return {"name": name} if name else None
    return reference(context.keys.subject, subject.id, name)


def app_teacher(context: MapContext, teacher: MobileTeacher | None) -> Record | None:
    """A teacher as the app's interface tells them; a number of 0 is none."""
    if teacher is None:
        return None
    name = full_name(teacher.last_name, teacher.first_name, teacher.middle_name)
    if not teacher.person_id:
        return {"name": name} if name else None
    return {
        "id": f"{context.keys.person}{teacher.person_id}",
        "name": name or f"№ {teacher.person_id}",
    }
