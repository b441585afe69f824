"""Who is signed in: session objects and the two kinds of user information (notes 2.7)."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.access import STUDENT_ROLE, Access
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data.persons import names, plain_phone, plain_snils
from gateway_mos_ru.emulator.errors import ApiError, session_over
from gateway_mos_ru.emulator.login.activation import has_profile, type_of
from gateway_mos_ru.emulator.login.answers import json
from gateway_mos_ru.emulator.login.credentials import check
from gateway_mos_ru.emulator.login.rules import WITH_TOKEN
from gateway_mos_ru.emulator.rules import OPEN, Router
from gateway_mos_ru.emulator.service import Service
from gateway_mos_ru.emulator.sign_ins.purposes import NodeEntry

_STUDENT, _PARENT, _STAFF = 1, 2, 9
_TITLES: Final = {_STUDENT: "Ученик", _PARENT: "Родитель", _STAFF: "Учитель"}
_WORDS: Final = {"StudentProfile": "student", "ParentProfile": "parent"}
_GENDERS: Final = {m.Sex.MALE: "m", m.Sex.FEMALE: "f"}
_WRONG: Final = "Неверный логин или пароль"


def register(router: Router) -> None:
    """Add the paths of this part."""
    for path in ("lms/api/sessions", "api/ej/acl/v1/sessions"):
        router.add(path, sessions, dress=OPEN, methods=("POST",))
    router.add("v3/userinfo", user_info, dress=WITH_TOKEN)
    router.add("v1/oauth/userinfo", oauth_user_info, dress=WITH_TOKEN)


# -- session objects ----------------------------------------------------------------------------


def sessions(call: Call) -> object:
    """POST a session: `{auth_token}`, or on a node `{login, password_plain}`."""
    body, service = call.json, call.service
    token = body.get("auth_token")
    if isinstance(token, str) and token:
        grant = service.tokens.find(token.removeprefix("Bearer ").strip())
        if grant is None:
            raise session_over()
        return _session(call, service.access(grant.account_key), grant.token)
    if service.node.is_moscow:
        raise session_over()
    return _password(call, str(body.get("login") or ""), str(body.get("password_plain") or ""))


def _password(call: Call, login: str, password: str) -> Response:
    """A node's own password; it tells a locked account from a wrong password as little."""
    found = check(call.service, login, password)
    if not isinstance(found, m.Account):
        raise ApiError(
            401, {"type": "authentication_error", "description": _WRONG, "details": None}
        )
    code = call.service.login.node_codes.arrive(found.key, NodeEntry(None))
    return _session(call, call.service.access(found.key), code)


def _session(call: Call, access: Access, token: str) -> Response:
    service, person = call.service, access.person
    temporary = service.state.state_of(access.account) is m.AccountState.TEMPORARY_PASSWORD
    return json(
        {
            "id": access.user_id,
            "email": person.email or "",
            "snils": plain_snils(person),
            "profiles": [_profile(service, access)] if has_profile(service, access) else [],
            "guid": ids.guid("sso", access.account.key),
            **names(person),
            "phone_number": plain_phone(person) or "",
            "authentication_token": token,
            "person_id": ids.guid("person", person.key),
            "sso_id": ids.guid("sso", access.account.key),
            "password_change_required": temporary,
            "regional_auth": service.node.region,
            "date_of_birth": person.birth_date.isoformat(),
            "sex": person.sex.value,
        }
    )


def _profile(service: Service, access: Access) -> JsonObject:
    school = service.world.school(_school_key(service, access))
    number = service.ids.of(ids.SCHOOL, school.key)
    return {
        "id": access.profile_id,
        "type": _WORDS.get(type_of(access), "teacher"),
        "roles": [],
        "user_id": access.user_id,
        "original_user_id": access.user_id,
        "person_id": ids.guid("person", access.person.key),
        "agree_pers_data": True,
        "school_id": number,
        "school_shortname": school.short_name,
        "subject_ids": [],
        "organization_id": str(number),
    }


def _school_key(service: Service, access: Access) -> str:
    schools = (*access.account.school_keys, service.world.schools[0].key)
    return schools[0]


# -- user information ---------------------------------------------------------------------------


def user_info(call: Call) -> object:
    """GET `/v3/userinfo`."""
    access, person = call.access, call.access.person
    role = _role_number(access)
    return {
        "userId": access.user_id,
        "isAdActivated": False,
        "info": {
            "birthdate": person.birth_date.strftime("%d.%m.%Y"),
            "mail": person.email,
            "gender": person.sex.value,
            "trusted": True,
            "FirstName": person.given_name,
            "mobile": plain_phone(person),
            "guid": ids.guid("sso", access.account.key),
            "failed": False,
            "LastName": person.surname,
            "error": None,
            "MiddleName": person.patronymic or "",
            "snils": plain_snils(person),
        },
        "roles": [
            {
                "id": role,
                "title": _TITLES[role],
                "subsystems": [
                    {
                        "id": 1,
                        "title": "Электронный дневник",
                        "url": f"{call.site.api}/diary",
                        "mnemonic": "diary",
                        "description": None,
                        "is_mobile": False,
                        "sort_order": 1,
                    }
                ],
            }
        ],
        "savedChoice": None,
        "notification": False,
        "login": access.account.login,
    }


def oauth_user_info(call: Call) -> object:
    """GET `/v1/oauth/userinfo`."""
    service, access, person = call.service, call.access, call.access.person
    own = service.world.student_of(person.key)
    family = () if own is None else service.world.guardians_of(own.key)
    picture = f"{call.site.api}/avatars/{ids.guid('person', person.key)}"
    return {
        "sub": str(access.user_id),
        "name": person.full_name,
        "given_name": person.given_name,
        "family_name": person.surname,
        "middle_name": person.patronymic or "",
        "gender": _GENDERS[person.sex],
        "birth_date": person.birth_date.isoformat(),
        "email": person.email or "",
        "phone": plain_phone(person) or "",
        "mesh_id": str(access.user_id),
        "person_id": ids.guid("person", person.key),
        "updated_at": f"{service.world.today.isoformat()}T00:00:00",
        "broles": [str(_role_number(access))],
        "agents": [ids.guid("person", item.person_key) for item in family],
        "children": [
            ids.guid("person", item.person_key) for item in access.students if item != own
        ],
        "education": [] if own is None else _education(service, own),
        "picture": {"medium": picture, "large": picture},
    }


def _education(service: Service, student: m.Student) -> list[JsonObject]:
    world, year = service.world, service.world.current_year
    found: list[JsonObject] = []
    for klass in world.classes_of(student.key):
        school = world.school(klass.school_key)
        level = klass.grade_level or 0
        found.append(
            {
                "training_begin_at": year.starts.isoformat(),
                "training_end_at": year.ends.isoformat(),
                "class": {
                    "id": service.ids.of(ids.CLASS, klass.key),
                    "uid": ids.guid("class", klass.key),
                    "name": klass.name,
                    "parallel": {"id": level, "name": str(level)},
                    "organization": {
                        "name": school.short_name,
                        "global_id": 10**8 + service.ids.of(ids.SCHOOL, school.key),
                        "property_type_id": 1,
                    },
                    "education_stage_id": 1,
                    "staff_ids": [service.ids.of(ids.TEACHER, klass.homeroom_teacher_key)],
                },
                "service_type": {"name": "Образование", "global_id": 1},
            }
        )
    return found


def _role_number(access: Access) -> int:
    if access.role is None:
        return _STAFF
    return _STUDENT if access.role == STUDENT_ROLE else _PARENT
