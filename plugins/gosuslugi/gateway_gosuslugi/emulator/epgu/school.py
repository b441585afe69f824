"""Who looks at an application: the portal at its form, then the school at its content.

The rule is predictable: whatever agrees with the world is confirmed, anything else is refused for
the first thing that differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m

DONE: Final = "DONE"
NO_DATA: Final = "MPC_NOT_FOUND"
BAD_DATA: Final = "VALIDATION_ERROR"
FOLDERS: Final = "INVALID_FILES_STRUCTURE"
OTHER_PERSON: Final = "REQ_VERIFY_FAILED"

NOT_A_REPRESENTATIVE: Final = "Заявитель не является законным представителем ребёнка"
NO_SUCH_CHILD: Final = "Ребёнок не найден: СНИЛС не совпадает с данными школы"
DATA_DIFFER: Final = "Данные ребёнка не совпадают с документами"
OTHER_SCHOOL: Final = "Ребёнок не числится в указанной школе"

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Applied:
    """What the sandbox's XML says."""

    applicant_snils: str
    relation: str
    child_snils: str
    surname: str
    given_name: str
    birth_date: str
    region: str
    school: str


def portal_check(world: World, identity: m.EsiaIdentity, files: Files) -> tuple[str, str | None]:
    """The portal's code for an archive, with its words."""
    if any("/" in name for name in files):
        return FOLDERS, "В архиве есть папки"
    if not any(name.endswith(".xml") for name in files):
        return NO_DATA, "В архиве нет файла с данными заявления"
    applied = read_application(files)
    if applied is None:
        return BAD_DATA, "Файл с данными заявления не прошёл проверку"
    if digits(applied.applicant_snils) != digits(world.person(identity.person_key).snils):
        return OTHER_PERSON, "Данные заявителя не совпадают с учётной записью"
    return DONE, None


def refusal_of(world: World, identity: m.EsiaIdentity, files: Files) -> str | None:
    """Why the school refuses; None if it confirms."""
    applied = read_application(files)
    if applied is None:
        return DATA_DIFFER
    wanted = digits(applied.child_snils)
    child = next((item for item in world.persons if digits(item.snils) == wanted), None)
    student = None if child is None else world.student_of(child.key)
    if child is None or student is None:
        return NO_SUCH_CHILD
    told = (applied.surname, applied.given_name, applied.birth_date)
    if told != (child.surname, child.given_name, child.birth_date.isoformat()):
        return DATA_DIFFER
    school = world.school(student.school_key)
    if applied.school not in {school.full_name, school.short_name}:
        return OTHER_SCHOOL
    guardians = {item.person_key for item in world.guardians_of(student.key)}
    return None if identity.person_key in {child.key, *guardians} else NOT_A_REPRESENTATIVE


def read_application(files: Files) -> Applied | None:
    """The application in an archive; None if it is not made by the sandbox's template."""
    text = next((content for name, content in files.items() if name.endswith(".xml")), b"")
    if b"<!" in text:
        return None
    try:
        root = ET.fromstring(text)  # noqa: S314 - no document type gets here
        applicant, child, place = (root.find(name) for name in ("applicant", "child", "school"))
    except ET.ParseError:
        return None
    if applicant is None or child is None or place is None:
        return None
    return Applied(
        applicant_snils=applicant.get("snils", ""),
        relation=applicant.get("relation", ""),
        child_snils=child.get("snils", ""),
        surname=child.findtext("surname", ""),
        given_name=child.findtext("givenName", ""),
        birth_date=child.get("birthDate", ""),
        region=place.get("region", ""),
        school=place.text or "",
    )


def digits(text: str) -> str:
    """A СНИЛС without its signs."""
    return "".join(sign for sign in text if sign.isdigit())
