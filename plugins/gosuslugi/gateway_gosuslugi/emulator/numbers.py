"""The portal's own identifiers for the world's keys."""

from typing import Final

from gateway.sandbox.world import native_id

_OID_DIGITS: Final = 10
_STUDENT_DIGITS: Final = 12


def oid(person_key: str) -> int:
    """The number of a person at ЕСИА, the same for the adult's account and a child's."""
    return native_id("esia_oid", person_key, digits=_OID_DIGITS)


def student_id(student_key: str) -> str:
    """`student_id` of a pupil in the diary."""
    return f"s-{native_id('gosuslugi_student', student_key, digits=_STUDENT_DIGITS)}"
