"""Children of the account."""

from typing import Final

from gateway.core.contract.session import StudentRef
from gateway.core.ids import Ids
from gateway_gosuslugi.myschool.mapping.context import Record
from gateway_gosuslugi.myschool.mapping.text import plain
from gateway_gosuslugi.myschool.wire.people import Student
from gateway_gosuslugi.myschool.zones import zone_of

STUDENT: Final = "student"
REGION: Final = "region"
"""Native keys of a student."""


def native_of(student: Student) -> str | None:
    """`student_id`, which everything else is asked by."""
    return plain(student.student_id)


def name_of(student: Student) -> str:
    """The full name, surname first."""
    parts = (student.student_last_name, student.student_first_name, student.student_middle_name)
    return " ".join(part for part in map(plain, parts) if part) or "—"


def student_record(ids: Ids, native: str, student: Student) -> Record:
    """A child by what the list of children tells."""
    record: Record = {"id": ids.of("student", native), "name": name_of(student)}
    for field, value in (
        ("surname", student.student_last_name),
        ("given_name", student.student_first_name),
        ("patronymic", student.student_middle_name),
    ):
        text = plain(value)
        if text is not None:
            record[field] = text
    return record


def student_ref(ids: Ids, native: str, student: Student, *, otherwise: str) -> StudentRef:
    """A child as the account reaches them; `otherwise` is the zone where the region is unknown."""
    region = plain(student.student_region)
    return StudentRef(
        id=ids.of("student", native),
        name=name_of(student),
        native={STUDENT: native} if region is None else {STUDENT: native, REGION: region},
        zone=zone_of(region, otherwise),
    )
