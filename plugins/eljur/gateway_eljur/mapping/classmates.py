"""Classmates, as far as the list of those who may be written to names them (notes 4.9)."""

from collections.abc import Iterable
from typing import Final

from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.people import naming
from gateway_eljur.mapping.pupils import is_number
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import key_text, several
from gateway_eljur.wire.talk import ReceiverGroup

_STUDENTS: Final = "students"


def classmate_records(
    context: MapContext, groups: Iterable[ReceiverGroup], class_name: str
) -> list[Record] | None:
    """The other pupils of a class by name; None where the school shows no pupils of the class.

    Args:
        context: Where they belong.
        groups: Those who may be written to.
        class_name: Name of the class.
    """
    classes = [
        part
        for group in groups
        if (label(group.key) or "").casefold() == _STUDENTS
        for part in several(group.subgroups)
        if label(part.name) == class_name
    ]
    if not classes:
        return None
    records: dict[str, Record] = {}
    for user in (user for part in classes for user in several(part.users)):
        number = key_text(user.name)
        if is_number(number) and number != context.student:
            names = naming(user.lastname, user.firstname, user.middlename, instead=f"№ {number}")
            records[number] = {"id": f"{context.keys.person}{number}", **names}
    return sorted(records.values(), key=lambda item: (str(item["name"]), str(item["id"])))
