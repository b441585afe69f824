"""The card of a person in the city's register (protocol notes 4.11)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.errors import forbidden, not_found
from gateway_mos_ru.emulator.rules import FAMILY, Router
from gateway_mos_ru.emulator.service import Service

_GENDERS: Final = {m.Sex.MALE: 1, m.Sex.FEMALE: 2}


def register(router: Router) -> None:
    """Routes of the register, for the site and for the application."""
    for family in ("v1", "mobile"):
        router.add(f"api/persondata/{family}/persons/{{person}}", card, dress=FAMILY, cached=True)


def own_person(call: Call) -> m.Person:
    """The caller or an own child, by the UUID of the path.

    Raises:
        ApiError: There is none, or it is somebody else.
    """
    key = call.service.ids.person_of(call.params["person"])
    if key is None:
        raise not_found("Пользователь")
    family = {call.access.person.key, *(item.person_key for item in call.access.students)}
    if key not in family:
        raise forbidden("Нет доступа к данным пользователя")
    return call.service.world.person(key)


def card(call: Call) -> JsonObject:
    """The card; addresses and papers of the world's people are not known."""
    service, person = call.service, own_person(call)
    student = service.world.student_of(person.key)
    return {
        "id": service.ids.of(ids.USER, f"user-of-{person.key}"),
        "person_id": ids.guid("person", person.key),
        "merged_to": None,
        "lastname": person.surname,
        "firstname": person.given_name,
        "patronymic": person.patronymic,
        "birthdate": person.birth_date.isoformat(),
        "birthplace": None,
        "snils": persons.plain_snils(person),
        "gender_id": _GENDERS[person.sex],
        "citizenship_id": None,
        "addresses": [],
        "documents": [],
        "contacts": None,
        "categories": None,
        "agents": None,
        "children": None,
        "education": [] if student is None else _education(service, student),
    }


def _education(service: Service, student: m.Student) -> list[JsonObject]:
    world = service.world
    rows: list[JsonObject] = []
    for place in student.enrollments:
        klass, year = world.class_group(place.class_key), world.year(place.year_key)
        rows.append(
            {
                "id": service.ids.of(ids.NOTICE, place.key),
                "person_id": ids.guid("person", student.person_key),
                "organization_id": service.ids.of(ids.SCHOOL, place.school_key),
                "class_uid": ids.guid("class", klass.key),
                "training_begin_at": place.starts.isoformat(),
                "training_end_at": (place.ends or year.ends).isoformat(),
                "class": {
                    "id": service.ids.of(ids.CLASS, klass.key),
                    "uid": ids.guid("class", klass.key),
                    "name": klass.name,
                    "organization_id": service.ids.of(ids.SCHOOL, place.school_key),
                    "academic_year_id": ids.year_number(year),
                    "parallel_id": klass.grade_level,
                    "education_stage_id": persons.education_level(klass),
                    "letter": klass.letter,
                },
            }
        )
    return rows
