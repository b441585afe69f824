"""Gosuslugi through the app's interface and its partner twins (protocol notes 2.5)."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.login import linked
from gateway_dnevnik_ru.emulator.login.grants import need_application
from gateway_dnevnik_ru.emulator.login.linked import Linked, linked_accounts
from gateway_dnevnik_ru.emulator.login.mobile import ERROR, credentials_json
from gateway_dnevnik_ru.emulator.mobile.envelope import SUCCESS, MobileRoutes, is_modern
from gateway_dnevnik_ru.emulator.regions import DOORS, region_id
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.tokens import Scope
from gateway_dnevnik_ru.emulator.wire.places import SCHOOL_TYPES

FIRST_SIGN, NOT_LINKED, UNEXPECTED = "FirstSign", "EsiaUserNotLinked", "UnexpectedError"
_DONE, _UNKNOWN = 2, 0
_DEAD_TASK: Final = "Задача входа не найдена или устарела"


def register(router: Router) -> None:
    """Add the paths of this part: for every version of the app, for partners, at the root."""
    routes = MobileRoutes(router)
    routes.get("authorizations/esia/regions", regions)
    routes.post("authorizations/esia/users/linked", users_linked)
    routes.post("authorizations/esia", esia_login)
    twin = "authorizations/esia/v2.0"
    router.add(f"{twin}/regions", regions, dress=Dress.MOBILE)
    router.add(f"{twin}/users/linked", users_linked, dress=Dress.MOBILE, methods=("POST",))
    router.add(twin, esia_login, dress=Dress.MOBILE, methods=("POST",))
    router.add("task/status", task_status, dress=Dress.MOBILE)


def regions(call: Call) -> object:
    """`authorizations/esia/regions`: no token."""
    return {
        "regions": [
            {
                "regionId": region_id(door.code),
                "name": door.name,
                "esiaUrl": f"{call.site.login}/login/esia/{door.slug}",
                "logoUrl": f"{call.site.static}/images/blank.jpg",
            }
            for door in DOORS.values()
        ]
    }


def _linked(call: Call) -> Linked | None:
    task = call.service.esia.task(call.text("taskId"))
    return None if task is None else linked_accounts(call.service, task)


def users_linked(call: Call) -> object:
    """POST `authorizations/esia/users/linked` `{taskId, regionId}`."""
    found = _linked(call)
    if found is None:
        return {"type": ERROR, "description": _DEAD_TASK, "users": []}
    if found.fault is not None:
        return {"type": SUCCESS, "description": found.fault, "users": []}
    return {"users": [_user(call, account) for account in found.accounts]}


def _user(call: Call, account: m.Account) -> JsonObject:
    service = call.service
    person, school = service.world.person(account.person_key), service.school_of(account)
    picture = f"{call.site.static}/images/blank.jpg"
    return {
        "userId": service.ids.of(ids.USER, account.key),
        "firstName": person.given_name,
        "middleName": person.patronymic or "",
        "lastName": person.surname,
        "avatarUrl": picture,
        "school": {
            "id": service.ids.of(ids.SCHOOL, school.key),
            "name": school.short_name,
            "type": SCHOOL_TYPES[school.kind],
            "avatarUrl": picture,
        },
    }


def esia_login(call: Call) -> object:
    """POST `authorizations/esia/` `{taskId, userId, regionId, clientId, clientSecret, scope}`."""
    need_application(call)
    found = _linked(call)
    if found is None:
        return _answer(call, UNEXPECTED, _DEAD_TASK)
    if not found.accounts:
        code = NOT_LINKED if found.fault == linked.NOT_LINKED else UNEXPECTED
        return _answer(call, code, found.fault)
    wanted = call.text("userId")
    numbers = {str(call.service.ids.of(ids.USER, a.key)): a for a in found.accounts}
    account = numbers.get(wanted)
    if account is None:
        return _answer(call, NOT_LINKED, "Пользователь не связан с этой учетной записью")
    if call.service.state.state_of(account) is m.AccountState.TEMPORARY_PASSWORD:
        return _answer(call, FIRST_SIGN, "Необходимо активировать учетную запись")
    return _answer(call, SUCCESS, None, account)


def _answer(
    call: Call, code: str, description: str | None, account: m.Account | None = None
) -> JsonObject:
    modern = "version" not in call.params or is_modern(call)
    status: JsonObject = {"code" if modern else "type": code, "description": description}
    if account is None:
        return {"status": status, "authorization" if modern else "loginResponse": None}
    scope = Scope.parse(call.text("scope"))
    grant = call.service.tokens.issue(account.key, scope, refreshable=True)
    credentials = credentials_json(call, grant)
    if modern:
        return {"status": status, "authorization": credentials}
    short = {"accessToken": grant.token, "userId": credentials["userId"]}
    return {"status": status, "loginResponse": short}


def task_status(call: Call) -> object:
    """`task/status?taskId=`: at the root of the API host, no token."""
    known = call.service.esia.task(call.text("taskId")) is not None
    return {"error": None if known else _DEAD_TASK, "taskStatus": _DONE if known else _UNKNOWN}
