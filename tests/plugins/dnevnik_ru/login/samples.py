"""Answers about fictional accounts, and the pages of the fictional site."""

from typing import Any

from gateway.core.wire.jar import Cookie
from tests.plugins.dnevnik_ru.login.play import CLIENT, LOGIN_HOST, REFRESH, TOKEN
from tests.plugins.play import Reply, data

USER, PERSON = 1000000000001, 1000000000002
SCHOOL, GROUP = 501, 2100000000000000007
CONTEXT_PATH = "/v2/users/me/context"
WRONG = "Неправильно указан пароль или логин. Попробуйте еще раз."
CREDENTIALS = {"login": "pesochnikov_p", "password": "pesok-2026"}

COOKIES = (
    Cookie("DnevnikAuth_a", "opaque-a", "dnevnik.ru", host_only=False, secure=True),
    Cookie("DnevnikAuth_l", "opaque-l", "dnevnik.ru", host_only=False, secure=True),
)


def student_context(**changed: Any) -> dict[str, Any]:
    """A pupil of one school."""
    return {
        "userId": USER,
        "roles": ["EduStudent"],
        "children": [],
        "schools": [{"id": SCHOOL, "name": "Школа песка", "type": "Regular", "groupIds": [GROUP]}],
        "eduGroups": [],
        "splitId": "1",
        "personId": PERSON,
        "firstName": "Пётр",
        "lastName": "Песочников",
        "middleName": "Ильич",
        "shortName": "Песочников П.",
        "schoolIds": [SCHOOL],
        "groupIds": [GROUP],
        **changed,
    }


def child(person: int, *schools: int, groups: tuple[int, ...] = ()) -> dict[str, Any]:
    """A child of a parent."""
    return {
        "personId": person,
        "firstName": "Анна",
        "lastName": "Песочникова",
        "middleName": "Ильинична",
        "shortName": "Песочникова А.",
        "schoolIds": list(schools),
        "groupIds": list(groups),
    }


def parent_context(*children: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A parent."""
    own = {"roles": ["EduParent"], "schools": [], "schoolIds": [], "groupIds": []}
    return student_context(**{**own, "children": list(children), **changed})


def context(value: object | None = None) -> Reply:
    """The answer about the account."""
    return data("GET", CONTEXT_PATH, student_context() if value is None else value)


def zone(offset: str = "+3:00") -> Reply:
    """The answer about the account's clock."""
    return data("GET", "/v2/users/me", {"id": USER, "timezone": offset})


def school(number: int, hours: int | None = 3, kind: str = "Regular") -> Reply:
    """The answer about a school."""
    body = {"id": number, "educationType": kind, "timeZone": hours}
    return data("GET", f"/v2/schools/{number}", body)


def opened(value: object | None = None) -> tuple[Reply, Reply]:
    """Both answers that open an ordinary session of the partner interface."""
    return context(value), zone()


def result_url(
    state: str = "state0" + "0" * 17, token: str = TOKEN, outcome: str = "success"
) -> str:
    """The final address of the site's OAuth."""
    return (
        f"{LOGIN_HOST}/oauth2/Authorization/Result?response_type=token&client_id={CLIENT}"
        f"&scope=CommonInfo,EducationalInfo&is_granted=False&result={outcome}"
        f"#access_token={token}&state={state}"
    )


def login_page(message: str = "", captcha: str = "", *, newer: bool = False) -> str:
    """The sign-in form in one of its markups."""
    css = "login__body__hint" if newer else "message"
    words = f'<div class="{css}">{message}</div>' if message else ""
    puzzle = ""
    if captcha:
        puzzle = (
            f'<img alt="captcha image" src="{LOGIN_HOST}/captcha/true/{captcha}">'
            f'<input type="hidden" name="Captcha.Id" value="{captcha}">'
            '<input class="input_captcha-validation" name="Captcha.Input">'
        )
    return (
        "<!DOCTYPE html><html><head><title>Войти в Дневник.ру</title></head><body>"
        f'<form class="login__body">{words}<input type="hidden" name="exceededAttempts">'
        f'<input name="login"><input type="password" name="password">{puzzle}'
        "<a class='login__pubservices-link'>Войти через Госуслуги</a></form></body></html>"
    )


def partner_grant(**changed: Any) -> dict[str, Any]:
    """A good answer of the partner interface."""
    return {
        "accessToken": TOKEN,
        "expiresIn": 2591999,
        "expiresIn_str": "2591999",
        "refreshToken": REFRESH,
        "scope": "commoninfo,educationalinfo",
        "user": USER,
        "user_str": str(USER),
        **changed,
    }


def mobile_grant(**changed: Any) -> dict[str, Any]:
    """A good answer of the app's interface."""
    return {
        "type": "Success",
        "description": None,
        "reason": "Authenticate",
        "credentials": {
            "accessToken": TOKEN,
            "refreshToken": REFRESH,
            "userId": USER,
            "scope": "marks",
            "expiresDate": "2026-11-04T12:00:00+03:00",
        },
        "activationData": None,
        "validationRules": None,
        **changed,
    }


def mobile_person(
    person: int = PERSON, school: int = SCHOOL, kind: str = "Regular", group: int | None = GROUP
) -> dict[str, Any]:
    """One pupil in one school."""
    return {
        "personId": person,
        "userId": person + 500,
        "firstName": "Пётр",
        "lastName": "Песочников",
        "middleName": "Ильич",
        "school": {"id": school, "name": "Школа песка", "type": kind},
        "group": None if group is None else {"id": group, "name": "7А"},
    }


def mobile_context(*persons: dict[str, Any], user: int = USER, person: int = PERSON) -> Reply:
    """The account by the app's interface."""
    return data(
        "GET",
        f"/mobile/v8.5/users/{user}/context",
        {
            "type": "Success",
            "info": {"userId": user, "personId": person},
            "contextPersons": list(persons or (mobile_person(),)),
        },
    )


def mobile_opened(*persons: dict[str, Any]) -> tuple[Reply, Reply]:
    """Both answers that open an ordinary session of the app's interface."""
    return mobile_context(*persons), zone()
