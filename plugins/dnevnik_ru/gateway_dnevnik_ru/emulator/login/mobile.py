"""Signing in with the app: password, first sign-in, refresh (protocol notes 2.4 and 2.6)."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import doors, ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import day_text, offset_text
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.login.credentials import LOCKED_TEXT, Refusal, check
from gateway_dnevnik_ru.emulator.login.grants import need_application
from gateway_dnevnik_ru.emulator.login.password import UNACCEPTABLE, fault
from gateway_dnevnik_ru.emulator.mobile.envelope import SUCCESS, MobileRoutes, subscription
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.tokens import Grant, Scope
from gateway_dnevnik_ru.emulator.wire.people import SEX

ERROR: Final = "Error"
AUTHENTICATE, FIRST_LOGIN = "Authenticate", "FirstLogin"
CHANGE_PASSWORD: Final = "ChangePassword"  # noqa: S105 - a word of the answer
NO_TEACHERS, NO_MEMBERSHIPS = "TeacherHaveNotAccess", "HaveNotActiveMemberships"
_EMAIL: Final = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
_PHONE: Final = r"^\+?[0-9]{10,12}$"


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = MobileRoutes(router)
    routes.post("authorizations/bycredentials", by_credentials)
    routes.post("authorizations/byrefreshtoken", by_refresh_token)
    routes.post("persons/{person}/activation", activate)
    routes.post("persons/{person}/password", activate)


def answer(
    *,
    kind: str,
    reason: str | None,
    description: str | None = None,
    status: str = "NotActive",
    credentials: JsonObject | None = None,
    activation: JsonObject | None = None,
    teacher_link: str | None = None,
) -> JsonObject:
    """The answer to a password, HTTP 200 in all cases: eight keys."""
    return {
        "type": kind,
        "description": description,
        "mobileSubscriptionStatus": status,
        "reason": reason,
        "teacherAppLink": teacher_link,
        "credentials": credentials,
        "activationData": activation,
        "validationRules": None if activation is None else validation_rules(),
    }


def credentials_json(call: Call, grant: Grant) -> JsonObject:
    """A pair of tokens as the app gets it."""
    return {
        "accessToken": grant.token,
        "refreshToken": grant.refresh_token,
        "userId": call.service.ids.of(ids.USER, grant.account_key),
        "scope": grant.scope.text,
        "expiresDate": offset_text(grant.expires_at),
    }


def by_credentials(call: Call) -> object:
    """POST `authorizations/bycredentials`."""
    need_application(call)
    found = check(call.service, call.text("username"), call.text("password"))
    if found is Refusal.WRONG:
        return answer(kind=ERROR, reason=None, description=call.site.family.wrong_password)
    if not isinstance(found, m.Account):
        return answer(kind=ERROR, reason=None, description=LOCKED_TEXT)
    if call.service.state.state_of(found) is m.AccountState.TEMPORARY_PASSWORD:
        reason = CHANGE_PASSWORD if found.role is m.Role.STUDENT else FIRST_LOGIN
        return answer(kind=SUCCESS, reason=reason, activation=_activation(call, found))
    return _admit(call, found)


def _admit(call: Call, account: m.Account) -> JsonObject:
    if account.role is m.Role.TEACHER:
        link = f"{call.site.web}/teacher-app"
        return answer(kind=SUCCESS, reason=NO_TEACHERS, teacher_link=link)
    if not account.student_keys:
        return answer(kind=SUCCESS, reason=NO_MEMBERSHIPS)
    scope = Scope.parse(call.text("scope"))
    grant = call.service.tokens.issue(account.key, scope, refreshable=True)
    return answer(
        kind=SUCCESS,
        reason=AUTHENTICATE,
        status=subscription(account),
        credentials=credentials_json(call, grant),
    )


def _activation(call: Call, account: m.Account) -> JsonObject:
    person = call.service.world.person(account.person_key)
    return {
        "lastName": person.surname,
        "firstName": person.given_name,
        "middleName": person.patronymic or "",
        "birthday": day_text(person.birth_date),
        "sex": SEX[person.sex],
        "isPhoneRequired": False,
        "termsLink": f"{call.site.web}/terms",
        "personId": call.service.ids.of(ids.PERSON, person.key),
        "token": _activation_token(call, account),
        "username": account.login,
        "password": call.text("password"),
    }


def _activation_token(call: Call, account: m.Account) -> str:
    return doors.derive("activation", call.service.provider, account.key)


def validation_rules() -> JsonObject:
    """Regular expressions for the fields of a first sign-in."""
    return {
        "emailValidationRules": [{"message": "Неверный адрес", "regexs": [_EMAIL]}],
        "phoneValidationRules": [{"message": "Неверный номер", "regexs": [_PHONE]}],
        "passwordUnacceptableRules": [
            {"message": message, "regexs": [pattern]} for message, pattern in UNACCEPTABLE
        ],
        "passwordLevelRules": {"good": [], "strong": [], "unreliable": []},
    }


def activate(call: Call) -> object:
    """POST `persons/{p}/activation` or `/password`: the full body, the answer of sign-in."""
    need_application(call)
    service = call.service
    key = service.ids.key(ids.PERSON, call.params["person"])
    token = call.text("token")
    waiting = [
        account
        for account in service.world.accounts
        if account.person_key == key
        and service.state.state_of(account) is m.AccountState.TEMPORARY_PASSWORD
    ]
    account = next((a for a in waiting if _activation_token(call, a) == token), None)
    if account is None:
        raise invalid("token")
    password = call.text("newPassword")
    message = fault(service, account, password, call.text("newPasswordRepeat", "passwordRepeat"))
    if message is not None:
        return answer(kind=ERROR, reason=None, description=message)
    service.state.change_password(account, password)
    return _admit(call, account)


def by_refresh_token(call: Call) -> object:
    """POST `authorizations/byrefreshtoken`: flat, and the old pair dies."""
    need_application(call)
    if call.text("grant_type").lower() != "refreshtoken":
        raise ApiError("invalidRequest")
    grant = call.service.tokens.rotate(call.text("refreshToken"))
    if grant is None:
        raise ApiError("authorizationFailed")
    account = call.service.account(grant.account_key)
    return {
        "type": SUCCESS,
        "description": None,
        "mobileSubscriptionStatus": subscription(account),
        "accessToken": grant.token,
        "refreshToken": grant.refresh_token,
        "user": call.service.ids.of(ids.USER, grant.account_key),
        "scope": grant.scope.text,
        "expiresDate": offset_text(grant.expires_at),
    }
