"""Synthetic answers to requests of signing in."""

from typing import Any

AUTH, RULES, USERS = "/apiv3/auth", "/apiv3/getrules", "/apiv3/getusersvendors"
SEARCH = "/apiv3/schools/mobileapp"
RECOVER = "/ajaxrecover"
TOKEN = "9f0c" * 10
V_TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"
EXPIRES = "2027-01-03 12:00:00"
FIELDS = {"school": "sch1", "login": " ivanov.test ", "password": "fictional password"}
OWN = {key: value for key, value in FIELDS.items() if key != "school"}
SECTIONS = ["diary", "marks", "finalmarks", "schedule", "messages", "updates"]
METHODS = ["getassessments", "getdiary", "getfinalassessments", "gethomework", "getperiods"]


def good(result: object) -> tuple[int, object]:
    return 200, {"response": {"state": 200, "error": None, "result": result}}


def bad(
    state: int, error: str, result: object = None, *, empty: object = None
) -> tuple[int, object]:
    body = {"state": state, "error": error, "result": result if result is not None else empty}
    return state, {"response": body}


def granted(token: str = TOKEN, expires: str | None = EXPIRES) -> tuple[int, object]:
    return good({"token": token, "expires": expires})


def wrong() -> tuple[int, object]:
    text = "Неправильный логин или пароль"
    return bad(400, text, {"errorCode": "login", "errorText": text})


def child(number: str, **changed: object) -> dict[str, object]:
    return {
        "name": number,
        "title": f"Пример Ребёнок{number}",
        "class": "10А",
        "rel": "child",
        "rules": METHODS,
        **changed,
    }


def rules(**changed: Any) -> tuple[int, object]:
    """A parent of two in Moscow."""
    return good(
        {
            "roles": ["parent"],
            "name": "2000",
            "id": "2000",
            "title": "Пример Мария",
            "region": "Москва",
            "regionCode": "77",
            "allowedSections": SECTIONS,
            "relations": {
                "students": {"1000": child("1000"), "1001": child("1001", **{"class": "5Б"})},
                "groups": {"10А": {"rel": "homeclass", "name": "10А"}},
            },
            **changed,
        }
    )


def user(vendor: str, number: int = 1, **changed: object) -> dict[str, object]:
    return {
        "vendor_id": "4321",
        "vendor": vendor,
        "vendor_title": f"Школа {vendor}",
        "token": f"token-{vendor}-{number}",
        "user_title": f"Пример Иван {number}",
        "expires": EXPIRES,
        "login": f"u{number}",
        **changed,
    }
