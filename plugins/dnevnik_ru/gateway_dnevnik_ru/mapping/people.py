"""Persons → people of the model."""

from collections.abc import Iterable, Sequence

from gateway.core.model.people import Relation, Sex
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.words import RELATIONS, SEXES, known
from gateway_dnevnik_ru.wire.people import Person, Relative, Relatives, SchoolTeacher


def full_name(last: str | None, first: str | None, middle: str | None) -> str:
    """Surname, given name and patronymic, as far as they are known."""
    return " ".join(part.strip() for part in (last, first, middle) if part and part.strip())


def naming(
    last: str | None, first: str | None, middle: str | None, short: str | None, number: int
) -> Record:
    """The names of a person; without any, the number stands for them."""
    record: Record = {"name": full_name(last, first, middle) or plain(short) or f"№ {number}"}
    for field, value in (("surname", last), ("given_name", first), ("patronymic", middle)):
        text = plain(value)
        if text:
            record[field] = text
    return record


def sex(word: str | None) -> Record:
    """The sex with the provider's own word."""
    return {"sex": known(SEXES, word, Sex.UNKNOWN), "sex_text": word} if word else {}


def person_record(context: MapContext, person: Person) -> Record:
    """A person."""
    names = naming(
        person.last_name, person.first_name, person.middle_name, person.short_name, person.id
    )
    return {"id": f"{context.keys.person}{person.id}", **names, **sex(person.sex)}


def classmate_records(context: MapContext, persons: Iterable[Person]) -> list[Record]:
    """The other pupils of a class."""
    return [person_record(context, item) for item in persons if str(item.id) != context.person]


def guardian_records(context: MapContext, answer: Sequence[Relative] | Relatives) -> list[Record]:
    """Relatives of a pupil but for children of theirs."""
    relatives = answer.relatives or () if isinstance(answer, Relatives) else answer
    records: list[Record] = []
    for item in relatives:
        relation = known(RELATIONS, item.type, Relation.UNKNOWN)
        if item.person is None or relation is Relation.CHILD:
            continue
        record = person_record(context, item.person)
        record["relation"] = relation
        record["relation_text"] = item.type
        records.append(record)
    return records


def teacher_records(
    context: MapContext, persons: Sequence[Person] | None, directory: Sequence[SchoolTeacher] | None
) -> list[Record]:
    """Teachers of a class, with posts and subjects where the school's directory was read.

    Without a class, `persons` is None and the whole directory is told.
    """
    posts = {item.id: item for item in directory or ()}
    if persons is None:
        return [_from_directory(context, item) for item in posts.values()]
    records: list[Record] = []
    for person in persons:
        found = posts.get(person.id)
        record = person_record(context, person)
        if found is not None:
            record.update(_post(found))
        elif directory is not None:
            record["subjects"] = ()
        records.append(record)
    return records


def _from_directory(context: MapContext, teacher: SchoolTeacher) -> Record:
    names = naming(
        teacher.last_name,
        teacher.first_name,
        teacher.middle_name,
        teacher.short_name,
        teacher.id,
    )
    return {
        "id": f"{context.keys.person}{teacher.id}",
        **names,
        **sex(teacher.sex),
        **_post(teacher),
    }


def _post(teacher: SchoolTeacher) -> Record:
    subjects = (part.strip() for part in (teacher.subjects or "").split(","))
    record: Record = {"subjects": [name for name in subjects if name]}
    position = plain(teacher.name_teacher_position) or plain(teacher.name_managing_position)
    if position:
        record["position"] = position
    email = plain(teacher.email)
    if email:
        record["email"] = email
    return record
