"""Pointers to things together with their names.

They are models already, unlike everything else that mapping makes: a week names a dozen subjects
and teachers a hundred times, and one shared frozen pointer each saves a fifth of its validation
and most of its memory.
"""

from collections.abc import Iterable

from gateway.core.model.base import Reference
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext
from gateway_dnevnik_ru.mapping.people import full_name
from gateway_dnevnik_ru.wire.mobile import MobileSubject, MobileTeacher
from gateway_dnevnik_ru.wire.people import Person
from gateway_dnevnik_ru.wire.schools import BundleSubject, Subject


def reference(prefix: str, number: int, name: str | None) -> Reference:
    """A pointer; without a name, the number stands for it."""
    return Reference(id=f"{prefix}{number}", name=plain(name) or f"№ {number}")


def named(name: str | None) -> Reference | None:
    """A pointer that is a name only; None without one."""
    text = plain(name)
    return Reference(id=None, name=text) if text else None


NO_SUBJECT = Reference(id=None, name="—")
"""Stands for a subject that nothing tells."""


def subject_of(context: MapContext, subject: BundleSubject | Subject | None) -> Reference | None:
    """A pointer to a described subject."""
    return reference(context.keys.subject, subject.id, subject.name) if subject else None


class Subjects:
    """Subjects by native number."""

    __slots__ = ("_known", "_prefix")

    def __init__(
        self, context: MapContext, *told: Iterable[BundleSubject | Subject] | None
    ) -> None:
        self._prefix = context.keys.subject
        known: dict[int, Reference] = {}
        for subjects in told:
            for item in subjects or ():
                if item.id not in known:
                    known[item.id] = reference(self._prefix, item.id, item.name)
        self._known = known

    def get(self, number: int | None) -> Reference | None:
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

    def __init__(self, context: MapContext, told: Iterable[Person | None]) -> None:
        self._prefix = context.keys.person
        self._known: dict[int, Reference] = {}
        self._users: dict[int, Reference] = {}
        for person in told:
            if person is not None and person.id not in self._known:
                found = self._known[person.id] = _person(self._prefix, person)
                if person.user_id is not None:
                    self._users[person.user_id] = found

    def get(self, number: int) -> Reference:
        """The person; one that nobody described goes by the number."""
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = reference(self._prefix, number, None)
        return found

    def find(self, number: int | None) -> Reference | None:
        """The person with this number of their own or of their account, if described."""
        if number is None:
            return None
        return self._known.get(number) or self._users.get(number)


def app_subject(context: MapContext, subject: MobileSubject | None) -> Reference | None:
    """A subject as the app's interface tells it."""
    if subject is None:
        return None
    if subject.id is None:
        return named(subject.name)
    return reference(context.keys.subject, subject.id, subject.name)


def app_teacher(
    context: MapContext, teacher: MobileTeacher | None, number: int | None = None
) -> Reference | None:
    """A teacher as the app's interface tells them; a number of 0 is none.

    Args:
        context: Where it belongs.
        teacher: The teacher.
        number: Their number, where only another answer tells it.
    """
    if teacher is None:
        return None
    name = full_name(teacher.last_name, teacher.first_name, teacher.middle_name)
    known = teacher.person_id or number
    return reference(context.keys.person, known, name) if known else named(name)


def _person(prefix: str, person: Person) -> Reference:
    name = full_name(person.last_name, person.first_name, person.middle_name)
    return reference(prefix, person.id, name or person.short_name)
