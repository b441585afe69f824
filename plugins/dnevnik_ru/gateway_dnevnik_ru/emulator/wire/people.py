"""Persons, users, relatives and teachers (protocol notes 3 and 4.11)."""

from datetime import date, datetime
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.dates import day_text
from gateway_dnevnik_ru.emulator.families import Site
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service

SEX: Final = {m.Sex.MALE: "Male", m.Sex.FEMALE: "Female"}
ROLES: Final = {
    m.Role.STUDENT: "EduStudent",
    m.Role.GUARDIAN: "EduParent",
    m.Role.TRUSTED_PERSON: "EduParent",
    m.Role.TEACHER: "EduStaff",
}
RELATIONS: Final = {
    m.Relation.MOTHER: "Mother",
    m.Relation.FATHER: "Father",
    m.Relation.LEGAL_GUARDIAN: "Guardian",
}
_HIRED: Final = date(2015, 9, 1)


def person_json(service: Service, person: m.Person, *, contacts: bool) -> JsonObject:
    """A person: six keys, nine for tokens that may see names."""
    body = big("id", service.ids.of(ids.PERSON, person.key))
    body |= big("userId", service.ids.user_of(person.key))
    if contacts:
        body |= names_json(person)
    return body | {"shortName": person.short_name, "sex": SEX[person.sex]}


def names_json(person: m.Person) -> JsonObject:
    """The three names."""
    return {
        "firstName": person.given_name,
        "lastName": person.surname,
        "middleName": person.patronymic or "",
    }


def roles_of(service: Service, person: m.Person, account: m.Account | None) -> list[str]:
    """Role words of a user."""
    if account is not None:
        return [ROLES[account.role]]
    if service.world.teacher_of(person.key) is not None:
        return [ROLES[m.Role.TEACHER]]
    if service.world.student_of(person.key) is not None:
        return [ROLES[m.Role.STUDENT]]
    return [ROLES[m.Role.GUARDIAN]]


def zone_text(service: Service, school: m.School) -> str:
    """The school's offset on the world's day, such as `+5:00`."""
    today = service.world.today
    noon = datetime(
        today.year, today.month, today.day, 12, tzinfo=service.world.zone_of(school.key)
    )
    offset = noon.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    return f"{minutes // 60:+d}:{minutes % 60:02d}"


def user_json(
    service: Service,
    site: Site,
    person: m.Person,
    account: m.Account | None,
    school: m.School,
    *,
    contacts: bool,
    private: bool,
) -> JsonObject:
    """A user; names and pictures only for tokens that may see them.

    `private` tells that the one who asks is the person or their family: only then login, e-mail
    and phone are shown.
    """
    number = service.ids.user_of(person.key)
    if account is not None:
        number = service.ids.of(ids.USER, account.key)
    body = big("id", number) | big("personId", service.ids.of(ids.PERSON, person.key))
    photo = f"{site.static}/images/blank.jpg"
    if contacts:
        body["name"] = f"{person.given_name} {person.surname}"
        if private:
            body |= {"email": person.email or "", "login": account.login if account else ""}
        body |= {
            "fullName": " ".join(
                part for part in (person.given_name, person.patronymic, person.surname) if part
            ),
            "fullNameInverse": person.full_name,
            "firstName": person.given_name,
            "middleName": person.patronymic or "",
            "lastName": person.surname,
        }
    body |= {
        "shortName": person.short_name,
        "locale": site.family.culture,
        "timezone": zone_text(service, school),
        "sex": SEX[person.sex],
    }
    if contacts:
        body |= {"photoSmall": photo, "photoMedium": photo, "photoLarge": photo}
    body |= {"birthday": day_text(person.birth_date), "roles": roles_of(service, person, account)}
    if contacts and private and person.phone:
        body["phone"] = person.phone
    return body


def teacher_json(service: Service, teacher: m.Teacher) -> JsonObject:
    """A teacher in the staff list: PascalCase, 26 keys."""
    person = service.world.person(teacher.person_key)
    number = service.ids.of(ids.PERSON, person.key)
    user = service.ids.user_of(person.key)
    names = [service.world.subject(key).name for key in teacher.subject_keys]
    return {
        "Id": number,
        "IdStr": str(number),
        "UserId": user,
        "UserIdStr": str(user),
        "FirstName": person.given_name,
        "LastName": person.surname,
        "MiddleName": person.patronymic or "",
        "ShortName": person.short_name,
        "Sex": SEX[person.sex],
        "DateBirth": day_text(person.birth_date),
        "Email": person.email or "",
        "Subjects": ", ".join(names),
        "HouseMaster": teacher.homeroom_class_key is not None,
        "Education": "",
        "ScientificDegree": "",
        "StartDate": day_text(_HIRED),
        "PedagogicalActivityDate": day_text(_HIRED),
        "ManagingEmployee": not teacher.subject_keys,
        "NameManagingPosition": "" if teacher.subject_keys else teacher.position,
        "TeachingStaff": bool(teacher.subject_keys),
        "NameTeacherPosition": teacher.position if teacher.subject_keys else "",
        "TrainingAndSupportStaff": False,
        "ServicePersonnel": False,
        "MedicalWorker": False,
        "NameMedicalPosition": "",
        "ExternalPartTime": False,
    }
