"""Who may see whom: own children everything, other people's children nothing."""

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.errors import forbidden, invalid, not_found

STUDENT_ROLE, PARENT_ROLE = "student", "parent"
_PARENTS = frozenset({m.Role.GUARDIAN, m.Role.TRUSTED_PERSON})


def role_of(account: m.Account) -> str | None:
    """The family's role of an account; None for staff, to whom families' services are closed."""
    if account.role in _PARENTS:
        return PARENT_ROLE
    return STUDENT_ROLE if account.role is m.Role.STUDENT else None


class Access:
    """What one account reaches."""

    def __init__(self, world: World, numbers: ids.Ids, account: m.Account) -> None:
        self.account = account
        self.world = world
        self.role = role_of(account)
        self.person = world.person(account.person_key)
        self.students = tuple(world.student(key) for key in account.student_keys)
        own = world.student_of(account.person_key)
        self.profile_id = ids.profile_number(account, own.key if own else None)
        self.user_id = numbers.of(ids.USER, account.key)
        self._ids = numbers

    @property
    def has_profile(self) -> bool:
        """Whether families' services know it: also a pupil who left, who then has no diary."""
        return self.role is not None

    @property
    def is_guardian(self) -> bool:
        """Whether it may hand something in for a child."""
        return self.account.role is m.Role.GUARDIAN

    def child(self, number: str) -> m.Student:
        """An own child, or oneself, by the number of the student profile.

        Raises:
            ApiError: There is none, or it is somebody else's.
        """
        if not number:
            raise invalid("student_id", "обязательный параметр")
        key = self._ids.key(ids.STUDENT, number)
        if key is None:
            raise not_found("Ученик")
        return self._own(self.world.student(key))

    def child_by_person(self, text: str) -> m.Student:
        """An own child, or oneself, by the person's UUID.

        Raises:
            ApiError: There is none, or it is somebody else's.
        """
        if not text:
            raise invalid("person_id", "обязательный параметр")
        key = self._ids.person_of(text)
        student = None if key is None else self.world.student_of(key)
        if student is None:
            raise not_found("Ученик")
        return self._own(student)

    def child_by_contract(self, number: str) -> m.Student:
        """An own child, or oneself, by the meal and turnstile account.

        Raises:
            ApiError: There is none, or it is somebody else's.
        """
        key = self._ids.key(ids.CONTRACT, number)
        if key is None:
            raise not_found("Договор")
        return self._own(self.world.student(key))

    def _own(self, student: m.Student) -> m.Student:
        if student not in self.students:
            raise forbidden()
        return student
