"""How persons, schools and groups are told."""

from hashlib import sha256

from gateway.sandbox.web.encoding import JsonObject, encode
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.access import PARENT_ROLE, Access
from gateway_mos_ru.emulator.service import Service

_PRIMARY, _BASIC = 4, 9  # last grades of the levels of education


def plain_phone(person: m.Person) -> str | None:
    """Ten digits."""
    return person.phone[-10:] if person.phone else None


def plain_snils(person: m.Person) -> str:
    """Eleven digits."""
    return "".join(sign for sign in person.snils if sign.isdigit())


def names(person: m.Person) -> JsonObject:
    """The three parts of a name."""
    return {
        "last_name": person.surname,
        "first_name": person.given_name,
        "middle_name": person.patronymic,
    }


def personal(person: m.Person, *, number: int, user: int) -> JsonObject:
    """What profiles and children have in common."""
    return {
        **names(person),
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex.value,
        "user_id": user,
        "id": number,
        "contract_id": None,
        "phone": plain_phone(person),
        "email": person.email,
        "snils": plain_snils(person),
    }


def teacher_card(service: Service, teacher_key: str) -> JsonObject:
    """A teacher beside a lesson."""
    person = service.world.person(service.world.teacher(teacher_key).person_key)
    return {
        **names(person),
        "birth_date": None,
        "sex": None,
        "user_id": service.ids.of(ids.TEACHER, teacher_key),
    }


def teacher_name(service: Service, teacher_key: str) -> str:
    """Full name of a teacher."""
    return service.world.person(service.world.teacher(teacher_key).person_key).full_name


def school_brief(service: Service, school: m.School) -> JsonObject:
    """The school within a profile."""
    number = service.ids.of(ids.SCHOOL, school.key)
    return {
        "id": number,
        "name": school.full_name,
        "short_name": school.short_name,
        "county": school.city,
        "principal": service.world.person(school.principal_person_key).full_name,
        "phone": school.phone,
        "global_school_id": 10**8 + number,
        "municipal_unit_name": school.municipality,
    }


def age_of(service: Service, person: m.Person) -> int:
    """Whole years on the world's day."""
    born, today = person.birth_date, service.world.today
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def contract_of(service: Service, student: m.Student) -> int | None:
    """Number of the meal and turnstile account; regional nodes have none."""
    if not service.node.is_moscow or service.world.meal_account_of(student.key) is None:
        return None
    return service.ids.of(ids.CONTRACT, student.key)


def groups_of(service: Service, student: m.Student) -> tuple[list[JsonObject], list[JsonObject]]:
    """The pupil's groups: those of lessons, and those of extracurricular ones."""
    world = service.world
    found: dict[str, list[JsonObject]] = {slots.PLAN: [], slots.EXTRA: [], slots.ADDITIONAL: []}
    for klass in world.classes_of(student.key):
        for item in world.curriculum_of(klass.key):
            if item.group_key is not None and item.group_key not in student.group_keys:
                continue
            subject = world.subject(item.subject_key)
            key = item.group_key or slots.subject_group_key(klass.key, subject.key)
            name = (
                f"{subject.name} {slots.class_name(klass)}"
                if item.group_key is None
                else world.group(item.group_key).name
            )
            number = service.ids.of(ids.SUBJECT, subject.key)
            found[slots.source_of(subject)].append(_group(service, key, name, number))
    return found[slots.PLAN] + found[slots.ADDITIONAL], found[slots.EXTRA]


def _group(service: Service, key: str, name: str, subject: int | None) -> JsonObject:
    return {
        "id": service.ids.of(ids.GROUP, key),
        "name": name,
        "subject_id": subject,
        "is_fake": False,
    }


def representative(service: Service, guardian: m.Guardianship) -> JsonObject:
    """A parent within a child."""
    return _representative(service, guardian.person_key, 1, "Родитель")


def trusted_card(service: Service, trusted: m.TrustedPerson) -> JsonObject:
    """A trusted person within a child."""
    return _representative(service, trusted.person_key, 2, "Представитель")


def _representative(service: Service, person_key: str, type_id: int, type_name: str) -> JsonObject:
    person = service.world.person(person_key)
    return {
        "person_id": ids.guid("person", person.key),
        **names(person),
        "birth_date": None,
        "type_id": type_id,
        "type": type_name,
        "email": person.email,
        "phone": plain_phone(person),
        "snils": plain_snils(person),
    }


def education_level(klass: m.ClassGroup) -> int:
    """1 primary, 2 basic, 3 secondary."""
    grade = klass.grade_level or 1
    return 1 if grade <= _PRIMARY else 2 if grade <= _BASIC else 3


def child_card(service: Service, access: Access, student: m.Student) -> JsonObject:
    """A child of a profile; a trusted person who looks is among the representatives."""
    world = service.world
    person = world.person(student.person_key)
    klass = world.class_group(student.class_key)
    groups, extra = groups_of(service, student)
    return {
        **personal(
            person,
            number=ids.student_number(student.key),
            user=service.ids.of(ids.USER, f"user-of-{person.key}"),
        ),
        "contract_id": contract_of(service, student),
        "type": None,
        "school": school_brief(service, world.school(student.school_key)),
        "class_name": slots.class_name(klass),
        "class_level_id": klass.grade_level or 0,
        "class_unit_id": service.ids.of(ids.CLASS, klass.key),
        "class_uid": ids.guid("class", klass.key),
        "age": age_of(service, person),
        "groups": groups,
        "ec_groups": extra,
        "sections": [
            _group(service, club.key, club.title, None) for club in world.clubs_of(student.key)
        ],
        "representatives": [
            *(representative(service, item) for item in world.guardians_of(student.key)),
            *(
                trusted_card(service, item)
                for item in world.trusted_persons_of(student.key)
                if item.person_key == access.person.key
            ),
        ],
        "sudir_account_exists": True,
        "sudir_login": None,
        "is_legal_representative": False,
        "parallel_curriculum_id": service.ids.of(ids.PLAN, student.key),
        "contingent_guid": ids.guid("person", person.key),
        "enrollment_date": min(place.starts for place in student.enrollments).isoformat(),
        "service_type_id": 2,
        "education_level_id": education_level(klass),
        "physical_training_health_group_id": 1,
        "profession_specialty_code": None,
        "profession_specialty_name": None,
        "grade_book_number": None,
        "grade_book_date": None,
    }


def profile_card(service: Service, access: Access) -> JsonObject:
    """The signed-in profile."""
    number = service.ids.of(ids.USER, access.account.key)
    card = personal(access.person, number=access.profile_id, user=number)
    return card | {"type": access.role}


def family_profile(service: Service, access: Access) -> JsonObject:
    """The signed-in profile with its children; a pupil is the own single child."""
    children = [child_card(service, access, student) for student in access.students]
    if access.role == PARENT_ROLE and access.is_guardian:
        children = [child | {"is_legal_representative": True} for child in children]
    body: JsonObject = {"profile": profile_card(service, access), "children": children}
    return body | {"hash": sha256(encode(body)).hexdigest()[:32]}
