"""Who may see whom: own children, or oneself."""

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.errors import forbidden
from gateway_gosuslugi.emulator.numbers import student_id


class Access:
    """What one state account reaches in the diary.

    Attributes:
        identity: The account.
        students: Own children, or oneself, in the order in which they were linked.
    """

    def __init__(self, world: World, identity: m.EsiaIdentity) -> None:
        self.identity = identity
        self.students = students_of(world, identity)
        self._by_id = {student_id(item.key): item for item in self.students}

    def student(self, native: str) -> m.Student:
        """A pupil by `student_id`.

        Raises:
            ApiError: There is none, or it is somebody else's.
        """
        found = self._by_id.get(native)
        if found is None:
            raise forbidden()
        return found


def students_of(world: World, identity: m.EsiaIdentity) -> tuple[m.Student, ...]:
    """Whose diaries a state account opens.

    One person has one account here, however many diaries of their own other systems give them.
    """
    accounts = (world.account(key) for key in identity.account_keys)
    keys = dict.fromkeys(key for account in accounts for key in account.student_keys)
    return tuple(world.student(key) for key in keys)
