"""Persons of the profile and of the school → people of the model."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from gateway.core.model.base import Reference
from gateway.core.model.people import Relation, Sex
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.keys import Keys
from gateway_mos_ru.mapping.words import PARENT, RELATIONS, SEXES, TRUSTED, known
from gateway_mos_ru.wire.people import PersonName, Representative
from gateway_mos_ru.wire.schools import SchoolInfo, SchoolTeacher

_DIGEST = 16


def full_name(person: PersonName) -> str:
    """Surname, given name and patronymic, as far as they are known."""
    parts = (plain(person.last_name), plain(person.first_name), plain(person.middle_name))
    return " ".join(part for part in parts if part)


def naming(person: PersonName, fallback: str) -> Record:
    """The names of a person; without any, `fallback` stands for them."""
    record: Record = {"name": full_name(person) or fallback}
    told = (
        ("surname", person.last_name),
        ("given_name", person.first_name),
        ("patronymic", person.middle_name),
    )
    for field, value in told:
        text = plain(value)
        if text:
            record[field] = text
    return record


def sex(word: str | None) -> Record:
    """The sex with the provider's own word."""
    return {"sex": known(SEXES, word, Sex.UNKNOWN), "sex_text": word} if word else {}


def contacts(email: str | None, phone: str | None) -> Record:
    """E-mail address and phone, where they are known."""
    told = (("email", plain(email)), ("phone", plain(phone)))
    return {field: text for field, text in told if text}


def guardian_records(
    context: MapContext, representatives: Iterable[Representative]
) -> list[Record]:
    """Legal representatives, of the newer and of the older shape; trusted persons are none."""
    records: list[Record] = []
    for index, person in enumerate(representatives):
        if (person.type or "").strip().lower() in TRUSTED:
            continue
        key = person.person_id or (person.id and str(person.id))
        if not key:
            context.note(f"$.representatives[{index}]", "a person without a number")
            continue
        birth_date = context.clock.day(person.birth_date)
        record: Record = {
            "id": context.keys.ids.of("person", key),
            **naming(person, "—"),
            **sex(person.sex),
            **contacts(person.email, person.phone),
            "relation": _relation(person),
        }
        if birth_date:
            record["birth_date"] = birth_date
        if person.type:
            record["relation_text"] = person.type
        records.append(record)
    return records


def _relation(person: Representative) -> Relation:
    word = (person.type or "").strip().lower()
    if word in {PARENT, "parent"}:
        parents = {Sex.MALE: Relation.FATHER, Sex.FEMALE: Relation.MOTHER}
        return parents.get(known(SEXES, person.sex, Sex.UNKNOWN), Relation.UNKNOWN)
    return known(RELATIONS, word, Relation.UNKNOWN)


def teacher_records(context: MapContext, school: SchoolInfo) -> list[Record]:
    """Teachers of the class, the class teachers first."""
    leading = {full_name(person) for person in school.classroom_teachers or ()}
    told = [*(school.teachers or ()), *(school.classroom_teachers or ())]
    records: dict[str, Record] = {}
    for index, person in enumerate(told):
        name = full_name(person)
        key = teacher_key(context, name)
        if key is None:
            context.note(f"$.teachers[{index}]", "a teacher without a name")
            continue
        names = person.subject_names or () if isinstance(person, SchoolTeacher) else ()
        subjects = [text for item in names if (text := plain(item))]
        if key in records:
            told_before = records[key]["subjects"]
            if isinstance(told_before, list):
                told_before.extend(item for item in subjects if item not in told_before)
            continue
        records[key] = {
            "id": key,
            **naming(person, name),
            "subjects": subjects,
            "is_homeroom": name in leading,
        }
    return sorted(records.values(), key=lambda item: (not item["is_homeroom"], str(item["name"])))


def teacher_of(context: MapContext, person: PersonName | None) -> Reference | None:
    """A pointer to a teacher; None without a name."""
    name = full_name(person) if person is not None else ""
    return _teacher(context.keys, context.school, name) if name else None


def teacher_key(context: MapContext, name: str) -> str | None:
    """Identifier of a teacher: no answer tells their number, so school and name stand for it.

    The name is digested, because identifiers stand in logs.
    """
    return _key(context.keys, context.school, name) if name else None


@lru_cache(maxsize=2048)
def _teacher(keys: Keys, school: str | None, name: str) -> Reference:
    return Reference(id=_key(keys, school, name), name=name)


def _key(keys: Keys, school: str | None, name: str) -> str | None:
    if school is None:
        return None
    digest = hashlib.sha256(name.casefold().encode()).hexdigest()[:_DIGEST]
    return keys.ids.of("person", "teacher", school, digest)
